// @ts-check
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { RunSession } from "../../static/js/figures/run-session.js";
import { FakeConnection, SPEC, bare, begun, frame, framesWanted, settle, standStill } from "./run-bench.js";
import { KINDS, lossAt } from "./run-fixture.js";

standStill();

test("it begins with the first epoch, and asks no more until it is started", async () => {
  const connection = new FakeConnection();
  const session = new RunSession(connection, KINDS, { spec: SPEC, epochs: 1000, grid: 3 }, () => {});
  assert.deepEqual(connection.asked, [{ spec: SPEC, epoch: 0, stop: 1, every: 1, grid: 3 }]);
  assert.ok(session.busy);
  await connection.answer();
  assert.ok(!session.busy && session.exactly);
  assert.equal(session.finish, 0.2);
  assert.deepEqual(session.plane, { low: -0.25, high: 1.25, size: 3 });
  assert.equal(session.frame?.lanes[1].surface?.length, 9);
  assert.equal(connection.asked.length, 1);
});

test("started, it fetches ahead, one request at a time, and stops when there is enough", async () => {
  const { connection, session } = await begun();
  session.start();
  await settle();
  await connection.answerAll({ longest: 60 });
  assert.equal(connection.most, 1);
  assert.ok(connection.asked.length > 3);
  for (const [i, { epoch, every, grid }] of connection.asked.entries()) {
    assert.deepEqual([every, grid], i === 0 ? [1, 0] : [5, 0]);
    if (i > 1) assert.ok(epoch <= session.store.known);
  }
  assert.ok(session.store.known > 450 && session.store.known < 1000, "a second and a half ahead, not the whole run");
  const before = connection.asked.length;
  await frame();
  await frame();
  assert.equal(connection.asked.length, before);
});

test("it plays to the end, drawing only what has come, exactly to the last epoch, and rests there", async () => {
  for (const epochs of [1000, 1001, 1003, 7]) {
    const { connection, session } = await begun({ epochs });
    session.start();
    const shown = [];
    for (let frames = 0; session.running; frames += 1) {
      assert.ok(frames < 1000, `it never ends, at ${session.epoch} of ${epochs}`);
      await connection.answerAll();
      await frame();
      shown.push(session.epoch);
      assert.ok(session.exactly);
      assert.equal(session.frame?.lanes[1].parameters[2], session.epoch);
    }
    assert.equal(session.epoch, epochs);
    assert.deepEqual(shown, shown.toSorted((a, b) => a - b));
    await connection.answerAll();
    assert.equal(session.store.known, epochs + 1);
    for (const lane of [0, 1]) {
      const { losses, known } = session.store.curves[lane];
      assert.equal(known, epochs + 1);
      assert.ok(losses.subarray(0, known).every((loss, epoch) => loss === lossAt(1, lane, epoch)));
    }
    assert.equal(framesWanted(), 0);
  }
});

test("nothing is drawn twice as fast for a page that slept, and nothing skipped for a reader that is slow", async () => {
  const { connection, session } = await begun();
  session.setSpeed(100);
  session.start();
  await connection.answerAll();
  await frame(60_000);
  assert.ok(session.epoch <= 10, String(session.epoch));
  const { connection: slow, session: waiting } = await begun();
  waiting.start();
  for (let k = 0; k < 30; k += 1) await frame();
  assert.equal(waiting.epoch, 0);
  assert.equal(slow.asked.length, 2);
  await slow.answer({ longest: 101 });
  for (let k = 0; k < 200; k += 1) await frame();
  assert.equal(waiting.epoch, 100);
  assert.ok(waiting.running);
});

test("the speed is kept: 100 epochs a second are 100 epochs in a second", async () => {
  const { connection, session } = await begun();
  session.setSpeed(100);
  session.start();
  for (let k = 0; k < 60; k += 1) {
    await connection.answerAll();
    await frame();
  }
  assert.ok(Math.abs(session.epoch - 100) <= 2, String(session.epoch));
});

test("one epoch a second", async () => {
  const { connection, session } = await begun();
  session.setSpeed(1);
  session.start();
  /** @type {number[]} */ const shown = [];
  for (let k = 0; k < 200; k += 1) {
    await connection.answerAll();
    await frame();
    shown.push(session.epoch);
  }
  assert.deepEqual([...new Set(shown)], [0, 1, 2, 3]);
});

test("an epoch that was not seen is asked for exactly, and what leads to it as losses", async () => {
  const { connection, session } = await begun({ grid: 2 });
  session.seek(777);
  await settle();
  assert.ok(session.busy && session.epoch === 777 && session.frame?.epoch === 0);
  const asked = connection.asked.slice(1).map((each) => bare(each));
  assert.deepEqual(asked, [{ epoch: 777, stop: 778, every: 1, grid: 2 }, { epoch: 1, stop: 778, every: null, grid: 0 }]);
  await connection.answerAll();
  assert.ok(!session.busy && session.exactly);
  assert.equal(session.frame?.epoch, 777);
  assert.equal(session.store.known, 778);
  assert.equal(connection.asked.length, 3);
});

test("an epoch that was seen is there at once, the same object", async () => {
  const { connection, session } = await begun();
  session.seek(5);
  await connection.answerAll();
  const seen = session.frame;
  session.reset();
  assert.equal(session.epoch, 0);
  const before = connection.asked.length;
  session.seek(5);
  assert.equal(session.frame, seen);
  assert.equal(connection.asked.length, before);
});

test("stepping goes by one, stays within the run, and pauses", async () => {
  const { connection, session } = await begun({ epochs: 2 });
  session.start();
  session.step(1);
  assert.equal(session.running, false);
  await connection.answerAll();
  session.step(1);
  mock.timers.tick(40);
  await connection.answerAll();
  session.step(1);
  assert.deepEqual([session.epoch, session.exactly], [2, true]);
  session.step(-1);
  session.step(-1);
  session.step(-1);
  assert.equal(session.epoch, 0);
});

test("scrubbing asks only for the newest of many, not for each", async () => {
  const { connection, session } = await begun();
  for (let epoch = 100; epoch < 200; epoch += 1) session.seek(epoch);
  await connection.answerAll();
  mock.timers.tick(40);
  await connection.answerAll();
  assert.equal(session.frame?.epoch, 199);
  assert.ok(connection.asked.filter(({ every }) => every === 1).length <= 3);
});

test("a shorter run ends where it stands; a longer one goes on", async () => {
  const { connection, session } = await begun();
  session.seek(500);
  await connection.answerAll();
  session.setEpochs(300);
  mock.timers.tick(40);
  await settle();
  await connection.answerAll();
  assert.deepEqual([session.epoch, session.frame?.epoch, session.epochs], [300, 300, 300]);
  session.setEpochs(10000);
  assert.equal(session.epoch, 300);
  session.start();
  for (let k = 0; k < 400; k += 1) {
    await connection.answerAll();
    await frame();
  }
  assert.equal(session.epoch, 10000);
});

test("started at its end, it begins anew", async () => {
  const { connection, session } = await begun({ epochs: 7 });
  session.seek(7);
  await connection.answerAll();
  session.start();
  assert.ok(session.running);
  assert.equal(session.epoch, 0);
});

test("paused, it stands at an epoch and draws no more", async () => {
  const { connection, session, changes } = await begun();
  session.start();
  for (let k = 0; k < 20; k += 1) {
    await connection.answerAll();
    await frame();
  }
  session.pause();
  const { epoch } = session;
  await frame();
  const before = changes();
  await frame();
  assert.equal(changes(), before);
  assert.ok(session.exactly && session.epoch === epoch && session.t === epoch);
});

test("led by somebody who runs, it fetches ahead as if it ran, and not epoch by epoch", async () => {
  const { connection, session } = await begun({ epochs: 1000 });
  const before = connection.asked.length;
  for (let epoch = 5; epoch <= 400; epoch += 5) {
    session.follow(epoch);
    await settle();
    await connection.answerAll();
    assert.equal(session.epoch, epoch);
    assert.ok(session.exactly, `epoch ${epoch}`);
  }
  assert.ok(connection.asked.length - before < 20, `${connection.asked.length - before} questions for 80 epochs`);
  session.seek(10);
  await connection.answerAll();
  const rested = connection.asked.length;
  session.seek(15);
  await connection.answerAll();
  assert.equal(connection.asked.length, rested, "on its own it asks for what it is at");
});

// @ts-check
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { FASTER, SPEC, begun, frame, runsShown, settle, standStill } from "./run-bench.js";
import { specOf } from "./run-fixture.js";

standStill();

test("late answers of a replaced run are dropped", async () => {
  const { connection, session } = await begun();
  session.seek(50); // two questions about the old run are open
  session.propose(FASTER);
  await settle();
  assert.equal(connection.open.length, 3);
  await connection.answer({}, 2); // the new run comes first
  assert.equal(session.spec, FASTER);
  assert.deepEqual([...runsShown(session)], [2]);
  await connection.answer();
  await connection.answer();
  mock.timers.tick(40);
  await connection.answerAll();
  assert.deepEqual([...runsShown(session)], [2]);
  assert.deepEqual([session.epoch, session.frame?.epoch], [0, 0]);
});

test("a rate that changes in mid-race: the race goes on from the start, without a trace of the old one", async () => {
  const { connection, session } = await begun();
  session.start();
  for (let k = 0; k < 60; k += 1) {
    await connection.answerAll();
    await frame();
  }
  assert.ok(session.epoch > 200);
  await frame();
  session.propose(FASTER);
  assert.ok(session.running);
  await connection.answer();
  assert.equal(session.epoch, 0);
  for (let k = 0; k < 10; k += 1) {
    await connection.answerAll();
    await frame();
  }
  assert.ok(session.running && session.epoch > 0);
  assert.deepEqual([...runsShown(session)], [2]);
});

test("only the newest proposal may become the run", async () => {
  const { connection, session } = await begun();
  session.propose(FASTER);
  session.propose(SPEC);
  await connection.answer({}, 1);
  await connection.answer();
  assert.equal(session.spec, SPEC);
  assert.deepEqual([...runsShown(session)], [1]);
  assert.equal(session.busy, false);
});

test("a refusal keeps the old run, running or not, and the next good proposal clears it", async () => {
  const { connection, session } = await begun();
  session.start();
  await connection.answerAll();
  for (let k = 0; k < 5; k += 1) await frame();
  const { epoch } = session;
  session.propose(specOf([-1]));
  await connection.refuse("Learning rate of lane 1 takes a number from 0 to 1000, but got −1.");
  assert.deepEqual(session.refusal, { field: "lanes.learning_rate", message: "Learning rate of lane 1 takes a number from 0 to 1000, but got −1." });
  assert.equal(session.spec, SPEC);
  assert.ok(session.running && epoch > 0 && session.epoch === epoch);
  for (let k = 0; k < 250; k += 1) {
    await connection.answerAll();
    await frame();
  }
  assert.equal(session.epoch, 1000, "it is fetched and played to its end all the same");
  session.propose(FASTER);
  await connection.answer();
  assert.equal(session.refusal, null);
});

test("a refused epoch is not asked for again and again", async () => {
  const { connection, session } = await begun({ epochs: 100000 });
  session.seek(90000);
  for (let k = 0; k < 20; k += 1) {
    while (connection.open.length) await connection.refuse("A run as large as this takes at most 50000 epochs, but got 90001.", "stop");
    await frame(50);
  }
  assert.ok(connection.asked.length <= 3, String(connection.asked.length));
  assert.equal(session.refusal?.field, "stop");
  assert.equal(session.frame?.epoch, 0);
});

test("a lost connection: what was asked is asked again when it is back, and the run goes on", async () => {
  const { connection, session } = await begun();
  session.start();
  await connection.answer({ longest: 51 });
  connection.status = "reconnecting";
  await connection.lose();
  for (let k = 0; k < 60; k += 1) await frame();
  assert.equal(session.epoch, 50);
  assert.ok(session.running);
  await connection.lose();
  connection.status = "connected";
  session.connected();
  for (let k = 0; k < 300; k += 1) {
    await connection.answerAll();
    await frame();
  }
  assert.equal(session.epoch, 1000);
  assert.deepEqual([...runsShown(session)], [1]);
});

test("an epoch that was asked for while there was no connection comes when there is one", async () => {
  const { connection, session } = await begun();
  connection.status = "reconnecting";
  session.seek(70);
  await settle();
  await connection.lose();
  await frame(100);
  assert.ok(session.busy && connection.open.length === 0);
  connection.status = "connected";
  session.connected();
  await frame(100);
  await connection.answerAll();
  assert.deepEqual([session.frame?.epoch, session.busy], [70, false]);
});

test("a proposal that a lost connection swallowed is made again, the newest only", async () => {
  const { connection, session } = await begun();
  connection.status = "reconnecting";
  session.propose(FASTER);
  await connection.lose();
  assert.equal(session.spec, SPEC);
  connection.status = "connected";
  session.connected();
  await connection.answerAll();
  assert.equal(session.spec, FASTER);
});

test("a proposal that timed out on a busy server is made again", async () => {
  const { connection, session } = await begun();
  session.propose(FASTER);
  await connection.lose(); // the connection stands
  assert.ok(session.busy);
  await connection.answerAll();
  assert.equal(session.spec, FASTER);
  assert.equal(session.busy, false);
});

test("a second change while the server is away builds on the first, and keeps its end", async () => {
  const { connection, session } = await begun();
  connection.status = "reconnecting";
  session.propose({ ...SPEC, reduction: "sum" }, 5000);
  await connection.lose();
  assert.deepEqual([session.waits, session.wanted.reduction], [true, "sum"]);
  session.propose({ ...session.wanted, loss: "squared_error" });
  assert.equal(session.waits, true);
  await connection.lose();
  connection.status = "connected";
  session.connected();
  assert.equal(connection.open.length, 1, "the newest only");
  await connection.answerAll();
  assert.deepEqual([session.spec.reduction, session.spec.loss, session.epochs, session.waits], ["sum", "squared_error", 5000, false]);
});

test("what the lost connection swallowed does not come back over what was proposed since", async () => {
  const { connection, session } = await begun();
  connection.status = "reconnecting";
  session.propose(FASTER);
  await connection.lose();
  const newest = { ...FASTER, biases: false };
  session.propose(newest);
  connection.status = "connected";
  session.connected();
  await connection.answerAll();
  assert.equal(session.spec, newest);
  assert.equal(session.waits, false);
});

test("an end that is chosen while a change waits is kept by the next change", async () => {
  const { connection, session } = await begun();
  connection.status = "reconnecting";
  session.propose(FASTER, 5000);
  await connection.lose();
  session.setEpochs(300);
  session.propose({ ...session.wanted, reduction: "sum" });
  await connection.lose();
  connection.status = "connected";
  session.connected();
  await connection.answerAll();
  assert.equal(session.epochs, 300);
});

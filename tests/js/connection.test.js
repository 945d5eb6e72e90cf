// @ts-check
// Questions and their answers, over a connection that comes and goes.
import assert from "node:assert/strict";
import { beforeEach, afterEach, mock, test } from "node:test";
import { ConnectionError } from "../../static/js/connection.js";
import { failure, start } from "./connection-bench.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("a request is sent at once when connected, and its answer comes back", async () => {
  const { socket, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  assert.deepEqual([socket.sent[0].event, socket.sent[0].payload, socket.sent[0].timeoutMs], ["catalog", {}, 8000]);
  socket.sent[0].answer({ ok: true, presets: [] });
  assert.deepEqual(await reply, { ok: true, presets: [] });
});

test("a refusal is an answer", async () => {
  const { socket, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  const refusal = { ok: false, error: { field: "spec.layers", got: [], takes: "2 to 6 widths", message: "no" } };
  socket.sent[0].answer(refusal);
  assert.deepEqual(await reply, refusal);
});

test("every request has a number, higher than the one before", () => {
  const { socket, connection } = start();
  socket.open();
  const [first, second] = [connection.request("catalog", {}), connection.request("catalog", {})];
  assert.deepEqual([first.sequence, second.sequence], [1, 2]);
});

test("a request made without connection waits for it", async () => {
  const { socket, connection } = start();
  const reply = connection.request("catalog", {});
  assert.equal(socket.sent.length, 0);
  socket.open();
  assert.equal(socket.sent.length, 1);
  socket.sent[0].answer({ ok: true });
  assert.deepEqual(await reply, { ok: true });
});

test("a request that never finds a connection is rejected as offline, and is not sent later", async () => {
  const { socket, connection } = start();
  const reply = connection.request("catalog", {}, { timeoutMs: 100 });
  mock.timers.tick(100);
  await assert.rejects(reply, failure("offline"));
  socket.open();
  assert.equal(socket.sent.length, 0);
});

test("a request without answer is rejected after its time, not before, and a late answer is nobody's", async () => {
  const { socket, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  let settled = false;
  reply.then(() => { settled = true; }, () => { settled = true; });
  mock.timers.tick(7999);
  await Promise.resolve();
  assert.equal(settled, false);
  mock.timers.tick(1);
  await assert.rejects(reply, (error) => failure("timeout")(error) && error instanceof ConnectionError && error.sequence === 1 && error.event === "catalog");
  socket.sent[0].answer({ ok: true });
  await assert.rejects(reply, failure("timeout"));
});

test("a request whose connection is lost is asked again on the next one, once", async () => {
  const { socket, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  socket.drop();
  await Promise.resolve();
  socket.open();
  assert.deepEqual(socket.sent.map(({ event }) => event), ["catalog", "catalog"]);
  socket.sent[1].answer({ ok: true, second: true });
  assert.deepEqual(await reply, { ok: true, second: true });
  socket.drop();
  socket.open();
  assert.equal(socket.sent.length, 2);
});

test("a request that loses its connection three times is given up, and the others go on", async () => {
  const { socket, connection } = start();
  socket.open();
  const poison = connection.request("catalog", {});
  socket.drop();
  socket.open();
  const other = connection.request("catalog", {});
  socket.drop();
  socket.open();
  socket.drop();
  await assert.rejects(poison, failure("lost"));
  socket.open();
  assert.equal(socket.sent.length, 6);
  socket.sent[5].answer({ ok: true });
  assert.deepEqual(await other, { ok: true });
});

test("even when the loss is told after the new connection is there, a request is under way only once", async () => {
  const { socket, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  const lose = socket.sent[0].lose;
  socket.sent[0].lose = () => {};
  socket.drop();
  socket.open();
  lose();
  await Promise.resolve();
  await Promise.resolve();
  socket.open();
  assert.equal(socket.sent.length, 2);
  socket.sent[1].answer({ ok: true });
  await reply;
});

test("requests that waited are sent in the order they were made", () => {
  const { socket, connection } = start();
  connection.request("catalog", {});
  connection.request("new_weights", { layers: [2, 1], activations: ["tanh"], biases: true, initializer: "xavier" });
  socket.open();
  assert.deepEqual(socket.sent.map(({ event }) => event), ["catalog", "new_weights"]);
});

test("closing rejects what is open and what comes after, and stays closed", async () => {
  const { socket, seen, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  connection.close();
  await assert.rejects(reply, failure("closed"));
  await assert.rejects(connection.request("catalog", {}), failure("closed"));
  mock.timers.tick(60000);
  socket.open();
  assert.equal(socket.connectCalls, 0);
  assert.equal(seen.at(-1), "closed");
});

test("nothing is written to the console", async () => {
  const spies = /** @type {const} */ (["log", "info", "warn", "error", "debug"]).map((name) => mock.method(console, name, () => {}));
  const { socket, connection } = start();
  socket.refuse(true);
  socket.open();
  const reply = connection.request("catalog", {}, { timeoutMs: 10 });
  socket.drop("io server disconnect");
  mock.timers.tick(10);
  await assert.rejects(reply);
  connection.close();
  for (const spy of spies) {
    assert.equal(spy.mock.callCount(), 0);
    spy.mock.restore();
  }
});

test("a question that comes too soon is asked again after a moment, twice, and then the refusal is told", async () => {
  const { socket, connection } = start();
  socket.open();
  const tooMuch = { ok: false, error: { field: "rate", got: "one more", takes: "less", message: "Ask again in a moment." } };
  const settle = async () => { for (let turn = 0; turn < 5; turn += 1) await Promise.resolve(); };
  const reply = connection.request("run", /** @type {any} */ ({}));
  socket.sent[0].answer(tooMuch);
  await settle();
  mock.timers.tick(999);
  assert.equal(socket.sent.length, 1);
  mock.timers.tick(1);
  assert.equal(socket.sent.length, 2);
  socket.sent[1].answer({ ok: true, second: true });
  assert.deepEqual(await reply, { ok: true, second: true });

  const refused = connection.request("run", /** @type {any} */ ({}));
  for (const number of [2, 3, 4]) {
    socket.sent[number].answer(tooMuch);
    await settle();
    mock.timers.tick(1000);
  }
  assert.deepEqual(await refused, tooMuch);
  assert.equal(socket.sent.length, 5);
});

test("what comes too soon and is lost meanwhile is sent once on the next connection", async () => {
  const { socket, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  socket.sent[0].answer({ ok: false, error: { field: "rate" } });
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  socket.drop();
  socket.open();
  assert.equal(socket.sent.length, 2);
  mock.timers.tick(1000);
  assert.equal(socket.sent.length, 2);
  socket.sent[1].answer({ ok: true });
  assert.deepEqual(await reply, { ok: true });
});

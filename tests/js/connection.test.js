// @ts-check
import assert from "node:assert/strict";
import { beforeEach, afterEach, mock, test } from "node:test";
import { connect, ConnectionError } from "../../static/js/connection.js";

/** @typedef {import("../../static/js/types.js").ConnectionStatus} ConnectionStatus */
/** @typedef {{event: string, payload: any, timeoutMs: number, answer: (value: any) => void, lose: () => void}} Sent */

/** A socket that does what the test says. */
class FakeSocket {
  connected = false;
  active = true;
  connectCalls = 0;
  disconnectCalls = 0;
  /** @type {Sent[]} */ sent = [];
  /** @type {Map<string, (...values: any[]) => void>} */ listeners = new Map();

  /** @param {string} event @param {(...values: any[]) => void} listener */
  on(event, listener) { this.listeners.set(event, listener); }
  connect() { this.connectCalls += 1; }
  disconnect() { this.disconnectCalls += 1; this.drop("io client disconnect"); }
  /** @param {number} timeoutMs */
  timeout(timeoutMs) {
    return {
      /** @param {string} event @param {any} payload @returns {Promise<any>} */
      emitWithAck: (event, payload) => new Promise((resolve, reject) => {
        this.sent.push({ event, payload, timeoutMs, answer: resolve, lose: () => reject(new Error("socket has been disconnected")) });
      }),
    };
  }
  /** @param {number} seconds */
  stop(seconds) { this.listeners.get("server_stopping")?.({ seconds }); }
  open() { this.connected = true; this.active = true; this.listeners.get("connect")?.(); }
  /** @param {string} [reason] */
  drop(reason = "transport close") {
    this.connected = false;
    this.active = reason === "transport close";
    for (const { lose } of this.sent) lose();
    this.listeners.get("disconnect")?.(reason);
  }
  /** @param {boolean} active */
  refuse(active) { this.active = active; this.listeners.get("connect_error")?.(new Error("refused")); }
}

function start() {
  const socket = new FakeSocket();
  /** @type {ConnectionStatus[]} */
  const seen = [];
  /** @type {{url: string, options: Record<string, unknown>}[]} */
  const opened = [];
  /** @param {string} url @param {Record<string, unknown>} options */
  const io = (url, options) => {
    options.path = "/socket.io"; // the real one writes into its options
    opened.push({ url, options });
    return socket;
  };
  const connection = connect({ onStatus: (status) => seen.push(status), io, random: () => 0.5 });
  return { socket, seen, opened, connection };
}

/** @param {string} kind */
const failure = (kind) => (/** @type {unknown} */ error) => error instanceof ConnectionError && error.kind === kind;

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("opens a WebSocket only, and comes back quickly: 250 ms up to 2 s", () => {
  const { opened } = start();
  assert.equal(opened.length, 1);
  assert.deepEqual(opened[0].options.transports, ["websocket"]);
  assert.equal(opened[0].options.reconnectionDelay, 250);
  assert.equal(opened[0].options.reconnectionDelayMax, 2000);
});

test("status: connecting, connected, reconnecting, connected, closed, each said once", () => {
  const { socket, seen, connection } = start();
  socket.refuse(true);
  assert.equal(connection.status, "connecting");
  socket.open();
  socket.drop();
  socket.refuse(true);
  socket.open();
  connection.close();
  connection.close();
  assert.deepEqual(seen, ["connecting", "connected", "reconnecting", "connected", "closed"]);
  assert.equal(connection.status, "closed");
});

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

test("a server that hangs up or turns us away is called again, ever slower, up to 2 s", () => {
  const { socket } = start();
  socket.open();
  socket.drop("io server disconnect");
  for (const [calls, waitMs] of [250, 500, 1000, 2000, 2000].entries()) {
    mock.timers.tick(waitMs - 1);
    assert.equal(socket.connectCalls, calls);
    mock.timers.tick(1);
    assert.equal(socket.connectCalls, calls + 1);
    socket.refuse(false);
  }
});

test("an answer shows that the server is well: the next call is quick again", async () => {
  const { socket, connection } = start();
  socket.open();
  socket.drop("io server disconnect");
  mock.timers.tick(250);
  socket.open();
  const reply = connection.request("catalog", {});
  socket.sent[0].answer({ ok: true });
  await reply;
  socket.drop("io server disconnect");
  mock.timers.tick(250);
  assert.equal(socket.connectCalls, 2);
});

test("while socket.io reconnects by itself, nobody else does", () => {
  const { socket } = start();
  socket.open();
  socket.drop();
  mock.timers.tick(60000);
  assert.equal(socket.connectCalls, 0);
});

test("a server that stops is left after a random part of its time, and called again, without a word", () => {
  const { socket, seen } = start();
  socket.open();
  socket.stop(4);
  mock.timers.tick(1999);
  assert.equal(socket.disconnectCalls, 0);
  mock.timers.tick(1);
  assert.equal(socket.disconnectCalls, 1);
  mock.timers.tick(250);
  assert.equal(socket.connectCalls, 1);
  socket.refuse(false);
  mock.timers.tick(500);
  assert.equal(socket.connectCalls, 2);
  socket.open();
  mock.timers.tick(60000);
  assert.deepEqual(seen, ["connecting", "connected"]);
});

test("what is under way is answered before the page leaves, and what comes meanwhile is asked of the next server", async () => {
  const { socket, connection } = start();
  socket.open();
  const before = connection.request("catalog", {});
  socket.stop(2);
  const during = connection.request("pass", /** @type {any} */ ({}));
  mock.timers.tick(1000);
  const after = connection.request("passes", /** @type {any} */ ({}));
  assert.deepEqual([socket.sent.map(({ event }) => event), socket.disconnectCalls], [["catalog", "pass"], 0]);
  socket.sent[0].answer({ ok: true });
  await before;
  socket.sent[1].answer({ ok: true });
  await during;
  assert.deepEqual([socket.sent.length, socket.disconnectCalls], [2, 1]);
  mock.timers.tick(250);
  socket.open();
  assert.equal(socket.sent[2].event, "passes");
  socket.sent[2].answer({ ok: true });
  assert.deepEqual(await after, { ok: true });
});

test("a server that stops and hangs up first is no error either, and takes no attempt from a request", async () => {
  const { socket, seen, connection } = start();
  socket.open();
  const reply = connection.request("catalog", {});
  for (let stops = 0; stops < 4; stops += 1) {
    socket.stop(4);
    socket.drop();
    await Promise.resolve();
    socket.open();
  }
  assert.equal(socket.sent.length, 5);
  socket.sent[4].answer({ ok: true });
  assert.deepEqual(await reply, { ok: true });
  mock.timers.tick(60000);
  assert.deepEqual([seen, socket.disconnectCalls], [["connecting", "connected"], 0]);
});

test("when no server is there after a stop, the page says so, some seconds later", () => {
  const { socket, seen } = start();
  socket.open();
  socket.stop(0);
  mock.timers.tick(0);
  socket.drop();
  mock.timers.tick(5999);
  socket.refuse(true);
  assert.deepEqual(seen, ["connecting", "connected"]);
  mock.timers.tick(1);
  assert.deepEqual(seen, ["connecting", "connected", "reconnecting"]);
  socket.open();
  assert.equal(seen.at(-1), "connected");
  socket.drop();
  assert.equal(seen.at(-1), "reconnecting"); // the next loss is none of that server's
});

test("closing after a server said that it stops calls nobody", () => {
  const { socket, connection } = start();
  socket.open();
  socket.stop(4);
  connection.close();
  mock.timers.tick(60000);
  assert.deepEqual([socket.connectCalls, socket.disconnectCalls], [0, 1]);
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

test("closing while waiting to call again calls no more", () => {
  const { socket, connection } = start();
  socket.open();
  socket.drop("io server disconnect");
  connection.close();
  mock.timers.tick(60000);
  assert.equal(socket.connectCalls, 0);
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

// @ts-check
// When a server is called again, and when it is left.
import assert from "node:assert/strict";
import { beforeEach, afterEach, mock, test } from "node:test";
import { start } from "./connection-bench.js";

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

test("closing while waiting to call again calls no more", () => {
  const { socket, connection } = start();
  socket.open();
  socket.drop("io server disconnect");
  connection.close();
  mock.timers.tick(60000);
  assert.equal(socket.connectCalls, 0);
});

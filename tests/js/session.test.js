// @ts-check
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { begun } from "./session-bench.js";

before(() => Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }));

test("the next pass waits for an edit that is on its way, and goes on from it", async () => {
  const { connection, session } = await begun();
  await session.goTo(1);
  await session.goTo(2);
  await session.goTo(1); // both have been fetched: no question would slow the next press down
  connection.hold = true;
  const edited = session.edit("x1", "0.5");
  const gone = session.next();
  connection.release();
  await Promise.all([edited, gone]);
  assert.equal(session.pass, 2);
  assert.equal(session.run.spec.data.x[0][0], 0.5);
  assert.deepEqual(session.timeline.segments.map(({ first }) => first), [0, 1]);
  assert.equal(session.wanted, null);
});

test("pressed while a new beginning is on its way, the next pass is the second", async () => {
  const { connection, session } = await begun();
  await session.goTo(3);
  connection.hold = true;
  const chosen = session.choosePreset(session.catalog.presets[0].name);
  const gone = session.next();
  connection.release();
  await Promise.all([chosen, gone]);
  assert.equal(session.pass, 1);
});

test("what was pressed while the engine is away comes after the edit, once it is back", async () => {
  const { connection, session } = await begun();
  connection.away = true;
  const edited = session.edit("x1", "0.5");
  const gone = session.next();
  await Promise.all([edited, gone]);
  assert.equal(session.pass, 0);
  connection.away = false;
  /** @type {Promise<void>} */
  const shown = new Promise((resolve) => { session.onChange = () => { if (session.pass === 1) resolve(); }; });
  session.connected();
  await shown;
  assert.equal(session.run.spec.data.x[0][0], 0.5);
});

test("another loss leaves what the network says, and the example its name", async () => {
  const { session } = await begun();
  const { name } = session.catalog.presets[0];
  session.head.seek(session.tape.length);
  const forward = session.tape.entries.filter(({ phase }) => phase === "forward").length;
  const changed = session.change({ loss: "squared_error" });
  assert.equal(session.position, forward);
  assert.ok([...session.stale.keys()].every((id) => !/\.(z|a)$/.test(id)));
  await changed;
  assert.equal(session.position, forward);
  assert.equal(session.preset, name);
});

// @ts-check
// Figure `passes` written with another sign: the same learning, in what comes and in what is there.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { stateOf, textOf } from "../../static/js/link-figures.js";
import { checkOf, packed } from "../../static/js/link.js";
import { passesLink } from "../../static/js/figures/link-passes.js";
import { signOf } from "../../static/js/signs.js";
import { CATALOG, TEXTBOOK } from "./link-fixture.js";
import { FakePasses, SPEC, begun, restoredSession, settle } from "./session-bench.js";

before(() => Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }));

test("restating keeps the play head, the passes and their losses, and asks again for the pass that is shown", async () => {
  const { connection, session } = await begun();
  await session.goTo(2);
  session.head.seek(17);
  const losses = session.timeline.losses;
  const restated = session.restate("error_term");
  assert.equal(session.tape.sign, "gradient", "nothing is shown before it is there");
  await restated;
  assert.equal(session.tape.sign, "error_term");
  assert.deepEqual([session.pass, session.position, session.timeline.length, session.stale.size, session.notice], [2, 17, 3, 0, null]);
  assert.deepEqual(session.timeline.losses, losses);
  assert.ok(connection.asked.filter(({ event }) => event === "pass").at(-1)?.payload.spec.sign === "error_term");
  await session.goTo(0);
  assert.equal(session.tape.sign, "error_term", "earlier passes are asked for again");
  session.head.seek(9);
  await session.reset();
  assert.deepEqual([session.pass, session.timeline.length], [0, 3], "Reset goes back as it would have before");
});

test("an edit that is on its way comes written as was chosen last", async () => {
  const { connection, session } = await begun();
  connection.hold = true;
  void session.edit("x1", "0.9");
  const restated = session.restate("error_term");
  connection.release();
  await restated;
  await settle();
  assert.equal(signOf(session.run.spec), "error_term");
  assert.equal(session.tape.sign, "error_term");
  assert.equal(session.run.spec.data.x[0][0], 0.9);
  assert.ok(!session.restates && session.wanted === null);
});

test("out of reach, it goes on by itself; the newest choice counts", async () => {
  const { connection, session } = await begun();
  connection.away = true;
  await session.restate("error_term");
  assert.ok(session.restates);
  assert.equal(session.tape.sign, "gradient");
  connection.away = false;
  session.connected();
  await settle();
  assert.equal(session.tape.sign, "error_term");
  void session.restate("gradient");
  void session.restate("error_term");
  await session.restate("gradient");
  await settle();
  assert.deepEqual([session.tape.sign, session.restates], ["gradient", false]);
});

/** A session with an edited pass 2 in the new sign, and pass 1 still in the old one. */
async function mixed() {
  const { connection, session } = await begun();
  await session.goTo(1);
  connection.away = true;
  await session.restate("error_term");
  await session.edit("x1", "0.9");
  connection.away = false;
  connection.refuses = ({ spec }) => spec.data.x[0][0] !== 0.9 || session.wanted === null;
  session.connected();
  for (let k = 0; k < 10; k += 1) await settle();
  assert.deepEqual([session.wanted, session.timeline.segments.map(({ run }) => signOf(run.spec))], [null, ["gradient", "error_term"]]);
  return { connection, session, asked: () => connection.asked.filter(({ event }) => event === "pass").length };
}

test("a sign that the engine refuses is not asked for without end", async (t) => {
  const { connection, session, asked } = await mixed();
  t.after(() => { connection.away = true; }); // whoever asks without end comes to one
  const before = asked();
  for (let k = 0; k < 20; k += 1) await settle();
  assert.equal(asked(), before);
  assert.deepEqual([session.sign, session.tape.sign, session.restating.waits, session.refusal?.message], ["error_term", "error_term", false, "No."]);
  void session.restate("error_term");
  for (let k = 0; k < 20; k += 1) await settle();
  assert.equal(asked(), before + 1, "a new choice asks once");
});

test("what was refused is asked for again with the next act, and when the connection is back", async (t) => {
  const { connection, session, asked } = await mixed();
  t.after(() => { connection.away = true; });
  let before = asked();
  await session.goTo(1);
  for (let k = 0; k < 20; k += 1) await settle();
  assert.equal(asked(), before + 1);
  before = asked();
  connection.refuses = () => false;
  session.connected();
  for (let k = 0; k < 20; k += 1) await settle();
  assert.equal(asked(), before + 1);
  assert.deepEqual([session.restates, session.tape.sign], [false, "error_term"]);
});

test("a refused sign leaves what is shown as it was", async () => {
  const { connection, session } = await begun();
  connection.refuses = ({ spec }) => spec.sign === "error_term";
  await session.restate("error_term");
  assert.deepEqual([session.sign, session.tape.sign, session.restates, session.restating.waits], ["gradient", "gradient", false, false]);
  assert.equal(connection.asked.filter(({ event }) => event === "pass").length, 1);
});

const RESTORED = { runs: [{ first: 0, spec: SPEC }], pass: 1, at: 3, length: 2, start: null };

test("a sign that is chosen while a link is being opened holds for it", async () => {
  const { connection, session } = await begun();
  connection.hold = true;
  const opened = passesLink(/** @type {any} */ ({ session })).restore(RESTORED);
  const restated = session.restate("error_term");
  connection.release();
  await Promise.all([opened, restated]);
  for (let k = 0; k < 10; k += 1) await settle();
  assert.deepEqual([session.pass, session.position, session.sign, session.tape.sign, session.restates], [1, 3, "error_term", "error_term", false]);
});

test("so it does while the link waits for the engine; and a link after the choice brings its own", async () => {
  const { connection, session } = await begun();
  connection.away = true;
  await passesLink(/** @type {any} */ ({ session })).restore(RESTORED);
  await session.restate("error_term");
  connection.away = false;
  session.connected();
  for (let k = 0; k < 20; k += 1) await settle();
  assert.deepEqual([session.pass, session.sign, session.tape.sign, session.restates], [1, "error_term", "error_term", false]);
  await passesLink(/** @type {any} */ ({ session })).restore(RESTORED);
  assert.deepEqual([session.sign, session.tape.sign, session.restates], ["gradient", "gradient", false]);
});

test("what was struck through in the other sign is not shown any more", async () => {
  const { session } = await begun();
  session.head.seek(Infinity);
  await session.edit("x1", "0.9");
  assert.ok(session.stale.has("h1.z") && session.stale.has("o1.delta"));
  await session.restate("error_term");
  assert.ok(session.stale.has("h1.z") && !session.stale.has("o1.delta"));
});

test("a link holds the sign, and is opened with it", async () => {
  const state = { runs: [{ first: 0, spec: { ...TEXTBOOK, sign: /** @type {const} */ ("error_term") } }, { first: 2, spec: { ...TEXTBOOK, learning_rate: 3, sign: /** @type {const} */ ("error_term") } }], pass: 2, at: 7, length: 3, start: null };
  const presets = CATALOG.presets.map((preset) => ({ ...preset, spec: { ...preset.spec, sign: /** @type {const} */ ("gradient") } }));
  const text = await textOf("passes", state, { ...CATALOG, presets });
  const read = await stateOf("passes", text, { ...CATALOG, presets });
  assert.deepEqual(read, { state, faults: [] });
  const session = await restoredSession(new FakePasses(), state);
  assert.deepEqual([session.sign, session.tape.sign, session.pass, session.position], ["error_term", "error_term", 2, 7]);
});

test("links from before there was a sign are still what they were", async () => {
  const fields = { runs: [[0, { learning_rate: 2 }]], at: 5 };
  const old = await packed(fields, checkOf({ runs: [{ first: 0, spec: { ...TEXTBOOK, learning_rate: 2 } }], pass: 0, at: 5, length: 1, start: null }));
  const presets = CATALOG.presets.map((preset) => ({ ...preset, spec: { ...preset.spec, sign: /** @type {const} */ ("gradient"), hold: false } }));
  assert.deepEqual((await stateOf("passes", old, { ...CATALOG, presets })).faults, []);
  assert.equal(SPEC.loss, "half_squared_error");
});

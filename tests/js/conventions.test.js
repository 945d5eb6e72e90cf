// @ts-check
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { onePassEvidence, passEvidence, runEvidence } from "../../static/js/convention-evidence.js";
import { equation } from "../../static/js/equation.js";
import { Conventions, halfOf, lossOf } from "../../static/js/figures/conventions.js";
import { stateOf, textOf } from "../../static/js/link-figures.js";
import { checkOf, packed } from "../../static/js/link.js";
import { spokenName } from "../../static/js/format.js";
import { passesLink } from "../../static/js/figures/link-passes.js";
import { signOf, turns } from "../../static/js/signs.js";
import { makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";
import { CATALOG, TEXTBOOK } from "./link-fixture.js";
import { specOf } from "./run-fixture.js";
import { FakePasses, SPEC, begun, restoredSession, settle, turned } from "./session-bench.js";

before(() => Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }));

const PLAIN = makeTape(answerFor());
const TURNED = makeTape(turned(answerFor()), "error_term");

test("a tape knows its sign, and names are spoken in it", () => {
  assert.deepEqual([PLAIN.sign, TURNED.sign], ["gradient", "error_term"]);
  assert.equal(spokenName("o1.delta"), "delta of o1");
  assert.equal(spokenName("o1.delta", "error_term"), "error term of o1");
  assert.equal(spokenName("grad:h1>o1", "error_term"), "minus the gradient of the weight from h1 to o1");
  assert.equal(spokenName("h1.grad_a", "error_term"), "blame of h1");
  for (const id of PLAIN.byId.keys()) if (!turns(id)) assert.equal(spokenName(id, "error_term"), spokenName(id));
  const names = [...TURNED.byId.keys()].map((id) => spokenName(id, "error_term"));
  assert.equal(new Set(names).size, names.length);
});

test("a symbol with a minus stands in brackets inside an equation", () => {
  const operand = { id: "o1.delta", symbol: "-\\frac{a}{b}", value: -1, place: "o1", meaning: "" };
  const [piece] = equation({ pieces: [{ tex: "#", ref: "o1.delta", meaning: "x" }] }, { byId: new Map([["o1.delta", operand]]) });
  assert.equal(piece.symbolTex, "\\left(-\\frac{a}{b}\\right)");
});

test("the sign turns the blame and leaves loss, changes and new weights: all as the two tapes say", () => {
  const { changed, same } = passEvidence("sign", PLAIN, TURNED);
  assert.deepEqual(changed.map(({ what }) => what), ["delta of o1", changed[1].what, "rule"]);
  for (const { before: was, after } of changed.slice(0, 2)) assert.equal(was.replace(/^[+−]/, ""), after.replace(/^[+−]/, ""));
  assert.notEqual(changed[0].before[0], changed[0].after[0]);
  assert.deepEqual(changed[2], { what: "rule", before: "w − η ∂L/∂w", after: "w + η (−∂L/∂w)" });
  assert.deepEqual(same.map(({ what }) => what.replace(/ h\d→o1/, "")), ["loss", "what o1 says", "change of", "new weights"]);
  assert.equal(same[3].value, "all 9, every digit");
});

test("a new weight that moved would not be called the same", () => {
  const wrong = turned(answerFor());
  wrong.entries = wrong.entries.map((entry) => (entry.id === "new:x1>h1" ? { ...entry, value: entry.value + 1e-9 } : entry));
  const { same, note } = passEvidence("sign", PLAIN, makeTape(wrong, "error_term"));
  assert.ok(!same.some(({ what }) => what === "new weights"));
  assert.equal(note, "", "nor that every weight goes where it went");
  assert.equal(passEvidence("sign", PLAIN, TURNED).note, "Two minuses make a plus: every weight goes where it went.");
});

test("without one half everything scales, and the minimum stays", () => {
  const whole = answerFor();
  whole.entries = whole.entries.map((entry) => (entry.id === "loss" || turns(entry.id) || entry.id.startsWith("change:") ? { ...entry, value: 2 * entry.value } : entry));
  const { changed, same, note } = passEvidence("half", PLAIN, makeTape(whole));
  assert.deepEqual(changed.map(({ what }) => what.replace(/h\d→o1/, "…")), ["loss", "delta of o1", "gradient of …", "change of …"]);
  assert.deepEqual(same.map(({ what }) => what), ["what o1 says", "sign of each gradient", "minimum at"]);
  assert.equal(same[2].value, "0.5000");
  assert.match(note, /twice as large/);
  assert.match(passEvidence("half", makeTape(whole), PLAIN, "half").note, /half as large/);
});

test("without a loss there is nothing to scale, and nothing is said to", () => {
  const none = answerFor();
  none.entries = none.entries.map((entry) => (entry.id === "loss" || turns(entry.id) || entry.id.startsWith("change:") ? { ...entry, value: 0 } : entry));
  for (const half of ["half", "whole"]) {
    const { changed, note } = passEvidence("half", makeTape(none), makeTape(none), half);
    assert.deepEqual([changed, note], [[], ""]);
  }
});

test("which loss it is tells twice from half, not how large the losses are", () => {
  const flat = answerFor();
  flat.entries = flat.entries.map((entry) => (entry.id === "loss" ? { ...entry, value: 0 } : entry)); // it underflowed
  const doubled = { ...flat, entries: flat.entries.map((entry) => (turns(entry.id) ? { ...entry, value: 2 * entry.value } : entry)) };
  assert.match(passEvidence("half", makeTape(flat), makeTape(doubled), "whole").note, /twice as large/);
  assert.match(passEvidence("half", makeTape(doubled), makeTape(flat), "half").note, /half as large/);
});

test("each of two outputs has its own minimum", () => {
  const two = answerFor({ layers: [2, 2, 2] });
  two.givens = two.givens.map((given) => (given.id === "t2" ? { ...given, value: 0.99 } : given));
  const found = passEvidence("half", makeTape(two), makeTape(two)).same.filter(({ what }) => what.startsWith("minimum"));
  assert.deepEqual(found, [{ what: "minimum of o1 at", value: "0.5000" }, { what: "minimum of o2 at", value: "0.9900" }]);
  const moved = { ...two, givens: two.givens.map((given) => (given.id === "t1" ? { ...given, value: 0.7 } : given)) };
  const same = passEvidence("half", makeTape(two), makeTape(moved)).same.filter(({ what }) => what.startsWith("minimum"));
  assert.deepEqual(same.map(({ value }) => value), ["0.9900"]);
});

test("a held update has no changes to speak of", () => {
  const held = (/** @type {import("../../static/js/tape.js").Tape} */ tape) => makeTape({ givens: tape.givens, entries: tape.entries.filter(({ phase }) => phase !== "update") }, tape.sign);
  const { same, note } = passEvidence("sign", held(PLAIN), held(TURNED));
  assert.deepEqual(same.map(({ what }) => what), ["loss", "what o1 says"]);
  assert.equal(note, "The update is held back: nothing moves either way.");
});

test("sum or mean: a run's first frame is larger, its answers and a single pass are the same", () => {
  const lane = (/** @type {number} */ by) => /** @type {any} */ ({ loss: 0.7 * by, gradNorm: 0.1 * by, outputs: [0.5] });
  const { changed, same } = runEvidence("reduction", "race", lane(1), lane(4), specOf([0.5]));
  assert.deepEqual(changed, [{ what: "race: loss", before: "0.7000", after: "2.8000" }, { what: "race: length of the gradient", before: "0.1000", after: "0.4000" }]);
  assert.deepEqual(same, [{ what: "race: first answer", value: "0.5000" }]);
  assert.equal(onePassEvidence(PLAIN).changed.length, 0);
  assert.equal(onePassEvidence(PLAIN).same.length, 2);
});

test("the store shows what is in force; a switch shows nothing where figures differ", () => {
  const store = new Conventions();
  assert.deepEqual([store.value("sign"), store.shown("half"), store.open("half")], ["gradient", "half", true]);
  store.report("xor", { half: "half", reduction: "sum" }, false);
  store.report("race", { half: null, reduction: "mean" }, false);
  store.report("passes", { sign: "error_term", half: "whole" }, false);
  assert.deepEqual([store.value("sign"), store.value("half"), store.value("reduction")], ["error_term", "whole", "mean"]);
  assert.deepEqual([store.shown("sign"), store.shown("half"), store.shown("reduction")], ["error_term", null, null]);
  store.report("passes", { sign: "gradient", half: null }, false);
  store.report("xor", { half: null, reduction: "mean" }, false);
  assert.deepEqual([store.open("half"), store.value("half"), store.shown("reduction")], [false, "", "mean"]);
});

test("a switch shows what was chosen while figures wait, the text what is in force", () => {
  const store = new Conventions();
  store.report("race", { reduction: "mean" }, false);
  store.report("xor", { reduction: "mean" }, false);
  store.onChoose(() => {
    store.report("race", { reduction: "mean" }, true);
    store.report("xor", { reduction: "mean" }, true);
  });
  store.choose("reduction", "sum");
  assert.deepEqual([store.shown("reduction"), store.value("reduction")], ["sum", "mean"]);
  store.report("race", { reduction: "sum" }, false);
  assert.deepEqual([store.shown("reduction"), store.value("reduction")], ["sum", "sum"]);
  store.report("xor", { reduction: "mean" }, false); // it was refused there
  assert.equal(store.shown("reduction"), null);
});

test("a choice made before all have begun is shown at once and made when they have; the newest counts", async () => {
  const store = new Conventions();
  /** @type {string[]} */ const made = [];
  store.onChoose(({ value }) => made.push(value));
  let go = () => {};
  const begun = new Promise((resolve) => { go = () => resolve(undefined); });
  const [first, second] = ["sum", "mean"].map((value) => store.chooseWhen("reduction", value, begun));
  assert.equal(store.shown("reduction"), "mean");
  const third = store.chooseWhen("reduction", "sum", begun);
  store.report("race", { reduction: "mean" });
  assert.equal(store.shown("reduction"), "sum", "a report of how it began changes nothing");
  assert.deepEqual(made, []);
  go();
  await Promise.all([first, second, third]);
  assert.deepEqual(made, ["sum"]);
});

test("who reports first does not take back what others are about to follow", () => {
  const store = new Conventions();
  store.report("race", { reduction: "mean" });
  store.onChoose(({ value }) => store.report("batch", { reduction: value }));
  store.onChoose(() => {
    assert.equal(store.shown("reduction"), "sum");
    store.report("race", { reduction: "mean" }, true);
  });
  store.choose("reduction", "sum");
  assert.equal(store.shown("reduction"), "sum");
});

test("a choice that nobody follows is not shown", () => {
  const store = new Conventions();
  store.report("passes", { sign: "gradient", half: null }, false);
  store.choose("half", "whole");
  assert.notEqual(store.shown("half"), "whole");
});

test("nothing is proved before a switch was used, and a new choice clears what was proved of it", () => {
  const store = new Conventions();
  let told = 0;
  store.addEventListener("change", () => { told += 1; });
  const evidence = { changed: [], same: [], note: "x" };
  store.prove("sign", "passes", evidence);
  assert.equal(store.proof("sign"), null);
  /** @type {unknown[]} */ const chosen = [];
  store.onChoose((choice) => chosen.push(choice));
  store.choose("sign", "error_term");
  store.prove("sign", "passes", evidence);
  assert.deepEqual(store.proof("sign"), evidence);
  store.choose("sign", "gradient");
  assert.equal(store.proof("sign"), null);
  assert.deepEqual(chosen, [{ name: "sign", value: "error_term" }, { name: "sign", value: "gradient" }]);
  assert.ok(told >= 3);
});

test("a half belongs to the squared errors only", () => {
  assert.deepEqual(["half_squared_error", "squared_error", "binary_cross_entropy", "cross_entropy"].map(halfOf), ["half", "whole", null, null]);
  assert.deepEqual(["half", "whole"].map(lossOf), ["half_squared_error", "squared_error"]);
});

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

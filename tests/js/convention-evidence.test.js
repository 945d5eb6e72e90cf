// @ts-check
// What two tapes, or two frames of a run, say of a switch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onePassEvidence, passEvidence, runEvidence } from "../../static/js/convention-evidence.js";
import { equation } from "../../static/js/equation.js";
import { spokenName } from "../../static/js/format.js";
import { turns } from "../../static/js/signs.js";
import { makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";
import { specOf } from "./run-fixture.js";
import { turned } from "./session-bench.js";

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

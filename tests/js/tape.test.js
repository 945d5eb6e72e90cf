// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  affectedBy, derivation, isKnown, liveEntry, makeTape, nodeRows, phaseAt, phaseEnd, valueAt, weightRows,
} from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";

const answer = answerFor();
const tape = makeTape(answer);
/** @param {string} id */
const numberOf = (id) => tape.byId.get(id)?.value;
/** @param {string} edge @param {number} position */
const weightRow = (edge, position) => weightRows(tape, position).find((row) => row.edge === edge);
/** @param {string} node @param {number} position */
const nodeRow = (node, position) => nodeRows(tape, position).find((row) => row.node === node);

test("a tape knows its entries, its givens and its length", () => {
  assert.equal(tape.length, 45);
  assert.deepEqual(tape.entries, answer.entries);
  assert.deepEqual(tape.givens, answer.givens);
  assert.equal(tape.byId.size, answer.entries.length + answer.givens.length);
});

test("indexOf: givens from 0, entry k from k, what is not there never", () => {
  assert.equal(tape.indexOf("x1"), 0);
  assert.equal(tape.indexOf("w:b>o1"), 0);
  assert.equal(tape.indexOf("h1.z"), 1);
  assert.equal(tape.indexOf("new:b>h2"), 45);
  assert.equal(tape.indexOf("h9.z"), Infinity);
});

test("phases cover the tape without a gap", () => {
  assert.deepEqual(tape.phases, [
    { phase: "forward", from: 0, to: 6 }, { phase: "loss", from: 6, to: 7 },
    { phase: "backward", from: 7, to: 27 }, { phase: "update", from: 27, to: 45 },
  ]);
});

test("an id is known from its own position on", () => {
  assert.ok(isKnown(tape, "eta", 0));
  assert.ok(!isKnown(tape, "h1.z", 0));
  assert.ok(isKnown(tape, "h1.z", 1));
  assert.ok(!isKnown(tape, "nothing", 45));
  assert.equal(valueAt(tape, "h1.a", 1), null);
  assert.equal(valueAt(tape, "h1.a", 2), numberOf("h1.a"));
  assert.equal(valueAt(tape, "nothing", 45), null);
});

test("the value zero is a value", () => {
  const zero = makeTape({ givens: [], entries: [{ ...answer.entries[0], value: 0 }] });
  assert.equal(valueAt(zero, "h1.z", 1), 0);
});

test("the live entry is the last one known", () => {
  assert.equal(liveEntry(tape, 0), null);
  assert.equal(liveEntry(tape, 1)?.id, "h1.z");
  assert.equal(liveEntry(tape, 45)?.id, "new:b>h2");
  assert.equal(liveEntry(tape, 46), null);
});

test("a phase lasts until the next one's first entry is known", () => {
  const phases = [0, 1, 6, 7, 8, 27, 28, 45].map((position) => phaseAt(tape, position));
  assert.deepEqual(phases, ["forward", "forward", "forward", "loss", "backward", "backward", "update", "update"]);
});

test("a phase button goes to the end of its phase from anywhere", () => {
  for (const position of [0, 6, 20, 45]) {
    assert.equal(phaseEnd(tape, position, "forward"), 6);
    assert.equal(phaseEnd(tape, position, "backward"), 27);
    assert.equal(phaseEnd(tape, position, "update"), 45);
  }
  assert.equal(phaseEnd(makeTape({ givens: [], entries: answer.entries.slice(0, 6) }), 3, "update"), 3);
});

test("an empty tape stands still", () => {
  const empty = makeTape({ givens: [], entries: [] });
  assert.equal(empty.length, 0);
  assert.equal(liveEntry(empty, 0), null);
  assert.equal(phaseAt(empty, 0), "forward");
  assert.deepEqual(nodeRows(empty, 0), []);
  assert.deepEqual(weightRows(empty, 0), []);
});

test("table Nodes: inputs, hidden, outputs, loss, in this order", () => {
  assert.deepEqual(nodeRows(tape, 0).map(({ node, valueId }) => [node, valueId]), [
    ["x1", "x1"], ["x2", "x2"], ["h1", "h1.a"], ["h2", "h2.a"], ["o1", "o1.a"], ["loss", "loss"],
  ]);
});

test("table Nodes at the start: inputs are there, all else is to come", () => {
  assert.deepEqual(nodeRow("x1", 0), { node: "x1", valueId: "x1", value: 0.35, gradientId: null, gradient: null, live: false });
  assert.deepEqual(nodeRow("h1", 0), { node: "h1", valueId: "h1.a", value: null, gradientId: "h1.delta", gradient: null, live: false });
  assert.deepEqual(nodeRow("loss", 0), { node: "loss", valueId: "loss", value: null, gradientId: null, gradient: null, live: false });
});

test("table Nodes fills cell by cell and marks the row of the live entry", () => {
  assert.deepEqual([nodeRow("h1", 1)?.value, nodeRow("h1", 1)?.live], [null, true]);
  assert.deepEqual([nodeRow("h1", 2)?.value, nodeRow("h1", 2)?.live], [numberOf("h1.a"), true]);
  assert.equal(nodeRow("h1", 3)?.live, false);
  assert.deepEqual([nodeRow("loss", 7)?.value, nodeRow("loss", 7)?.live], [numberOf("loss"), true]);
  const delta = tape.indexOf("o1.delta");
  assert.equal(nodeRow("o1", delta - 1)?.gradient, null);
  assert.equal(nodeRow("o1", delta)?.gradient, numberOf("o1.delta"));
});

test("table Nodes: an output's own share of the loss lights the loss", () => {
  const two = makeTape(answerFor({ layers: [2, 2, 2] }));
  assert.equal(nodeRows(two, two.indexOf("o1.loss")).find((row) => row.live)?.node, "loss");
});

test("at most one row of both tables is live, and exactly one past the start", () => {
  for (let position = 0; position <= tape.length; position += 1) {
    const live = [...nodeRows(tape, position), ...weightRows(tape, position)].filter((row) => row.live);
    assert.equal(live.length, position === 0 ? 0 : 1, `at ${position}`);
  }
});

test("table Weights: every weight and bias, in the order of the givens", () => {
  const edges = ["x1>h1", "x2>h1", "b>h1", "x1>h2", "x2>h2", "b>h2", "h1>o1", "h2>o1", "b>o1"];
  assert.deepEqual(weightRows(tape, 0).map(({ edge }) => edge), edges);
  assert.equal(weightRows(makeTape(answerFor({ biases: false })), 0).length, 6);
});

test("table Weights: value at once, then gradient, change, new, each when it is known", () => {
  const steps = [0, tape.indexOf("grad:x1>h1"), tape.indexOf("change:x1>h1"), tape.indexOf("new:x1>h1")];
  const [start, graded, changed, renewed] = steps.map((position) => weightRow("x1>h1", position));
  const shared = { edge: "x1>h1", weightId: "w:x1>h1", value: numberOf("w:x1>h1"), gradientId: "grad:x1>h1", changeId: "change:x1>h1", newId: "new:x1>h1" };
  assert.deepEqual(start, { ...shared, gradient: null, change: null, next: null, live: false, locked: false });
  assert.deepEqual(graded, { ...shared, gradient: numberOf("grad:x1>h1"), change: null, next: null, live: true, locked: true });
  assert.deepEqual(changed, { ...shared, gradient: numberOf("grad:x1>h1"), change: numberOf("change:x1>h1"), next: null, live: true, locked: false });
  assert.deepEqual(renewed, {
    ...shared, gradient: numberOf("grad:x1>h1"), change: numberOf("change:x1>h1"), next: numberOf("new:x1>h1"), live: true, locked: false,
  });
});

test("weights are locked from the first backward entry to the last, and the update unlocks them", () => {
  const locked = [7, 8, 27, 28].map((position) => weightRows(tape, position).every((row) => row.locked));
  assert.deepEqual(locked, [false, true, true, false]);
});

test("children are what was computed directly from an id, in order, each once", () => {
  assert.deepEqual(tape.children.get("h1.z"), ["h1.a"]);
  assert.deepEqual(tape.children.get("o1.delta"), ["grad:h1>o1", "grad:h2>o1", "grad:b>o1", "blame:h1>o1", "blame:h2>o1"]);
  assert.deepEqual(tape.children.get("new:b>h2"), []);
  const twice = makeTape({ givens: [], entries: [answer.entries[0], { ...answer.entries[1], parents: ["h1.z", "h1.z"] }] });
  assert.deepEqual(twice.children.get("h1.z"), ["h1.a"]);
});

test("a derivation leads from an entry to its parents and ends at the givens", () => {
  const end = tape.length;
  assert.deepEqual(derivation(tape, "new:x1>h1", end).parents, ["w:x1>h1", "change:x1>h1"]);
  const given = derivation(tape, "w:x1>h1", 0);
  assert.deepEqual([given.given?.id, given.entry, given.parents, given.value], ["w:x1>h1", null, [], numberOf("w:x1>h1")]);
  const hidden = derivation(tape, "h1.a", 1);
  assert.deepEqual([hidden.entry?.id, hidden.given, hidden.value], ["h1.a", null, null]);
});

test("a derivation of an id that the tape lost is empty, not an accident", () => {
  const without = makeTape(answerFor({ biases: false }));
  assert.deepEqual(derivation(without, "grad:b>h1", 45), { id: "grad:b>h1", entry: null, given: null, value: null, parents: [] });
});

test("every derivation ends at givens, whatever way is taken", () => {
  for (const { id } of tape.entries) {
    const ends = new Set([id]);
    for (const next of ends) for (const parent of derivation(tape, next, tape.length).parents) ends.add(parent);
    const leaves = [...ends].filter((leaf) => derivation(tape, leaf, 0).parents.length === 0);
    assert.ok(leaves.length > 0 && leaves.every((leaf) => derivation(tape, leaf, 0).given), id);
  }
});

test("what an id affects: all that comes of it, itself not", () => {
  assert.deepEqual([...affectedBy(tape, "change:x1>h1")], ["new:x1>h1"]);
  assert.deepEqual([...affectedBy(tape, "eta")].sort(), tape.entries.filter(({ phase }) => phase === "update").map(({ id }) => id).sort());
  const fromTarget = affectedBy(tape, "t1");
  assert.ok(fromTarget.has("loss") && fromTarget.has("new:x1>h1") && !fromTarget.has("o1.a") && !fromTarget.has("t1"));
  assert.equal(affectedBy(tape, "loss").size, 0);
  assert.equal(affectedBy(tape, "nothing").size, 0);
});

test("what an id affects is what would change with it: every entry that has it among its ancestors", () => {
  for (const { id } of tape.givens) {
    const affected = affectedBy(tape, id);
    for (const entry of tape.entries) {
      const should = entry.parents.some((parent) => parent === id || affected.has(parent));
      assert.equal(affected.has(entry.id), should, `${id} -> ${entry.id}`);
    }
  }
});

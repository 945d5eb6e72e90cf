// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTape, nextStop, previousStop } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";

/** @typedef {import("../../static/js/stops.js").Granularity} Granularity */
/** @typedef {import("../../static/js/tape.js").Tape} Tape */

const tape = makeTape(answerFor());

/** @param {Tape} on @param {Granularity} granularity @returns {number[]} */
function forwards(on, granularity) {
  const stops = [0];
  while (/** @type {number} */ (stops.at(-1)) < on.length) stops.push(nextStop(on, /** @type {number} */ (stops.at(-1)), granularity));
  return stops;
}
/** @param {Tape} on @param {Granularity} granularity @returns {number[]} */
function backwards(on, granularity) {
  const stops = [on.length];
  while (/** @type {number} */ (stops.at(-1)) > 0) stops.push(previousStop(on, /** @type {number} */ (stops.at(-1)), granularity));
  return stops.reverse();
}
/** @param {Tape} on @param {Granularity} granularity */
const lastIds = (on, granularity) => forwards(on, granularity).slice(1).map((stop) => on.entries[stop - 1].id);

test("a number: every position is a stop", () => {
  assert.deepEqual(forwards(tape, "number"), Array.from({ length: 46 }, (_, i) => i));
});

test("a neuron: z and a together; delta with the gradients that lead into it; blame with the node that gets it", () => {
  assert.deepEqual(lastIds(tape, "neuron"), [
    "h1.a", "h2.a", "o1.a", "loss", "grad:b>o1", "h1.delta", "h2.delta", "grad:b>h1", "grad:b>h2",
    "change:b>o1", "change:b>h1", "change:b>h2", "new:b>o1", "new:b>h1", "new:b>h2",
  ]);
});

test("a layer: hidden, output, loss, output, hidden, and the update as one", () => {
  assert.deepEqual(lastIds(tape, "layer"), ["h2.a", "o1.a", "loss", "grad:b>o1", "grad:b>h2", "new:b>h2"]);
});

test("a layer of a deeper network is told by its nodes' names", () => {
  const deep = makeTape(answerFor({ layers: [2, 3, 2, 1], biases: false }));
  assert.deepEqual(lastIds(deep, "layer"), ["h1_3.a", "h2_2.a", "o1.a", "loss", "grad:h2_2>o1", "grad:h1_3>h2_2", "grad:x2>h1_3", "new:x2>h1_3"]);
});

test("several outputs: their losses are one stop", () => {
  const wide = makeTape(answerFor({ layers: [2, 2, 2] }));
  assert.ok(lastIds(wide, "neuron").includes("loss"));
  assert.ok(!lastIds(wide, "neuron").includes("o1.loss"));
});

for (const granularity of /** @type {const} */ (["number", "neuron", "layer"])) {
  for (const layers of [[2, 2, 1], [2, 1], [1, 1, 1, 1], [3, 4, 2, 2]]) {
    for (const fused of [false, true]) {
      test(`${granularity}, ${layers.join("-")}${fused ? ", fused" : ""}: Back takes exactly the stops of Step, and no stop runs over a phase's end`, () => {
        const on = makeTape(answerFor({ layers, fused }));
        const stops = forwards(on, granularity);
        assert.deepEqual(backwards(on, granularity), stops);
        for (const { to } of on.phases) assert.ok(stops.includes(to));
      });
    }
  }
}

test("from between two stops, Step goes to the next and Back to the one before", () => {
  assert.equal(nextStop(tape, 1, "neuron"), 2);
  assert.equal(previousStop(tape, 3, "neuron"), 2);
  assert.equal(nextStop(tape, 5, "layer"), 6);
  assert.equal(previousStop(tape, 5, "layer"), 4);
});

test("from the middle of an entry under way, Step completes it and Back undoes it", () => {
  assert.equal(nextStop(tape, 2.4), 3);
  assert.equal(previousStop(tape, 2.4), 2);
  assert.equal(nextStop(tape, 2.4, "neuron"), 4);
  assert.equal(previousStop(tape, 3.6, "neuron"), 2);
});

test("at the ends there is nowhere to go", () => {
  for (const granularity of /** @type {const} */ (["number", "neuron", "layer"])) {
    assert.equal(nextStop(tape, 45, granularity), 45);
    assert.equal(nextStop(tape, 99, granularity), 45);
    assert.equal(previousStop(tape, 0, granularity), 0);
    assert.equal(previousStop(tape, -3, granularity), 0);
    assert.equal(nextStop(makeTape({ givens: [], entries: [] }), 0, granularity), 0);
  }
});

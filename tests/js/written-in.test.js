// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST } from "../../static/js/figures/conventions.js";
import { writtenIn } from "../../static/js/figures/written-in.js";
import { specOf } from "./run-fixture.js";

const nothing = { sign: null, half: null, reduction: null };
const halved = { ...specOf([1, 3]), loss: /** @type {const} */ ("half_squared_error") };

test("a run is written with other conventions, and its rates stay", () => {
  const state = { preset: "race", spec: halved, epochs: 1000 };
  assert.deepEqual(writtenIn(state, nothing), state);
  assert.deepEqual(writtenIn(state, { ...FIRST }), state);
  const other = writtenIn(state, { sign: "error_term", half: "whole", reduction: "sum" });
  assert.deepEqual(other, { ...state, spec: { ...halved, loss: "squared_error", reduction: "sum" } });
  assert.deepEqual(writtenIn(other, { ...FIRST }).spec, { ...halved, reduction: "mean" });
  assert.equal(state.spec.loss, "half_squared_error", "the state itself is as it was");
});

test("a loss that has no half keeps its name", () => {
  const state = { preset: "race", spec: { ...halved, loss: /** @type {const} */ ("binary_cross_entropy") }, epochs: 10 };
  assert.deepEqual(writtenIn(state, { sign: null, half: "whole", reduction: "mean" }), state);
});

test("the passes of every run are written with one sign, and rows play no part", () => {
  const spec = { loss: /** @type {const} */ ("half_squared_error"), sign: "gradient", layers: [2, 2, 1] };
  const state = { runs: [{ first: 0, spec }, { first: 3, spec: { ...spec, sign: "error_term" } }], pass: 4 };
  const other = writtenIn(state, { sign: "error_term", half: "whole", reduction: "sum" });
  assert.deepEqual(other.runs.map(({ first, spec: each }) => [first, each.loss, each.sign, "reduction" in each]),
    [[0, "squared_error", "error_term", false], [3, "squared_error", "error_term", false]]);
  assert.deepEqual(writtenIn(state, nothing), state);
});

test("what has no conventions is as it was", () => {
  const state = { landscape: "bowl", rate: 0.3 };
  assert.equal(writtenIn(state, { ...FIRST }), state);
});

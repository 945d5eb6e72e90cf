// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromSeed, seedOf, withLane, withOneMore, withoutLane } from "../../static/js/lane-specs.js";
import { specOf } from "./run-fixture.js";

const SPEC = Object.freeze(specOf([0.01, 0.5, 10]));
const BEFORE = JSON.stringify(SPEC);
/** @param {import("../../static/js/types.js").RunSpec} spec */
const rates = (spec) => spec.lanes.map((lane) => lane.learning_rate);

test("one lane changes, the others and the original do not", () => {
  const changed = withLane(SPEC, 1, { learning_rate: "fast", optimizer: "adam" });
  assert.deepEqual(changed.lanes[1], { ...SPEC.lanes[1], learning_rate: "fast", optimizer: "adam" });
  assert.equal(changed.lanes[0], SPEC.lanes[0]);
  assert.equal(changed.lanes[2], SPEC.lanes[2]);
  assert.equal(JSON.stringify(SPEC), BEFORE);
});

test("a lane is taken out", () => {
  assert.deepEqual(rates(withoutLane(SPEC, 0)), [0.5, 10]);
  assert.deepEqual(rates(withoutLane(SPEC, 2)), [0.01, 0.5]);
  assert.equal(JSON.stringify(SPEC), BEFORE);
});

test("lanes are added from the same start, each at a rate of its own, up to six", () => {
  let spec = specOf([0.1]);
  while (spec.lanes.length < 6) spec = withOneMore(spec);
  assert.equal(new Set(rates(spec)).size, 6);
  for (const lane of spec.lanes) assert.deepEqual(lane.initial, spec.lanes[0].initial);
  assert.equal(new Set(rates(withOneMore(withOneMore(withOneMore(SPEC))))).size, 6);
});

test("new weights: every lane from the same other seed, with the same initialiser", () => {
  const he = withLane(SPEC, 0, { initial: { kind: "random", initializer: "he", seed: 1 } });
  const spec = fromSeed(he, 42);
  for (const { initial } of spec.lanes) assert.deepEqual(initial, { kind: "random", initializer: "he", seed: 42 });
  assert.deepEqual(rates(spec), rates(SPEC));
  assert.equal(seedOf(spec), 42);
});

test("given weights have no seed, and new ones are Xavier's", () => {
  const given = withLane(SPEC, 0, { initial: { kind: "given", weights: [], biases: null } });
  assert.equal(seedOf(given), null);
  assert.deepEqual(fromSeed(given, 3).lanes[0].initial, { kind: "random", initializer: "xavier", seed: 3 });
});

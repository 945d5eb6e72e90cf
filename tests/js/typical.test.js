// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromSeed, withLane } from "../../static/js/lane-specs.js";
import { binned, typicalKey, typicalWords } from "../../static/js/typical.js";
import { specOf } from "./run-fixture.js";

/** @param {(number | null)[]} solved @param {number} epochs @param {number | null} [median] @returns {import("../../static/js/types.js").Typical} */
const typical = (solved, epochs, median = null) => ({
  ok: true, epochs, solved, median, share: solved.filter((epoch) => epoch !== null).length / solved.length,
});

test("every start is in one bin or unsolved", () => {
  const { counts, binWidth, unsolved } = binned(typical([0, 24, 25, 26, 1000, null, 975], 1000));
  assert.equal(binWidth, 25);
  assert.equal(counts.length, 41);
  assert.deepEqual([counts[0], counts[1], counts[39], counts[40]], [2, 2, 1, 1]);
  assert.equal(counts.reduce((sum, n) => sum + n, 0) + unsolved, 7);
  assert.equal(unsolved, 1);
});

test("the last epoch has a bin at any length", () => {
  for (const epochs of [0, 1, 39, 40, 41, 999, 1000, 1001, 10000]) {
    const { counts, binWidth } = binned(typical([0, epochs], epochs));
    assert.equal(counts.reduce((sum, n) => sum + n, 0), 2, `${epochs}`);
    assert.ok(counts.length <= 41 && counts.length * binWidth > epochs && counts.every(Number.isInteger));
  }
});

test("words", () => {
  assert.equal(typicalWords(typical([50, 60, 70, 80], 1000, 60)), "Of 4 other starts, 100 % solve it within 1000 epochs, half of them by epoch 60.");
  assert.equal(typicalWords(typical([50, null, null], 10000)), "Of 3 other starts, 33.3 % solve it within 10\u202f000 epochs.");
  assert.equal(typicalWords(typical([null, null], 100)), "Of 2 other starts, none solves it within 100 epochs.");
  assert.equal(typicalWords(typical([null, null], 1)), "Of 2 other starts, none solves it within 1 epoch.");
  assert.equal(typicalWords(typical([1, null], 1)), "Of 2 other starts, 50 % solve it within 1 epoch.");
});

test("the key: all that matters but where this run happens to start", () => {
  const spec = specOf([0.5]);
  assert.equal(typicalKey(spec, 1000), typicalKey(fromSeed(spec, 99), 1000));
  const others = [typicalKey(spec, 999), typicalKey(withLane(spec, 0, { learning_rate: 1 }), 1000),
    typicalKey(withLane(spec, 0, { optimizer: "adam" }), 1000), typicalKey({ ...spec, reduction: "sum" }, 1000),
    typicalKey(withLane(spec, 0, { initial: { kind: "random", initializer: "he", seed: 7 } }), 1000)];
  assert.equal(new Set([typicalKey(spec, 1000), ...others]).size, 6);
});

test("given weights count as Xavier's, as they do in the engine", () => {
  const spec = specOf([0.5]);
  assert.equal(typicalKey(withLane(spec, 0, { initial: { kind: "given", weights: [], biases: null } }), 10), typicalKey(spec, 10));
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { lanePath } from "../../static/js/lane-marks.js";
import { sampledEpochs } from "../../static/js/sampled-epochs.js";
import { shortNumber } from "../../static/js/short-number.js";

/** @type {[number, string][]} */
const SHORT = [
  [0, "0.00"], [0.35, "0.35"], [-1.416, "−1.42"], [9.994, "9.99"], [9.996, "10.0"], [-12.34, "−12.3"], [99.96, "100"], [-123.4, "−123"],
  [0.004, "≈0"], [-0.0049, "≈0"], [0.005, "0.01"],
];
for (const [value, text] of SHORT) {
  test(`shortNumber(${value}) is ${text}`, () => {
    assert.equal(shortNumber(value), text);
    assert.ok(text.length <= 5);
  });
}

test("sampledEpochs: evenly spread, with both ends and the epoch at hand, none twice", () => {
  assert.deepEqual(sampledEpochs(0, 0), [0]);
  assert.deepEqual(sampledEpochs(3, 1), [0, 1, 2, 3]);
  const chosen = sampledEpochs(1000, 234);
  assert.equal(chosen.length, 22);
  assert.ok(chosen.includes(234) && chosen.includes(50) && chosen.includes(1000));
  assert.deepEqual(chosen, [...new Set(chosen)].sort((a, b) => a - b));
});

test("sampledEpochs: an epoch not computed yet stands for the last one", () => {
  assert.equal(sampledEpochs(10, 500).at(-1), 10);
});

test("every lane has a mark of its own", () => {
  const shapes = [1, 2, 3, 4, 5, 6].map((lane) => lanePath(lane, 5));
  assert.equal(new Set(shapes).size, 6);
  assert.ok(shapes.every((d) => /^M[^N]*z$/.test(d)));
});

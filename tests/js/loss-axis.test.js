// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { lossAxis, lossRange } from "../../static/js/loss-axis.js";

/** @param {number[]} losses @param {number} [known] */
const curve = (losses, known = losses.length) => ({ losses: Float64Array.from(losses), known, diverged: null });

test("lossRange: what is not known yet does not count", () => {
  assert.equal(lossRange([curve([2, 5, 90], 2)], null, true).max, 5);
});

test("lossRange: zero, negative and non-finite losses do not stretch a logarithmic axis", () => {
  const { min, max } = lossRange([curve([1, 0, -3, NaN, Infinity, 0.01])], null, true);
  assert.equal(min, 0.01);
  assert.equal(max, 1);
});

test("lossRange: a run that blows up leaves through the top instead of flattening the others", () => {
  assert.equal(lossRange([curve([0.7, 1e200]), curve([0.7, 0.1])], null, true).max, 7000);
  assert.equal(lossRange([curve([0.7, 1e200])], null, false).max, 14);
});

test("lossRange: where every run blows up, there is none to flatten: a logarithmic axis shows the whole climb", () => {
  assert.equal(lossRange([curve([0.7, 1e200]), curve([0.7, 1e100])], null, true).max, 1e200);
  assert.equal(lossRange([curve([0.7, 1e200]), curve([0.7, 1e100])], null, false).max, 14);
});

test("lossRange: the finishing line is always on the chart, and there is a range before there are data", () => {
  assert.equal(lossRange([curve([0.1])], 0.5, false).max, 0.5);
  assert.equal(lossRange([], null, false).max, 1);
});

test("a logarithmic axis ends on round numbers and places decades evenly", () => {
  const axis = lossAxis({ min: 0.0032, max: 9.4 }, true, 8);
  assert.deepEqual([axis.low, axis.high], [0.002, 10]);
  assert.equal(axis.place(10), 1);
  const steps = [0.01, 0.1, 1].map((v) => axis.place(v * 10) - axis.place(v));
  assert.ok(Math.max(...steps) - Math.min(...steps) < 1e-12);
});

test("a logarithmic axis: zero and less lie on the floor, infinity at the top, not-a-number nowhere", () => {
  const { place } = lossAxis({ min: 0.01, max: 1 }, true, 5);
  assert.deepEqual([0, -1, 1e-300, 0.01].map(place), [0, 0, 0, 0]);
  assert.equal(place(Infinity), 1);
  assert.equal(place(1e9), 1);
  assert.ok(Number.isNaN(place(NaN)));
});

test("a linear axis begins at zero and ends on a tick", () => {
  const axis = lossAxis({ min: 0.01, max: 0.255 }, false, 4);
  assert.deepEqual([axis.low, axis.high], [0, 0.3]);
  assert.deepEqual(axis.ticks.map((t) => t.text), ["0.0", "0.1", "0.2", "0.3"]);
  assert.ok(Math.abs(axis.place(0.15) - 0.5) < 1e-12);
  assert.ok(Number.isNaN(axis.place(NaN)));
});

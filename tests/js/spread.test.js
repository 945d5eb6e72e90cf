// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { spread } from "../../static/js/spread.js";

test("what does not collide stays where it wants to be", () => {
  assert.deepEqual(spread([10, 50, 100], 20, 0, 200), [10, 50, 100]);
  assert.deepEqual(spread([], 20, 0, 200), []);
});

test("two that collide part by the gap, evenly", () => {
  assert.deepEqual(spread([100, 104], 20, 0, 200), [92, 112]);
  assert.deepEqual(spread([104, 100], 20, 0, 200), [112, 92]);
});

test("a group that grows into its neighbour takes it in", () => {
  assert.deepEqual(spread([100, 100, 115], 20, 0, 200), [85, 105, 125]);
});

test("the ends hold", () => {
  assert.deepEqual(spread([1, 2, 3], 20, 0, 200), [0, 20, 40]);
  assert.deepEqual(spread([199, 198], 20, 0, 200), [200, 180]);
});

test("where there is no room the gaps shrink alike", () => {
  assert.deepEqual(spread([5, 5, 5, 5, 5], 20, 0, 40), [0, 10, 20, 30, 40]);
});

test("any wishes: in order, apart, within the ends", () => {
  let state = 7;
  const random = () => { state = (state * 16807) % 2147483647; return state / 2147483647; };
  for (let round = 0; round < 200; round++) {
    const wanted = Array.from({ length: 1 + Math.floor(random() * 7) }, () => random() * 300);
    const placed = spread(wanted, 19, 10, 290);
    const sorted = [...placed].sort((a, b) => a - b);
    assert.ok(sorted[0] >= 10 - 1e-9 && sorted[sorted.length - 1] <= 290 + 1e-9);
    for (let k = 1; k < sorted.length; k++) assert.ok(sorted[k] - sorted[k - 1] > 19 - 1e-9);
    const order = (/** @type {number[]} */ v) => v.map((_, i) => i).sort((a, b) => v[a] - v[b] || a - b).join();
    assert.equal(order(placed), order(wanted));
  }
});

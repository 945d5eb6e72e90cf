// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { curveBand } from "../../static/js/band.js";

/** @param {string} d @returns {{x: number, y: number}[]} */
const points = (d) => [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
const same = (/** @type {number} */ v) => v;

test("the band reaches as far as the curve, and the line in it stands at the median", () => {
  const values = Array.from({ length: 600 }, (_, k) => [100, 40, 160][k % 3]);
  const { area, d } = curveBand(values, 600, (k) => k * 2, same);
  const edge = points(area);
  assert.deepEqual([...new Set(edge.map(({ y }) => y))].sort((a, b) => a - b), [40, 160]);
  assert.ok(points(d).every(({ y }) => y === 100));
  assert.deepEqual([edge[0].x, Math.max(...edge.map(({ x }) => x)), points(d)[0].x], [0, 1198, 0]);
});

test("the line in what goes to and fro between two values is level, whatever the column", () => {
  const values = Array.from({ length: 1001 }, (_, k) => (k % 2 ? 20 : 180));
  for (const stepPx of [0.3, 0.9, 1, 1.1, 2.4]) {
    assert.deepEqual([...new Set(points(curveBand(values, 1001, (k) => k * stepPx, same).d).map(({ y }) => y))], [100]);
  }
});

test("no value lies outside the band of its column", () => {
  const values = Array.from({ length: 1000 }, (_, k) => Math.sin(k * 2.1) * (50 + (k % 331)));
  const { area } = curveBand(values, 1000, (k) => k * 0.5, same);
  const ys = points(area).map(({ y }) => y);
  assert.equal(Math.min(...ys), Math.round(Math.min(...values) * 10) / 10);
  assert.equal(Math.max(...ys), Math.round(Math.max(...values) * 10) / 10);
  assert.ok(points(area).length < 2 * 500 / 7 + 10);
});

test("what is not finite parts it, and only what is known is drawn", () => {
  const values = [1, 2, 3, NaN, 5, 6, Infinity, 8, 9];
  const { area, d } = curveBand(values, 8, (k) => k * 10, same);
  assert.equal(area.split("M").length - 1, 3);
  assert.equal(d.split("M").length - 1, 3);
  assert.ok(!/NaN|Infinity|undefined/.test(area + d));
  assert.equal(Math.max(...points(d).map(({ x }) => x)), 70);
  assert.deepEqual(curveBand(values, 0, same, same), { area: "", d: "" });
});

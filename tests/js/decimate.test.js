// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { curvePath } from "../../static/js/decimate.js";

/** @param {string} d @returns {{x: number, y: number}[]} */
const points = (d) => [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

test("few points are all drawn", () => {
  assert.equal(curvePath([1, 3, 2], 3, (k) => k * 10, (v) => v).d, "M0 1L10 3L20 2");
});

test("only what is known is drawn", () => {
  assert.equal(curvePath([1, 3, 2], 2, (k) => k * 10, (v) => v).d, "M0 1L10 3");
  assert.equal(curvePath([1, 3, 2], 0, (k) => k * 10, (v) => v).d, "");
});

test("many points in a pixel column leave its lowest and highest", () => {
  const n = 10000, widthPx = 500;
  const values = Float64Array.from({ length: n }, (_, k) => Math.sin(k * 1.7) * (1 + (k % 997) / 997));
  const x = (/** @type {number} */ k) => (k / n) * widthPx;
  const drawn = points(curvePath(values, n, x, (v) => v).d);
  assert.ok(drawn.length <= 2 * widthPx);
  for (const column of [0, 1, 77, 250, 499]) {
    const own = [...values].filter((_, k) => Math.floor(x(k)) === column);
    const ys = drawn.filter((p) => Math.floor(p.x) === column).map((p) => p.y);
    assert.equal(Math.max(...ys), Math.round(Math.max(...own) * 10) / 10);
    assert.equal(Math.min(...ys), Math.round(Math.min(...own) * 10) / 10);
  }
});

test("within a column the order of the two is kept", () => {
  const d = curvePath([0, 5, 1, 9, 9.5, 2, 7, 3], 8, (k) => k / 4, (v) => v).d;
  assert.equal(d, "M0 0L0.8 9L1 9.5L1.3 2");
});

test("what is not a number breaks the line, in a column or out of one", () => {
  assert.equal(curvePath([1, NaN, 2, 3], 4, (k) => k, (v) => v).d, "M0 1M2 2L3 3");
  const d = curvePath([1, 2, NaN, NaN, 3, 4], 6, (k) => k / 2, (v) => v).d;
  assert.equal(d, "M0 1L0.5 2M2 3L2.5 4");
});

test("a curve is dense when it goes up and down far more than along", () => {
  const wild = Array.from({ length: 200 }, (_, k) => (k % 2) * 50);
  const calm = Array.from({ length: 200 }, (_, k) => 50 / (k + 1));
  assert.equal(curvePath(wild, 200, (k) => k * 3, (v) => v).dense, true);
  assert.equal(curvePath(calm, 200, (k) => k * 3, (v) => v).dense, false);
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bandColours, mix, parseRgb } from "../../static/js/bands.js";
import { refine, unround } from "../../static/js/surface-field.js";
import { paint, pixel } from "../../static/js/surface-raster.js";

/** @typedef {import("../../static/js/bands.js").Rgb} Rgb */
const N = 41;
/** @param {(x: number, y: number) => number} f 0..255 of x, y in 0..1 */
const gridOf = (f) => Uint8Array.from({ length: N * N }, (_, k) => Math.round(f((k % N) / (N - 1), Math.floor(k / N) / (N - 1))));

test("bands: ten colours, paler towards the middle, from one end to the other", () => {
  const bands = bandColours([138, 90, 16], [37, 105, 122], [251, 252, 252]);
  assert.equal(bands.length, 10);
  const light = bands.map(([r, g, b]) => r + g + b);
  for (let k = 1; k < 5; k++) assert.ok(light[k] > light[k - 1] && light[9 - k] > light[10 - k]);
  assert.ok(bands[0][0] > bands[0][2], "ochre is red rather than blue");
  assert.ok(bands[9][0] < bands[9][2], "teal is blue rather than red");
});

test("mix: the ends are the colours themselves; Oklab's middle of black and white is its grey", () => {
  /** @type {Rgb} */ const a = [138, 90, 16];
  assert.deepEqual(mix(a, [0, 0, 0], 0), a);
  assert.deepEqual(mix([0, 0, 0], a, 1), a);
  assert.deepEqual(mix([0, 0, 0], [255, 255, 255], 0.5), [99, 99, 99]);
});

test("parseRgb: as computed styles write colours", () => {
  assert.deepEqual(parseRgb("rgb(37, 105, 122)"), [37, 105, 122]);
  assert.deepEqual(parseRgb("rgba(1, 2, 3, 0.5)"), [1, 2, 3]);
  assert.deepEqual(parseRgb("red"), [0, 0, 0]);
});

test("unround: the stairs of a gentle slope go", () => {
  const truth = (/** @type {number} */ x, /** @type {number} */ y) => 124 + 5 * x + 2 * y;
  const smooth = unround(gridOf(truth), N);
  let worst = 0;
  for (let i = 4; i < N - 4; i++) for (let j = 4; j < N - 4; j++) worst = Math.max(worst, Math.abs(smooth[i * N + j] - truth(j / (N - 1), i / (N - 1))));
  assert.ok(worst < 0.25, `off by ${worst} steps`);
});

test("unround: no value leaves its byte by more than one step and a half, not even at a cliff", () => {
  const grid = gridOf((x, y) => 255 / (1 + Math.exp(-60 * (x - y * y))));
  const smooth = unround(grid, N);
  smooth.forEach((value, k) => assert.ok(Math.abs(value - grid[k]) <= 1.5));
});

test("refine: goes through the points, and keeps straight what is straight", () => {
  const values = Float32Array.from({ length: 9 }, (_, k) => 3 * (k % 3) + 10 * Math.floor(k / 3));
  const { values: fine, side } = refine(values, 3, 4);
  assert.equal(side, 9);
  assert.equal(fine[8 * 9 + 8], values[8]);
  fine.forEach((v, k) => assert.ok(Math.abs(v - (0.75 * (k % 9) + 2.5 * Math.floor(k / 9))) < 1e-5));
});

/** @type {Rgb[]} */
const GREYS = Array.from({ length: 10 }, (_, k) => [k * 20, k * 20, k * 20]);
/** @type {Rgb} */
const INK = [255, 0, 0];

/** @param {(x: number, y: number) => number} f @param {number} px */
function painted(f, px) {
  const out = new Int32Array(px * px);
  paint(out, px, refine(Float32Array.from(gridOf(f)), N, 1), GREYS, INK, 1.5);
  return (/** @type {number} */ x, /** @type {number} */ y) => out[y * px + x];
}

test("paint: every band has its colour, low values left, row 0 of the grid at the bottom", () => {
  const across = painted((x) => 255 * x, 100);
  for (let k = 0; k < 10; k++) assert.equal(across(k * 10 + 5, 50) & 0xff, k * 20);
  const up = painted((_, y) => 255 * y, 100);
  assert.equal(up(50, 95) & 0xff, 0);
  assert.equal(up(50, 5) & 0xff, 180);
});

test("paint: the line runs where the field crosses one half, as wide as asked", () => {
  const at = painted((x) => 255 * x, 200);
  const red = Array.from({ length: 200 }, (_, x) => ((at(x, 100) & 0xff) - ((at(x, 100) >> 8) & 0xff)) / 255);
  const width = red.reduce((sum, v) => sum + Math.max(0, v), 0);
  const middle = red.reduce((sum, v, x) => sum + Math.max(0, v) * (x + 0.5), 0) / width;
  assert.ok(Math.abs(middle - 100) < 0.6, `at ${middle}`);
  assert.ok(width > 0.7 && width < 1.6, `${width} px of red`);
});

test("paint: a flat field is flat, with no line even at one half", () => {
  const out = new Int32Array(400);
  paint(out, 20, { values: new Float32Array(16).fill(127.5), side: 4 }, GREYS, INK, 1.5);
  assert.deepEqual([...new Set(out)], [pixel(GREYS[5])]);
});

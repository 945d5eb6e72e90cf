// @ts-check
// From the bytes of a decision surface to a smooth field that a raster can be cut from. No DOM.

/** A square of numbers, `side` by `side`, row 0 lowest. @typedef {{values: Float32Array, side: number}} Field */

const ROUNDS = 8;
const HALF_A_STEP = 0.5;
const LAST_ROUNDS = 2;
const GENTLE = 0.8;

/**
 * Undo the rounding to 256 steps: the rounding's stairs go, what the network says stays.
 *
 * A nearly flat surface has so few steps that its borders would be staircases. The field is smoothed (1 2 1 along rows and
 * columns), then taken back to within half a step of its bytes, which keeps steep places as they were; the kinks that this
 * leaves are smoothed once more where that moves a value by less than a step.
 * @param {Uint8Array} grid n × n
 * @param {number} n at least 2
 * @returns {Float32Array} 0..255, none more than 1.5 from its byte
 */
export function unround(grid, n) {
  const values = Float32Array.from(grid);
  const rows = new Float32Array(values.length);
  for (let round = 0; round < ROUNDS; round++) smooth(values, rows, values, n);
  for (let k = 0; k < values.length; k++) {
    values[k] = Math.min(grid[k] + HALF_A_STEP, Math.max(grid[k] - HALF_A_STEP, values[k]));
  }
  const smoother = new Float32Array(values.length);
  for (let round = 0; round < LAST_ROUNDS; round++) {
    smooth(values, rows, smoother, n);
    for (let k = 0; k < values.length; k++) {
      const move = smoother[k] - values[k];
      const square = (move / GENTLE) * (move / GENTLE);
      values[k] += move / (1 + square * square);
    }
  }
  return values;
}

/** @param {Float32Array} from @param {Float32Array} rows room to work in @param {Float32Array} to @param {number} n */
function smooth(from, rows, to, n) {
  for (let i = 0; i < n; i++) smoothLine(from, rows, i * n, 1, n);
  for (let j = 0; j < n; j++) smoothLine(rows, to, j, n, n);
}

/** @param {Float32Array} from @param {Float32Array} to @param {number} start @param {number} stride @param {number} n */
function smoothLine(from, to, start, stride, n) {
  const end = start + (n - 1) * stride;
  to[start] = from[start];
  to[end] = from[end];
  for (let k = start + stride; k < end; k += stride) to[k] = (from[k - stride] + 2 * from[k] + from[k + stride]) / 4;
}

/**
 * Put `times` − 1 more points between neighbours, on Catmull-Rom curves through them, so that what is drawn straight
 * between points looks round.
 * @param {Float32Array} values n × n
 * @param {number} n
 * @param {number} times 1 or more
 * @returns {Field}
 */
export function refine(values, n, times) {
  if (times === 1) return { values, side: n };
  const side = (n - 1) * times + 1;
  const wide = new Float32Array(n * side);
  for (let i = 0; i < n; i++) refineLine(values, i * n, 1, n, wide, i * side, 1, times);
  const full = new Float32Array(side * side);
  for (let j = 0; j < side; j++) refineLine(wide, j, side, n, full, j, side, times);
  return { values: full, side };
}

/**
 * @param {Float32Array} from @param {number} start @param {number} stride @param {number} n
 * @param {Float32Array} to @param {number} toStart @param {number} toStride @param {number} times
 */
function refineLine(from, start, stride, n, to, toStart, toStride, times) {
  for (let k = 0; k < n - 1; k++) {
    const at = start + k * stride;
    const b = from[at], c = from[at + stride];
    const a = k > 0 ? from[at - stride] : 2 * b - c;
    const d = k < n - 2 ? from[at + 2 * stride] : 2 * c - b;
    for (let part = 0; part < times; part++) {
      const u = part / times;
      to[toStart + (k * times + part) * toStride] = b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
    }
  }
  to[toStart + (n - 1) * times * toStride] = from[start + (n - 1) * stride];
}

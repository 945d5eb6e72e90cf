// @ts-check
// Where the two views of figure `batch` stand: one plane of weights, twice, at one scale. No DOM.
import { linearTicks } from "./ticks.js";

/** @typedef {import("./types.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./plane-points.js").Point} Point */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */
/**
 * @typedef {object} Panel
 * @property {Box} box
 * @property {(weights: Point) => Point} at where a point of the plane stands, in px
 * @property {Point} start where the weights begin
 * @property {{x: number, text: string}[]} across ticks
 * @property {{y: number, text: string}[]} up
 */
/** @typedef {{width: number, height: number, narrow: boolean, together: Panel, alone: Panel}} Plan */

const NARROW_PX = 700;
export const PAD = { left: 58, right: 34, top: 58, bottom: 46 };
const GAP_PX = 48, BETWEEN_PX = 34;
const HEIGHT = { least: 260, most: 400 }, OF_WINDOW = 0.45; // of both views, where they stand side by side
const TICK_PX = 74;

/** @param {BatchAnswer} answer @param {number} widthPx @param {number} [windowPx] how high it is @returns {Plan} */
export function batchPlan(answer, widthPx, windowPx = Infinity) {
  const narrow = widthPx < NARROW_PX;
  const { start, rows, sum, one_at_a_time: alone } = answer;
  const [left, right] = [
    bounds([[0, 0], ...rows.map(({ tip }) => tip), away(sum.end, start)]),
    bounds([[0, 0], ...alone.moves.map(({ end }) => away(end, start)), away(sum.end, start)]),
  ];
  const room = PAD.left + PAD.right, most = Math.max(HEIGHT.least, Math.min(HEIGHT.most, windowPx * OF_WINDOW));
  const wide = spanOf(left, 0) + spanOf(right, 0);
  const high = Math.max(left[1][1], right[1][1]) - Math.min(left[1][0], right[1][0]);
  const unit = narrow ? (widthPx - room) / Math.max(spanOf(left, 0), spanOf(right, 0))
    : Math.min((widthPx - GAP_PX - 2 * room) / wide, most / high);
  const spare = narrow ? 0 : Math.max(0, (widthPx - GAP_PX - 2 * room - wide * unit) / 2);
  const [tops, bottoms] = narrow ? [[left[1][1], right[1][1]], [left[1][0], right[1][0]]]
    : [both(Math.max(left[1][1], right[1][1])), both(Math.min(left[1][0], right[1][0]))];
  const together = panel(left[0], tops[0], bottoms[0], { unit, x: PAD.left, y: PAD.top, spare, start });
  const below = together.box.bottom + PAD.bottom + BETWEEN_PX + PAD.top;
  const x = narrow ? PAD.left : together.box.right + PAD.right + GAP_PX + PAD.left;
  const second = panel(right[0], tops[1], bottoms[1], { unit, x, y: narrow ? below : PAD.top, spare, start });
  return { width: widthPx, height: Math.ceil(second.box.bottom + PAD.bottom), narrow, together, alone: second };
}

/** @param {number} value */
const both = (value) => [value, value];

/** An arrow from the start, for drawing. @param {Point} point @param {Point} start @returns {Point} */
const away = (point, start) => [point[0] - start[0], point[1] - start[1]];

/** @typedef {[x: [low: number, high: number], y: [low: number, high: number]]} Bounds */

/** @param {Point[]} points @returns {Bounds} */
function bounds(points) {
  const ends = (/** @type {0|1} */ axis) => /** @type {[number, number]} */ ([Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))]);
  return [ends(0), ends(1)];
}

/** @param {Bounds} found @param {0|1} axis */
const spanOf = (found, axis) => found[axis][1] - found[axis][0];

/**
 * @param {[number, number]} across from the start @param {number} high @param {number} low
 * @param {{unit: number, x: number, y: number, spare: number, start: Point}} place
 * @returns {Panel}
 */
function panel(across, high, low, { unit, x, y, spare, start }) {
  const box = { left: x, right: x + (across[1] - across[0]) * unit + spare, top: y, bottom: y + (high - low) * unit };
  const at = (/** @type {Point} */ [a, b]) => /** @type {Point} */ ([box.left + spare / 2 + (a - start[0] - across[0]) * unit, box.top + (high - b + start[1]) * unit]);
  const ticks = (/** @type {number} */ from, /** @type {number} */ to) => linearTicks(from, to, Math.max(1, ((to - from) * unit) / TICK_PX));
  const beyond = spare / 2 / unit;
  return {
    box, at, start: at(start),
    across: ticks(start[0] + across[0] - beyond, start[0] + across[1] + beyond).map(({ value, text }) => ({ x: at([value, 0])[0], text })),
    up: ticks(start[1] + low, start[1] + high).map(({ value, text }) => ({ y: at([0, value])[1], text })),
  };
}

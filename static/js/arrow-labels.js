// @ts-check
// Where words stand beside arrows: near their own, and clear of the others. No DOM.
import { between, distance, fromLine } from "./plane-points.js";

/** @typedef {import("./plane-points.js").Point} Point */
/** @typedef {import("./plane-points.js").Line} Line */

const OFF_PX = 16, CLEAR_PX = 17;
/** Where along its arrow a label may stand, the best first. */
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7];

/** A place beside each arrow, near its middle and clear of the others; the same however far the arrows have grown. @param {Line[]} lines */
export function labelPlaces(lines) {
  /** @type {Point[]} */ const taken = [];
  for (const line of lines) {
    const places = ALONG.flatMap((u, k) => [1, -1].map((side) => ({ at: beside(line, u, side), cost: k * 4 })));
    const costs = places.map(({ at, cost }) => cost + lines.reduce((sum, other) => sum + (other === line ? 0 : crowd(fromLine(at, other))), 0)
      + taken.reduce((sum, other) => sum + 2 * crowd(distance(at, other) / 1.6), 0));
    taken.push(places[costs.indexOf(Math.min(...costs))].at);
  }
  return taken;
}

/** The first of the best places for words so wide. @param {Point[]} places @param {number} half @param {Line[]} lines @param {Point} other what is to be kept clear too @param {number} [otherHalf] */
export function clearest(places, half, lines, other, otherHalf = 6) {
  const costs = places.map((at) => [-half, -half / 2, 0, half / 2, half].reduce((sum, x) => {
    const spot = /** @type {Point} */ ([at[0] + x, at[1]]);
    const near = Math.abs(spot[0] - other[0]) < otherHalf + 4 ? crowd(Math.abs(spot[1] - other[1])) : 0;
    return sum + near + lines.reduce((all, line) => all + crowd(fromLine(spot, line) + 3), 0);
  }, 0));
  return places[costs.indexOf(Math.min(...costs))];
}

/** A place beside a line: `u` of the way along it, on one side (1) or the other (-1). @param {Line} line @param {number} u @param {number} side @returns {Point} */
export function beside({ from, to }, u, side) {
  const length = distance(from, to) || 1;
  const [x, y] = between(from, to, u);
  return [x - ((to[1] - from[1]) / length) * side * OFF_PX, y + ((to[0] - from[0]) / length) * side * OFF_PX];
}

/** @param {number} px away from something */
const crowd = (px) => Math.max(0, CLEAR_PX - px) ** 2;

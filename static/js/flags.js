// @ts-check
// The words at the heads of vertical lines: which side of its line, and how far down. No DOM.

/** @typedef {{x: number, widthPx: number}} Flag */
/** @typedef {{row: number, side: "start"|"end", from: number, to: number}} Hoisted */

const OFF_LINE_PX = 7;
const BETWEEN_PX = 10;

/**
 * Place each flag's words right of its line, or left where they would leave the chart; words that would meet others go a
 * row below them, so that no line has to pass through the words of the one before.
 * @param {readonly Flag[]} flags
 * @param {number} left @param {number} right
 * @returns {Hoisted[]} in the order of `flags`; from..to is the room of the words
 */
export function hoist(flags, left, right) {
  /** @type {Hoisted[]} */
  const result = [];
  /** @type {Hoisted[]} */
  const done = [];
  const order = flags.map((_, i) => i).sort((a, b) => flags[a].x - flags[b].x || a - b);
  for (const index of order) {
    const { x, widthPx } = flags[index];
    const leftwards = x + OFF_LINE_PX + widthPx > right && x - OFF_LINE_PX - widthPx >= left;
    const from = leftwards ? x - OFF_LINE_PX - widthPx : x;
    const to = leftwards ? x : x + OFF_LINE_PX + widthPx;
    const met = done.filter((other) => from < other.to + BETWEEN_PX && to > other.from - BETWEEN_PX);
    const row = met.reduce((below, other) => Math.max(below, other.row + 1), 0);
    result[index] = { row, side: leftwards ? "end" : "start", from, to };
    done.push(result[index]);
  }
  return result;
}

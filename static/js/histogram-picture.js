// @ts-check
// Where the bars of a histogram stand, and the mark of this run over the one it falls in. No DOM.
import { linearTicks, niceStep, wholeTicks } from "./ticks.js";

/** @typedef {{x: number, y: number, width: number, height: number, count: number, from: number, mine: boolean}} Bar */
/**
 * @typedef {object} HistogramPicture
 * @property {number} width
 * @property {number} height
 * @property {{left: number, right: number, top: number, bottom: number}} plot
 * @property {Bar[]} bars
 * @property {Bar|null} never the runs that did not get there, apart from the others
 * @property {{x: number, y: number, anchor: "start"|"middle"|"end", dotX: number, dotY: number}|null} label above every bar; its dot just above its own
 * @property {(import("./ticks.js").Tick & {x: number})[]} xTicks
 * @property {(import("./ticks.js").Tick & {y: number})[]} yTicks
 */

const CHAR_PX = 7.2;
const EDGE = { left: 44, right: 8, top: 34, bottom: 32 };
const NEVER = { gapPx: 30, barPx: 14, roomPx: 94 };
const WORDS_ABOVE_PX = 12;
const DOT_ABOVE_PX = 8;

/**
 * @param {{counts: readonly number[], binWidth: number, from: number, mark: number|null, label: string, unsolved: number, never?: boolean,
 *   width: number, height: number}} histogram
 * @returns {HistogramPicture}
 */
export function histogramPicture({ counts, binWidth, from, mark, label, unsolved, never = false, width, height }) {
  const apart = unsolved > 0 || never;
  const plot = { left: EDGE.left, right: width - EDGE.right - (apart ? NEVER.roomPx : 0), top: EDGE.top, bottom: height - EDGE.bottom };
  const tallest = Math.max(1, unsolved, ...counts);
  const step = Math.max(1, niceStep(tallest / 3));
  const end = from + counts.length * binWidth;
  const x = (/** @type {number} */ epoch) => plot.left + ((epoch - from) / (end - from || 1)) * (plot.right - plot.left);
  const y = (/** @type {number} */ n) => plot.bottom - (n / tallest) * (plot.bottom - plot.top);
  const bars = counts.map((count, k) => bar(x(from + k * binWidth), x(from + (k + 1) * binWidth), y(count), plot.bottom, {
    count, from: from + k * binWidth, mine: mark !== null && mark >= from + k * binWidth && mark < from + (k + 1) * binWidth,
  }));
  const neverX = plot.right + NEVER.gapPx + (NEVER.roomPx - NEVER.gapPx - NEVER.barPx) / 2;
  const unsolvedBar = apart ? bar(neverX, neverX + NEVER.barPx, y(unsolved), plot.bottom, { count: unsolved, from: end, mine: never }) : null;
  return {
    width, height, plot, bars, never: unsolvedBar,
    label: never && unsolvedBar ? words(unsolvedBar, neverX + NEVER.barPx / 2, label, { ...plot, right: width - EDGE.right })
      : words(bars.find((b) => b.mine), x(mark ?? 0), label, plot),
    xTicks: wholeTicks(from, end, plot.right - plot.left, CHAR_PX).map((tick) => ({ ...tick, x: x(tick.value) })),
    yTicks: linearTicks(0, tallest, tallest / step).map((tick) => ({ ...tick, y: y(tick.value) })),
  };
}

/**
 * @param {number} left @param {number} right @param {number} top @param {number} bottom
 * @param {{count: number, from: number, mine: boolean}} what @returns {Bar}
 */
function bar(left, right, top, bottom, what) {
  const apart = Math.min(1.5, (right - left) * 0.2);
  const height = what.count > 0 ? Math.max(1, bottom - top) : 0;
  return { x: left + apart / 2, width: right - left - apart, y: bottom - height, height, ...what };
}

/**
 * Of the bar's runs this is one more: a dot above the bar, where this run's epoch is, and words above every bar, led down to it.
 * @param {Bar|undefined} mine @param {number} at @param {string} label @param {HistogramPicture["plot"]} plot @returns {HistogramPicture["label"]}
 */
function words(mine, at, label, plot) {
  if (!mine) return null;
  const half = (label.length * CHAR_PX) / 2;
  const anchor = at - half < plot.left ? "start" : at + half > plot.right ? "end" : "middle";
  const x = anchor === "start" ? Math.max(plot.left, mine.x) : anchor === "end" ? Math.min(plot.right, mine.x + mine.width) : at;
  return { x, y: plot.top - WORDS_ABOVE_PX, anchor, dotX: at, dotY: mine.y - DOT_ABOVE_PX };
}

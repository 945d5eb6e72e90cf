// @ts-check
// The vertical axis of a chart of losses, linear or logarithmic. No DOM.
import { decadeTicks, linearTicks, niceStep } from "./ticks.js";

/** @typedef {import("./types.js").LaneCurve} LaneCurve */
/** The smallest positive and the largest loss to show. @typedef {{min: number, max: number}} Range */
/**
 * @typedef {object} LossAxis
 * @property {number} low value at the floor
 * @property {number} high value at the top
 * @property {import("./ticks.js").Tick[]} ticks
 * @property {(loss: number) => number} place 0 at the floor, 1 at the top, NaN for what is not a number
 */

/** A run that blows up leaves through the top, this many times above where it began, unless all of them do. */
const ROOF = { log: 1e4, linear: 20 };
const LEAST_SHOWN = 1e-12;
/** Shown from the start, so that the first epochs do not stretch the axis again and again. */
const USUAL = { min: 0.01, max: 1 };

/**
 * The losses that an axis has to cover.
 * @param {readonly LaneCurve[]} curves @param {number|null} finish @param {boolean} log
 * @returns {Range}
 */
export function lossRange(curves, finish, log) {
  let { min, max } = log ? USUAL : { min: 0, max: 0 };
  let start = 0;
  let lowestPeak = Infinity;
  for (const { losses, known } of curves) {
    if (known > 0 && Number.isFinite(losses[0])) start = Math.max(start, losses[0]);
    let peak = 0;
    for (let e = 0; e < known; e++) {
      const loss = losses[e];
      if (loss > peak && loss < Infinity) peak = loss;
      if (loss < min && loss > 0) min = loss;
    }
    max = Math.max(max, peak);
    lowestPeak = Math.min(lowestPeak, peak);
  }
  const usual = start > 0 ? start * (log ? ROOF.log : ROOF.linear) : Infinity;
  const roof = log && lowestPeak > usual ? Infinity : usual;
  const line = finish ?? 0;
  return { min: Math.max(min, LEAST_SHOWN), max: Math.max(Math.min(max, roof), line) || 1 };
}

/**
 * An axis that covers a range and ends on round numbers.
 *
 * On a logarithmic axis a loss of zero or less has no place: it is drawn on the floor.
 * @param {Range} range @param {boolean} log @param {number} most at most this many ticks, about
 * @returns {LossAxis}
 */
export function lossAxis(range, log, most) {
  return log ? logAxis(range, most) : linearAxis(range, most);
}

/** @param {Range} range @param {number} most @returns {LossAxis} */
function logAxis({ min, max }, most) {
  const low = niceStep(min) > min * (1 + 1e-9) ? roundDown(min) : min;
  const high = niceStep(max);
  const floor = Math.log10(low);
  const span = Math.log10(high) - floor;
  return {
    low, high, ticks: decadeTicks(low, high, most),
    place: (loss) => (loss <= low ? 0 : Math.min(1, (Math.log10(loss) - floor) / span)),
  };
}

/** The largest of 1, 2, 5 × 10^k that is at most `value`: 1 / (1, 2, 5) are 1, 5, 2 in another decade. @param {number} value */
const roundDown = (value) => Number((1 / niceStep(1 / value)).toPrecision(12));

/** @param {Range} range @param {number} most @returns {LossAxis} */
function linearAxis({ max }, most) {
  const step = niceStep(max / most);
  const high = Number((Math.ceil(max / step - 1e-9) * step).toPrecision(12));
  return {
    low: 0, high, ticks: linearTicks(0, high, Math.round(high / step)),
    place: (loss) => (loss <= 0 ? 0 : Math.min(1, loss / high)),
  };
}

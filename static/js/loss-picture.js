// @ts-check
// Everything of a chart of losses that stays put while the play head moves. No DOM.
import { curveBand } from "./band.js";
import { curvePath } from "./decimate.js";
import { hoist } from "./flags.js";
import { lossAxis, lossRange } from "./loss-axis.js";
import { spread } from "./spread.js";
import { wholeTicks } from "./ticks.js";

/** @typedef {import("./types.js").LaneCurve} LaneCurve */
/** @typedef {{lane: number, epoch: number, text: string}} Mark */
/** One that goes up and down all the time is drawn as its medians, in the area of what it reached; another has no area. @typedef {{lane: number, d: string, area: string}} DrawnCurve */
/** A label in the right margin; that of the line on which every row is off by 0.2 has no lane. @typedef {{lane: number|null, text: string, y: number}} EndLabel */
/** @typedef {{lane: number, epoch: number, x: number, y: number, text: string, textX: number, textY: number, side: "start"|"end"}} DrawnFlag */
/**
 * @typedef {object} LossPicture
 * @property {number} width
 * @property {number} height
 * @property {{left: number, right: number, top: number, bottom: number}} plot
 * @property {(epoch: number) => number} x
 * @property {(loss: number) => number} y
 * @property {import("./ticks.js").Tick[]} xTicks
 * @property {import("./ticks.js").Tick[]} yTicks
 * @property {DrawnCurve[]} curves
 * @property {EndLabel[]} ends none where there is no room beside the plot
 * @property {number|null} finishY
 * @property {number} finishWordsPx from there to their baseline
 * @property {DrawnFlag[]} flags
 */
/**
 * @typedef {object} LossChart
 * @property {readonly LaneCurve[]} curves
 * @property {readonly string[]} labels
 * @property {readonly number[]} lanes
 * @property {number} epochs
 * @property {boolean} log
 * @property {number|null} finish
 * @property {readonly Mark[]} marks
 * @property {number} width
 * @property {number} height
 */

export const FINISH = "every row off by 0.2";
const CHAR_PX = 7.2;
const ROOMY_FROM_PX = 640;
const ROW_PX = 19;
const TICK_PX = 32;
/** Inside the plot, the words of the line stand where curves seldom are: on a logarithmic axis below it. */
const WORDS = { above: -7, below: 17 };
const EDGE = { left: 50, right: 20, top: 30, bottom: 32 };
/** A label stands at the mean height of this last part of its curve, so that a curve that jumps does not shake it. */
const TAIL = 0.04;
/** Words of flags may cover this much of the plot; where more would, a flag has its mark only. */
const WORDS_SHARE = 0.2;

/** @param {LossChart} chart @returns {LossPicture} */
export function lossPicture({ curves, labels, lanes, epochs, log, finish, marks, width, height }) {
  const roomy = width >= ROOMY_FROM_PX && labels.some(Boolean);
  const longest = Math.max(0, ...labels.map((text) => text.length + 3), finish === null ? 0 : FINISH.length);
  const plot = {
    left: EDGE.left, right: width - (roomy ? longest * CHAR_PX + 16 : EDGE.right), top: EDGE.top, bottom: height - EDGE.bottom,
  };
  const axis = lossAxis(lossRange(curves, finish, log), log, Math.max(2, Math.floor((plot.bottom - plot.top) / TICK_PX)));
  const x = (/** @type {number} */ epoch) => plot.left + (epoch / epochs) * (plot.right - plot.left);
  const y = (/** @type {number} */ loss) => plot.bottom - axis.place(loss) * (plot.bottom - plot.top);
  const finishY = finish === null ? null : y(finish);
  return {
    width, height, plot, x, y, finishY, finishWordsPx: log ? WORDS.below : WORDS.above,
    xTicks: wholeTicks(0, epochs, plot.right - plot.left, CHAR_PX),
    yTicks: axis.ticks,
    curves: curves.map((curve, i) => ({ lane: lanes[i] ?? i + 1, ...drawn(curve, epochs, x, y) })),
    ends: roomy ? endLabels(curves, labels, lanes, finishY, y, plot, epochs) : [],
    flags: flags(marks, curves, lanes, x, y, plot),
  };
}

/** @param {LaneCurve} curve @param {number} epochs @param {(epoch: number) => number} x @param {(loss: number) => number} y */
function drawn({ losses, known }, epochs, x, y) {
  const shown = Math.min(known, epochs + 1);
  const { d, dense } = curvePath(losses, shown, x, y);
  return dense ? curveBand(losses, shown, x, y) : { d, area: "" };
}

/**
 * @param {readonly LaneCurve[]} curves @param {readonly string[]} labels @param {readonly number[]} lanes
 * @param {number|null} finishY @param {(loss: number) => number} y @param {LossPicture["plot"]} plot @param {number} epochs
 * @returns {EndLabel[]}
 */
function endLabels(curves, labels, lanes, finishY, y, plot, epochs) {
  /** @type {EndLabel[]} */
  const wanted = [];
  curves.forEach(({ losses, known }, i) => {
    const resting = restingPlace(losses, Math.min(known, epochs + 1), y);
    if (resting !== null) wanted.push({ lane: lanes[i] ?? i + 1, text: labels[i] ?? "", y: resting });
  });
  if (finishY !== null) wanted.push({ lane: null, text: FINISH, y: finishY });
  const placed = spread(wanted.map((label) => label.y), ROW_PX, plot.top, plot.bottom);
  return wanted.map((label, i) => ({ ...label, y: placed[i] }));
}

/** @param {Float64Array} losses @param {number} known @param {(loss: number) => number} y @returns {number|null} */
function restingPlace(losses, known, y) {
  let sum = 0, counted = 0;
  for (let e = known - Math.max(1, Math.round(known * TAIL)); e < known; e++) {
    const place = y(losses[e]);
    if (Number.isNaN(place)) continue;
    sum += place;
    counted += 1;
  }
  return counted ? sum / counted : null;
}

/**
 * @param {readonly Mark[]} marks @param {readonly LaneCurve[]} curves @param {readonly number[]} lanes
 * @param {(epoch: number) => number} x @param {(loss: number) => number} y @param {LossPicture["plot"]} plot
 * @returns {DrawnFlag[]}
 */
function flags(marks, curves, lanes, x, y, plot) {
  const shown = marks.filter(({ lane }) => curves[laneIndex(lanes, lane)]?.known);
  const words = hoist(shown.map(({ epoch, text }) => ({ x: x(epoch), widthPx: text.length * CHAR_PX })), plot.left, plot.right);
  const rows = Math.ceil((WORDS_SHARE * (plot.bottom - plot.top)) / ROW_PX);
  return shown.map(({ lane, epoch, text }, i) => ({
    lane, epoch, text: words[i].row < rows ? text : "", x: x(epoch), y: y(lastKnownLoss(curves[laneIndex(lanes, lane)], epoch)),
    textX: x(epoch) + (words[i].side === "start" ? 7 : -7), textY: plot.top + 4 + words[i].row * ROW_PX, side: words[i].side,
  }));
}

/** @param {readonly number[]} lanes @param {number} lane */
const laneIndex = (lanes, lane) => (lanes.length ? lanes.indexOf(lane) : lane - 1);

/**
 * The loss at an epoch, or the last one before it that is a finite number.
 * @param {LaneCurve} curve @param {number} epoch
 * @returns {number} NaN where there is none
 */
export function lastKnownLoss({ losses, known }, epoch) {
  let e = Math.min(epoch, known - 1);
  while (e > 0 && !Number.isFinite(losses[e])) e -= 1;
  return e >= 0 ? losses[e] : NaN;
}

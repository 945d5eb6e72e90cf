// @ts-check
// Figure `twins`: pairs of parameters that were alike at the start, and where their curves stand. No DOM.
import { linearTicks, wholeTicks } from "./ticks.js";

/** @typedef {import("./types.js").RunFrame} RunFrame */
/** A pair: what it is, and its two places among the parameters of a 2→2→1 network with biases. @typedef {{name: string, first: number, second: number}} Pair */

/** @type {readonly Pair[]} */
export const PAIRS = Object.freeze([
  { name: "from A", first: 0, second: 1 }, { name: "from B", first: 2, second: 3 },
  { name: "bias", first: 4, second: 5 }, { name: "to o1", first: 6, second: 7 },
]);
/** The pairs that have a picture: all but the biases, which the table has. */
export const DRAWN = Object.freeze([PAIRS[0], PAIRS[1], PAIRS[3]]);
const MOST_FRAMES = 250; // of a curve; an answer of `run` holds 256

/** How far apart the epochs are that a curve of so many is made of. @param {number} epochs */
export const strideOf = (epochs) => Math.max(1, Math.ceil(epochs / MOST_FRAMES));

const EDGE = { left: 44, right: 42, top: 34, bottom: 30 };
const GAP_PX = 22;
const NARROW_PX = 520;
const HEIGHT = { wide: 250, narrow: 176 };
const CHAR_PX = 7.2, TICK_PX = 40;
const USUAL = 1; // shown from the start, so that the first epochs do not stretch the axis

/** Whether the twins are alike to the last bit. @param {ArrayLike<number>} parameters */
export const alike = (parameters) => PAIRS.every(({ first, second }) => Object.is(parameters[first], parameters[second]));

/** @param {Map<number, RunFrame>} frames @param {number} until the shown epoch @param {number} every @returns {RunFrame[]} rising, some evenly spread and the shown one */
export function framesUntil(frames, until, every) {
  return [...frames.values()].filter(({ epoch }) => epoch <= until && (epoch % every === 0 || epoch === until)).sort((a, b) => a.epoch - b.epoch);
}

/**
 * @typedef {object} TwinsPanel
 * @property {string} name
 * @property {{left: number, right: number, top: number, bottom: number}} box
 * @property {string} first path of h1's curve, broken where frames are still to come
 * @property {string} second of h2's
 * @property {{x: number, y: number, dotY: number, text: string}[]} ends where the curves end; y is their labels'
 * @property {boolean} hasAxis
 */

/**
 * @param {RunFrame[]} frames as `framesUntil` gives them @param {RunFrame[]} all to scale the axis by, so that it stays @param {number} epochs @param {number} widthPx
 * @returns {{width: number, height: number, panels: TwinsPanel[], up: {y: number, text: string}[], across: {at: number, text: string}[]}}
 */
export function twinsPlan(frames, all, epochs, widthPx) {
  const narrow = widthPx < NARROW_PX;
  const columns = narrow ? 1 : DRAWN.length;
  const each = (widthPx - EDGE.left - GAP_PX * (columns - 1) - EDGE.right * columns) / columns;
  const high = narrow ? HEIGHT.narrow : HEIGHT.wide;
  const values = all.flatMap(({ lanes: [{ parameters }] }) => DRAWN.flatMap(({ first, second }) => [parameters[first], parameters[second]]));
  const low = Math.floor(Math.min(-USUAL, ...values)), top = Math.ceil(Math.max(USUAL, ...values));
  const plot = high - EDGE.top - EDGE.bottom;
  const share = (/** @type {number} */ value) => (top - value) / (top - low);
  const panels = DRAWN.map((pair, i) => {
    const x = EDGE.left + (narrow ? 0 : i * (each + EDGE.right + GAP_PX)), y = (narrow ? i * high : 0) + EDGE.top;
    const box = { left: x, right: x + each, top: y, bottom: y + plot };
    return panelOf(pair, box, frames, strideOf(epochs), (epoch) => x + (epoch / epochs) * each, (value) => y + share(value) * plot, narrow || i === 0);
  });
  return {
    width: widthPx, height: narrow ? high * DRAWN.length : high, panels,
    up: linearTicks(low, top, Math.max(4, plot / TICK_PX)).map(({ value, text }) => ({ y: share(value) * plot, text })),
    across: wholeTicks(0, epochs, each, CHAR_PX).map(({ value, text }) => ({ at: (value / epochs) * each, text })),
  };
}

/**
 * @param {Pair} pair @param {TwinsPanel["box"]} box @param {RunFrame[]} frames @param {number} every how far apart they are where none is missing
 * @param {(epoch: number) => number} x @param {(value: number) => number} y @param {boolean} hasAxis
 * @returns {TwinsPanel}
 */
function panelOf({ name, first, second }, box, frames, every, x, y, hasAxis) {
  const joins = (/** @type {number} */ i) => i > 0 && frames[i].epoch - frames[i - 1].epoch <= every;
  const path = (/** @type {number} */ k) => frames.map(({ epoch, lanes: [{ parameters }] }, i) => `${joins(i) ? "L" : "M"}${x(epoch).toFixed(1)} ${y(parameters[k]).toFixed(1)}`).join("");
  const last = frames.at(-1);
  if (!last) return { name, box, first: "", second: "", ends: [], hasAxis };
  const { epoch, lanes: [{ parameters }] } = last;
  const [a, b] = [y(parameters[first]), y(parameters[second])];
  const room = Math.abs(a - b) >= LABEL_PX;
  const push = room ? 0 : (LABEL_PX - Math.abs(a - b)) / 2;
  const up = a <= b ? -1 : 1;
  const ends = Object.is(parameters[first], parameters[second]) ? [{ x: x(epoch), y: a, dotY: a, text: "both" }]
    : [{ x: x(epoch), y: a + up * push, dotY: a, text: "h1" }, { x: x(epoch), y: b - up * push, dotY: b, text: "h2" }];
  return { name, box, first: path(first), second: path(second), ends, hasAxis };
}

const LABEL_PX = 15;

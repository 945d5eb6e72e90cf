// @ts-check
// What is said of the blame on its way back through many layers. No DOM.
import { number } from "./format.js";
import { count } from "./ticks.js";

/** @typedef {import("./types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("./types.js").DepthCurve} DepthCurve */
/** Words, and numbers that are set as such. @typedef {string|{n: string}} Piece */

const SCIENTIFIC_FROM = 1e6;
/** From here on, a size has no decimal, one, two … */
const DIGITS = [100, 10, 1, 0.1, 0.01];

/** A number as these sentences have it, among words. */
const NUMBER = /(\d[\d.\u202f]*(?:·10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?)/;

/** Words and numbers by turns, words first. @param {string} text */
export const byTurns = (text) => text.split(NUMBER);

/** What the slope of each activation can be at most: the reason for its fate. @type {Record<string, string>} */
export const SLOPES = { sigmoid: "slope at most ¼", tanh: "slope at most 1", relu: "slope 0 or 1" };

/** The size of a curve's weights, as its label says it: `× ½`, `× 2`. @param {number} scale */
export const scaleLabel = (scale) => `× ${scale === 0.5 ? "½" : number(scale, { digits: Number.isInteger(scale) ? 0 : 2 })}`;

/**
 * How much of the blame arrives: `1 part in 760`, `0.75 of it`, `25 000 times as much`.
 * @param {number|null} ratio null: beyond what a float holds
 * @returns {string}
 */
export function arrives(ratio) {
  if (ratio === null) return "more than a float can hold";
  if (ratio === 0) return "nothing";
  if (ratio < 0.5) return `1 part in ${roughly(1 / ratio)}`;
  return ratio < 0.995 ? `${number(ratio, { digits: 2 })} of it` : `${roughly(ratio)} times as much`;
}

/** The same in the space of a label. @param {number|null} ratio */
export const arrivesShort = (ratio) => (ratio === null ? "beyond float64" : arrives(ratio).replace(" as much", ""));

/** Two digits of it: `4.4`, `44`, `25 000`, `7.6·10⁸`. @param {number} n 0.995 or more */
function roughly(n) {
  const rounded = Number(n.toPrecision(2));
  if (rounded < 10) return number(rounded, { digits: 1 });
  return rounded < SCIENTIFIC_FROM ? count(rounded) : number(rounded, { digits: 1 });
}

/** @param {DepthAnswer} answer @param {string} activation @param {number} scale */
export function curveOf({ curves }, activation, scale) {
  const found = curves.find((curve) => curve.activation === activation && curve.scale === scale);
  if (!found) throw new Error(`The answer has no ${activation} × ${scale}.`);
  return found;
}

/** What the picture shows, in three sentences. @param {DepthAnswer} answer @returns {Piece[]} */
export function finding(answer) {
  const part = (/** @type {string} */ activation, /** @type {number} */ scale) => ({ n: arrives(curveOf(answer, activation, scale).ratio) });
  return ["After ", { n: String(answer.depth) }, " layers of sigmoid neurons with Xavier’s weights, ", part("sigmoid", 1), " of the output’s blame is left for the first layer. Tanh leaves it ",
    part("tanh", 1), ", ReLU with He’s weights ", part("relu", 1), "; at twice He’s size it gets ", part("relu", 2), "."];
}

/** Why gradients of weights are alike where the blame is not. @param {DepthAnswer} answer @returns {Piece[]} */
export function gradientWords(answer) {
  const [half, full] = [curveOf(answer, "relu", 0.5), curveOf(answer, "relu", 1)].map(({ gradients }) => gradients.median);
  return ["A weight’s gradient is its input times this blame. With small ReLU weights the inputs shrink on the way forward as the blame does on the way back, so the gradients of all layers stay alike: at half of He’s size they are about ",
    { n: size(half[0]) }, " in the first layer and ", { n: size(half[half.length - 1]) }, " in the last, where He’s own weights give ", { n: size(full[0]) }, " and ", { n: size(full[full.length - 1]) }, "."];
}

/** What keeps tanh from exploding. @param {DepthAnswer} answer @returns {Piece[]} */
export function saturationWords(answer) {
  const { flat } = curveOf(answer, "tanh", 2);
  return ["At twice Xavier’s size, ", { n: percent(flat) }, " of tanh’s slopes are below a tenth of the steepest: saturated neurons hold the growth back. Sigmoid’s slope is ¼ at its very best."];
}

/** A size as tables and sentences show it, with about three digits. @param {number|null} value */
export function size(value) {
  if (value === null) return "∞";
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(3));
  const digits = DIGITS.findIndex((from) => rounded >= from);
  return number(rounded, { digits: digits < 0 ? 1 : digits }); // what one digit would show as zero is written with its power of ten
}

/** A share in percent, down to a tenth. @param {number} share @returns {string} */
export function percent(share) {
  const tenths = Math.round(1000 * share) / 10;
  return `${number(tenths, { digits: tenths > 0 && tenths < 10 ? 1 : 0 })}\u202f%`;
}

// @ts-check
// Where an axis has its ticks, and what stands beside them. No DOM.
import { number } from "./format.js";

/** A tick: `power` is set where the label is ten to that power. @typedef {{value: number, text: string, power: string|null}} Tick */

const NARROW_SPACE = "\u202f";
const MINUS = "\u2212";
const GROUPED_FROM = 10000;
/** Decades from 0.0001 to 10000 are written out, the others as powers of ten. */
const WRITTEN_OUT = 4;

/**
 * Write a count: `1000`, `10 000` (grouped from five digits on, by a narrow space that does not break).
 * @param {number} n a whole number
 * @returns {string}
 */
export function count(n) {
  const digits = String(Math.abs(n));
  const grouped = Math.abs(n) < GROUPED_FROM ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, NARROW_SPACE);
  return n < 0 ? MINUS + grouped : grouped;
}

/**
 * The smallest of 1, 2, 5 × 10^k that is at least `least`.
 * @param {number} least above 0
 * @returns {number}
 */
export function niceStep(least) {
  const exponent = Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((f) => power(f, exponent) >= least * (1 - 1e-9));
  return factor === undefined ? power(1, exponent + 1) : power(factor, exponent);
}

/** f × 10^k without the dust of multiplying by 0.1. @param {number} f @param {number} k */
const power = (f, k) => Number(`${f}e${k}`);

/**
 * Ticks at whole multiples of a nice step, at most `most` + 1 of them, all with the same decimals.
 * @param {number} low @param {number} high above low @param {number} most at least 1
 * @returns {Tick[]}
 */
export function linearTicks(low, high, most) {
  const step = niceStep((high - low) / most);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return multiples(low, high, step).map((value) => ({ value, text: number(value, { digits }), power: null }));
}

/** @param {number} low @param {number} high @param {number} step @returns {number[]} */
function multiples(low, high, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high * (1 + 1e-12); k++) found.push(Number((k * step).toPrecision(12)));
  return found;
}

/**
 * Ticks at powers of ten; where there would be more than `most`, at every second, third … power.
 * @param {number} low above 0 @param {number} high above low @param {number} most at least 1
 * @returns {Tick[]}
 */
export function decadeTicks(low, high, most) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const ticks = [];
  for (let k = last - (((last % stride) + stride) % stride); k >= first; k -= stride) ticks.unshift(decade(k));
  return ticks;
}

/** @param {number} exponent @returns {Tick} */
function decade(exponent) {
  const value = power(1, exponent);
  if (Math.abs(exponent) > WRITTEN_OUT) return { value, text: "10", power: exponent < 0 ? MINUS + -exponent : String(exponent) };
  return { value, text: number(value, { digits: Math.max(0, -exponent) }), power: null };
}

/**
 * Ticks of whole numbers along `widthPx` that leave each label its room.
 * @param {number} low @param {number} high above low @param {number} widthPx @param {number} charPx width of a digit
 * @returns {Tick[]}
 */
export function wholeTicks(low, high, widthPx, charPx) {
  const labelPx = (count(high).length + 5) * charPx;
  const most = Math.max(1, Math.floor(widthPx / labelPx));
  const step = Math.max(1, niceStep((high - low) / most));
  return multiples(low, high, step).map((value) => ({ value, text: count(value), power: null }));
}

// @ts-check
// Numbers for places with room for five characters. No DOM.
import { number } from "./format.js";

/**
 * Write a number in five characters where that is possible: `0.35`, `−1.42`, `−12.4`, `−124`; `≈0` for what is not zero
 * but would read as zero.
 * @param {number} value
 * @returns {string}
 */
export function shortNumber(value) {
  const size = Math.abs(value);
  if (size > 0 && size < 0.005) return "≈0";
  return number(value, { digits: size < 9.995 ? 2 : size < 99.95 ? 1 : 0 });
}

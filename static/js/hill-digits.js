// @ts-check
// How many decimals the numbers of a landscape need: enough to tell two places of its picture apart. No DOM.

/** @typedef {import("./types.js").HillLandscape} HillLandscape */
/** @typedef {import("./types.js").HillCurve} HillCurve */
/** @typedef {{x: number, loss: number, slope: number}} Digits */

const FEWEST = 2, MOST = 6;

/** @param {HillLandscape} landscape @param {HillCurve} curve @returns {Digits} */
export function digitsOf({ low, high }, { loss }) {
  const known = loss.filter((one) => one !== null);
  const range = Math.max(...known) - Math.min(...known);
  return { x: decimals(high - low, 3), loss: decimals(range, 3), slope: decimals(range / (high - low), 2) };
}

/** @param {number} size @param {number} significant */
function decimals(size, significant) {
  if (!(size > 0) || !Number.isFinite(size)) return 4;
  return Math.min(MOST, Math.max(FEWEST, Math.round(significant - Math.log10(size))));
}

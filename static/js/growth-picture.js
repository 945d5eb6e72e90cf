// @ts-check
// How a run ran away: the largest change of each of its last passes on a logarithmic scale. No DOM.

/** @typedef {{pass: number, largest: number|null}} Growth */
/** @typedef {{pass: number, largest: number|null, share: number}} GrowthRow */

const MOST_EXPONENT = Math.log10(Number.MAX_VALUE);
const SHORTEST = 0.006;

/**
 * A bar for each pass; the full length is the largest number that can be written, and what is beyond it has that too.
 * @param {readonly Growth[]} growth @returns {GrowthRow[]}
 */
export function growthRows(growth) {
  const exponents = growth.map(({ largest }) => (largest === null ? MOST_EXPONENT : largest > 0 ? Math.log10(largest) : null));
  const low = Math.min(0, ...exponents.filter((e) => e !== null));
  return growth.map((one, i) => {
    const exponent = exponents[i];
    const share = exponent === null ? 0 : Math.max(SHORTEST, (exponent - low) / (MOST_EXPONENT - low));
    return { ...one, share };
  });
}

/** Whether every change was larger than the one before; the one beyond numbers is. @param {readonly Growth[]} growth */
export const alwaysLarger = (growth) => growth.every(({ largest }, i) => i === 0 || (largest ?? Infinity) > (growth[i - 1].largest ?? Infinity));

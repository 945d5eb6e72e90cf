// @ts-check
// Which epochs a table names: some spread evenly, and the one at hand. No DOM.

/**
 * @param {number} last the last epoch there is, 0 or more
 * @param {number} head the epoch at hand
 * @param {number} [about] how many to spread evenly
 * @returns {number[]} rising, none twice, first 0
 */
export function sampledEpochs(last, head, about = 20) {
  const steps = Math.min(last, about);
  const chosen = new Set([Math.min(head, last)]);
  for (let k = 0; k <= steps; k++) chosen.add(steps === 0 ? 0 : Math.round((k / steps) * last));
  return [...chosen].sort((a, b) => a - b);
}

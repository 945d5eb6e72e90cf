// @ts-check
// Ranges for drawing. No DOM.

/** @type {Record<string, [number, number]>} */
const RANGES = { sigmoid: [0, 1], softmax: [0, 1], tanh: [-1, 1] };

/**
 * The ends of the scale on which an output and its target are compared: the activation's range, widened to whole numbers
 * where a value lies outside it.
 * @param {string} activation @param {number[]} values
 * @returns {{low: number, high: number}}
 */
export function scaleOf(activation, values) {
  const [low, high] = RANGES[activation] ?? [0, 1];
  return { low: Math.min(low, ...values.map(Math.floor)), high: Math.max(high, ...values.map(Math.ceil)) };
}

/**
 * A scale for a line of losses: from zero to a round number above the largest.
 * @param {number[]} losses
 */
export function lossCeiling(losses) {
  const top = Math.max(...losses, Number.MIN_VALUE);
  const unit = 10 ** Math.floor(Math.log10(top));
  return Math.ceil(top / unit) * unit;
}

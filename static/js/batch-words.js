// @ts-check
// What figure `batch` says at each stop. No DOM.
import { number } from "./format.js";
import { ADDED, MOVED } from "./batch-stops.js";

/** @typedef {import("./types.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./reductions.js").Reduction} Reduction */

const ROWS = [
  "The first row. All at once, its gradient waits; one at a time, the weights already move against it.",
  "The second row’s gradient goes head to tail. One at a time, it meets weights that have moved, so it is another one.",
  "The third row. All at once, nothing has moved yet.",
  "The fourth row. One at a time, that was all: four moves.",
];

/**
 * @param {BatchAnswer} answer @param {number} position how many stops are reached @param {Reduction} reduction
 * @returns {string}
 */
export function batchWords(answer, position, reduction) {
  if (position === 0) return "Four rows of XOR, each with a gradient of its own. Both begin at the same weights.";
  if (position <= ADDED) return ROWS[position - 1];
  if (position <= MOVED) {
    return reduction === "sum" ? "From the first tail to the last head: the sum of the four."
      : "The sum, and a quarter of it: the mean. The direction is the same.";
  }
  return finding(answer, reduction);
}

/** What is the same and what is not. @param {BatchAnswer} answer @param {Reduction} reduction */
export function finding({ sum, mean, one_at_a_time: alone }, reduction) {
  const short = (/** @type {number} */ value) => number(value, { digits: 2 });
  return reduction === "sum"
    ? `One move of ${short(sum.move_length)}. The mean’s is a quarter of it, ${short(mean.move_length)}, in the same direction. One at a time ends ${short(alone.apart.sum)} away: its later gradients are those of moved weights.`
    : `One move of ${short(mean.move_length)}, a quarter of the sum’s ${short(sum.move_length)} in the same direction. One at a time ends ${short(alone.apart.mean)} away: four moves at one learning rate go about as far as the sum’s one.`;
}

/** A row by its inputs: "0 1". @param {number[]} inputs */
export const rowName = (inputs) => inputs.join("\u00a0");

// @ts-check
// The same numbers as they are written with other conventions. No DOM.
import { halfOf, lossOf } from "./conventions.js";

/** @typedef {import("../types.js").LossName} LossName */
/** What is empty or null is left as it is. @typedef {{sign: string|null, half: string|null, reduction: string|null}} Written */

/** @template {{loss: LossName, reduction?: string}} S @param {S} spec @param {Written} how @returns {S} */
function specIn(spec, { half, reduction }) {
  const { loss, reduction: now = "mean" } = spec;
  const next = { ...spec, loss: half && halfOf(loss) !== null ? lossOf(half) : loss };
  return "lanes" in spec && reduction && reduction !== now ? { ...next, reduction } : next;
}

/**
 * What a figure's link holds, written so. Only what a switch of the page changes is changed: learning rates stay.
 * @template {object} S @param {S} state of figure `passes`, `race` or `xor`; any other is as it was @param {Written} how @returns {S}
 */
export function writtenIn(state, how) {
  const { runs, spec: run } = /** @type {any} */ (state);
  if (run?.loss) return { ...state, spec: specIn(run, how) };
  if (!runs) return state;
  const signed = how.sign ? { sign: how.sign } : {};
  return { ...state, runs: runs.map((/** @type {any} */ each) => ({ ...each, spec: { ...specIn(each.spec, how), ...signed } })) };
}

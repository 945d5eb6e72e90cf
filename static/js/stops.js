// @ts-check
/**
 * Where one Step goes: to the end of a number, of a neuron's run of numbers, or of a layer's.
 */
import { layerOf, parseId } from "./ids.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {"number" | "neuron" | "layer"} Granularity */
/** @typedef {{readonly entries: readonly Pick<Entry, "id" | "phase">[], readonly length: number}} Steps */

/**
 * The node whose work an entry is: a gradient belongs to the node its edge leads into, a blame to the one it is handed to.
 * @param {string} id
 * @returns {string}
 */
function workerOf(id) {
  const { kind, node, from, to } = parseId(id);
  return (kind === "blame" ? from : to) ?? node ?? id;
}

/** @param {Pick<Entry, "id" | "phase">} entry @param {"neuron" | "layer"} granularity @returns {string} */
function runOf({ id, phase }, granularity) {
  if (phase === "loss") return phase;
  if (granularity === "neuron") return `${phase} ${workerOf(id)}`;
  return phase === "update" ? phase : `${phase} ${layerOf(workerOf(id))}`;
}

/** @param {Steps} tape @param {number} position 1..length @param {Granularity} granularity @returns {boolean} */
function isStop({ entries, length }, position, granularity) {
  if (granularity === "number" || position === length) return true;
  return runOf(entries[position - 1], granularity) !== runOf(entries[position], granularity);
}

/**
 * Find the first stop after a position; the tape's length when there is none.
 * @param {Steps} tape
 * @param {number} position
 * @param {Granularity} [granularity]
 * @returns {number}
 */
export function nextStop(tape, position, granularity = "number") {
  let stop = Math.max(Math.floor(position), 0) + 1;
  while (stop < tape.length && !isStop(tape, stop, granularity)) stop += 1;
  return Math.min(stop, tape.length);
}

/**
 * Find the last stop before a position; 0 when there is none.
 * @param {Steps} tape
 * @param {number} position
 * @param {Granularity} [granularity]
 * @returns {number}
 */
export function previousStop(tape, position, granularity = "number") {
  let stop = Math.min(Math.ceil(position), tape.length + 1) - 1;
  while (stop > 0 && !isStop(tape, stop, granularity)) stop -= 1;
  return Math.max(stop, 0);
}

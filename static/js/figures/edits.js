// @ts-check
// A learner's changes as new specs: pure functions, nothing is changed in place.
import { nodeIds } from "../layout.js";

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").GivenInitial} GivenInitial */
/** @typedef {import("../types.js").NetworkParameters} NetworkParameters */

/** @param {NetworkParameters} network @returns {GivenInitial} */
export const initialFrom = (network) => ({ kind: "given", weights: network.weights, biases: network.biases });

/**
 * The spec in which the number `id` has this value, going on from the weights of the pass at hand.
 * @param {Spec} spec @param {NetworkParameters} network @param {number} sample @param {string} id @param {number} value
 * @returns {Spec}
 */
export function withValue(spec, network, sample, id, value) {
  if (id === "eta") return { ...spec, initial: initialFrom(network), learning_rate: value, data: startingAt(spec.data, sample) };
  const data = startingAt(spec.data, sample);
  const initial = initialFrom(network);
  const input = /^x(\d+)$/.exec(id);
  if (input) return { ...spec, initial, data: { ...data, x: replaceRow(data.x, 0, Number(input[1]) - 1, value) } };
  const target = /^t(\d+)$/.exec(id);
  if (target) return { ...spec, initial, data: { ...data, y: replaceRow(data.y, 0, Number(target[1]) - 1, value) } };
  return { ...spec, data, initial: withWeight(initial, spec.layers, id, value) };
}

/** @param {GivenInitial} initial @param {number[]} layers @param {string} id @param {number} value @returns {GivenInitial} */
function withWeight(initial, layers, id, value) {
  const [from, to] = id.replace(/^(w|new):/, "").split(">");
  const ids = nodeIds(layers);
  const l = ids.findIndex((layer, index) => index > 0 && layer.includes(to)) - 1;
  const column = ids[l + 1].indexOf(to);
  if (from === "b") {
    return { ...initial, biases: (initial.biases ?? []).map((b, k) => (k === l ? b.map((v, j) => (j === column ? value : v)) : b)) };
  }
  const row = ids[l].indexOf(from);
  return { ...initial, weights: initial.weights.map((w, k) => (k === l ? replaceRow(w, row, column, value) : w)) };
}

/** @param {number[][]} rows @param {number} row @param {number} column @param {number} value */
function replaceRow(rows, row, column, value) {
  return rows.map((r, i) => (i === row ? r.map((v, j) => (j === column ? value : v)) : r));
}

/**
 * The same data, beginning with this row: pass 1 of a run takes the first.
 * @param {Spec["data"]} data @param {number} row
 */
export function startingAt(data, row) {
  const turn = (/** @type {number[][]} */ rows) => [...rows.slice(row), ...rows.slice(0, row)];
  return { x: turn(data.x), y: turn(data.y) };
}

/**
 * The spec with other settings; choices that exclude each other are brought in line, the newest one winning.
 * @param {Spec} spec @param {NetworkParameters} network @param {number} sample @param {Partial<Spec>} change
 * @returns {Spec}
 */
export function withSettings(spec, network, sample, change) {
  const next = { ...spec, ...change, initial: initialFrom(network), data: startingAt(spec.data, sample) };
  const last = next.activations.length - 1;
  if (next.loss === "binary_cross_entropy" && next.activations[last] !== "sigmoid") {
    if (change.loss) next.activations = [...next.activations.slice(0, last), "sigmoid"];
    else next.loss = "half_squared_error";
  }
  if (change.biases === true) next.initial = { ...next.initial, biases: spec.layers.slice(1).map((n) => Array(n).fill(0)) };
  if (change.biases === false) next.initial = { ...next.initial, biases: null };
  return next;
}

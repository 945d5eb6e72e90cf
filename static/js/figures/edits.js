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
 * The spec with other settings, and words for what changed; choices that exclude each other are brought in line, the newest winning.
 * @param {Spec} spec @param {NetworkParameters} network @param {number} sample @param {Partial<Spec>} change
 * @returns {{next: Spec, words: string}}
 */
export function withSettings(spec, network, sample, change) {
  const next = { ...spec, ...change, data: startingAt(spec.data, sample) };
  const last = next.activations.length - 1;
  let words = `You changed ${Object.keys(change).map((key) => SETTINGS[key] ?? key).join(" and ")}.`;
  if (next.loss === "binary_cross_entropy" && next.activations[last] !== "sigmoid") {
    if (change.loss) {
      next.activations = [...next.activations.slice(0, last), "sigmoid"];
      words += " Cross-entropy needs an answer between 0 and 1, so the output is sigmoid again.";
    } else {
      next.loss = "half_squared_error";
      words += " Cross-entropy needs a sigmoid output, so the loss is half the squared error again.";
    }
  }
  return { next: { ...next, initial: fitted(initialFrom(network), next) }, words };
}

/** @type {Record<string, string>} */
const SETTINGS = { activations: "the activation", loss: "the loss", biases: "the biases" };

/**
 * These weights with biases or without, as the spec has it; new biases begin at 0.
 * @param {GivenInitial} initial @param {Pick<Spec, "biases"|"layers">} spec @returns {GivenInitial}
 */
export function fitted(initial, spec) {
  if (!spec.biases) return { ...initial, biases: null };
  return { ...initial, biases: initial.biases ?? spec.layers.slice(1).map((n) => Array(n).fill(0)) };
}

/**
 * Whether a spec still shows this example: the same network and data from the same weights; the learning rate, biases of 0, the ½
 * of a squared error and the row one begins with are free.
 * @param {Spec} example @param {Spec} spec
 */
export function sameExample(example, spec) {
  const rows = (/** @type {Spec} */ { data }) => data.x.map((x, i) => JSON.stringify([x, data.y[i]])).sort();
  const parts = (/** @type {Spec} */ one) => {
    const initial = /** @type {GivenInitial} */ (one.initial);
    const biases = initial.biases?.flat().some((b) => b !== 0) ? initial.biases : null;
    return JSON.stringify([one.layers, one.activations, one.loss.replace("half_", ""), initial.weights, biases, rows(one)]);
  };
  return parts(example) === parts(spec);
}

// @ts-check
/** What links are tested with: the examples of the page, and states drawn at random, the same on every run. */

/** @typedef {import("../../static/js/link-states.js").Catalog} Catalog */
/** @typedef {import("../../static/js/types.js").Spec} Spec */
/** @typedef {import("../../static/js/types.js").RunSpec} RunSpec */

/** @type {Spec} */
export const TEXTBOOK = { v: 1, layers: [2, 2, 1], activations: ["sigmoid", "sigmoid"], loss: "half_squared_error", learning_rate: 1, biases: false,
  initial: { kind: "given", weights: [[[0.2, 0.3], [0.2, 0.3]], [[0.3], [0.9]]], biases: null }, data: { x: [[0.35, 0.7]], y: [[0.5]] } };
/** @type {Spec} */
export const XOR = { v: 1, layers: [2, 2, 1], activations: ["tanh", "sigmoid"], loss: "half_squared_error", learning_rate: 0.5, biases: true,
  initial: { kind: "given", weights: [[[-0.75, 0.87], [0.72, -0.72]], [[0.17], [1.26]]], biases: [[-0.31, 0.36], [0.29]] },
  data: { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] } };

/** @param {number[]} rates @param {number} seed @returns {RunSpec} */
const runOf = (rates, seed) => ({ v: 1, layers: [2, 4, 1], activations: ["tanh", "sigmoid"], loss: "binary_cross_entropy", reduction: "mean", biases: true,
  data: XOR.data, batch: null, order_seed: 0,
  lanes: rates.map((rate) => ({ learning_rate: rate, initial: { kind: "random", initializer: "xavier", seed }, optimizer: "sgd", hyper: {} })) });
export const RACE = runOf([0.01, 0.5, 10], 7);

/** @type {Catalog} */
export const CATALOG = {
  presets: [{ name: "textbook", label: "", spec: TEXTBOOK }, { name: "xor", label: "", spec: XOR }],
  run_presets: [{ name: "race", label: "", spec: RACE, epochs: 1000 }, { name: "xor", label: "", spec: runOf([0.5], 4), epochs: 1000 },
    { name: "textbook", label: "", spec: { ...runOf([0.1], 0), reduction: "sum", loss: "half_squared_error" }, epochs: 10_000 }],
  limits: { epoch: { min: 0, max: 100_000 }, depth: { min: 2, max: 30 } },
};

/** Numbers from 0 to 1, always the same. @param {number} seed */
export function chance(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

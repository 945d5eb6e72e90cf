// @ts-check
// A run's spec with something changed. No DOM.

/** @typedef {import("./types.js").RunSpec} RunSpec */
/** @typedef {import("./types.js").LaneSpec} LaneSpec */

const RATES = [0.1, 2, 30, 1, 5, 0.03]; // for a lane that is added: rates between those that most races have

/** @param {RunSpec} spec @param {number} lane @param {Record<string, unknown>} changes */
export function withLane(spec, lane, changes) {
  return { ...spec, lanes: spec.lanes.map((each, i) => (i === lane ? { ...each, ...changes } : each)) };
}

/** @param {RunSpec} spec @param {number} lane @returns {RunSpec} */
export function withoutLane(spec, lane) {
  return { ...spec, lanes: spec.lanes.filter((_, i) => i !== lane) };
}

/** One lane more, from the same start, at a rate that no lane has. @param {RunSpec} spec @returns {RunSpec} */
export function withOneMore(spec) {
  const taken = new Set(spec.lanes.map((lane) => lane.learning_rate));
  const rate = RATES.find((each) => !taken.has(each)) ?? 1;
  return { ...spec, lanes: [...spec.lanes, { learning_rate: rate, initial: spec.lanes[0].initial }] };
}

/** Every lane from the same other start. @param {RunSpec} spec @param {number} seed @returns {RunSpec} */
export function fromSeed(spec, seed) {
  const { initial } = spec.lanes[0];
  const initializer = initial.kind === "random" ? initial.initializer : "xavier";
  return { ...spec, lanes: spec.lanes.map((lane) => ({ ...lane, initial: { kind: "random", initializer, seed } })) };
}

/** The seed that the lanes start from, null where they start from given weights. @param {RunSpec} spec */
export function seedOf(spec) {
  const { initial } = spec.lanes[0];
  return initial.kind === "random" ? initial.seed : null;
}

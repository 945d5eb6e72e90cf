// @ts-check
// Which rate takes the same steps in another convention: a sum is as many times a mean as it has rows, and the ½ halves it. No DOM.

/** @typedef {import("./types.js").RunSpec} RunSpec */
/** @typedef {Pick<RunSpec, "data"|"reduction"|"batch">} Rows */

/** How many times its mean a gradient is, as it is written. @param {Rows} spec */
const times = ({ data, reduction = "mean", batch }) => (reduction === "sum" ? Math.min(batch ?? data.x.length, data.x.length) : 1);

/** How large a gradient is written, beside that of a mean without ½. @param {RunSpec} spec */
const scale = (spec) => times(spec) * (spec.loss === "half_squared_error" ? 0.5 : 1);

/** A rate that is meant for the mean over the rows, as this run has it. @param {number} rate @param {Rows} spec */
export const rateFor = (rate, spec) => rate / times(spec);

/** A run written with other conventions: its rates change, so that its steps do not, where they go by a gradient's size (Adam's and RMSprop's hardly do). @param {RunSpec} spec @param {Pick<Partial<RunSpec>, "loss"|"reduction">} conventions @returns {RunSpec} */
export function rewritten(spec, conventions) {
  const next = { ...spec, ...conventions };
  const factor = scale(spec) / scale(next);
  return { ...next, lanes: spec.lanes.map((lane) => ({ ...lane, learning_rate: lane.learning_rate * factor })) };
}

/** Whether a run takes the steps of another one, but for its rate and whatever it starts from. @param {RunSpec} spec @param {RunSpec} other */
export function trainsLike(spec, other) {
  const rest = (/** @type {RunSpec} */ { layers, activations, loss, biases, data, batch = null, lanes: [{ optimizer = "sgd" }] }) => JSON.stringify([layers, activations, loss, biases, data, batch, optimizer]);
  return rest(spec) === rest(other);
}

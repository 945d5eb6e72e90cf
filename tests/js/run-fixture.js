// @ts-check
/** Answers to `run` to test with, laid out by hand as docs/protocol.md says. Every number tells its run, lane and epoch. */

/** @typedef {import("../../static/js/types.js").RunAnswer} RunAnswer */
/** @typedef {import("../../static/js/types.js").RunSpec} RunSpec */
/** @typedef {import("../../static/js/types.js").Verdict} Verdict */

/** @type {Verdict["kind"][]} */
export const KINDS = ["ready", "begun", "crawling", "learning", "solved", "stuck", "worse", "bouncing", "cycling", "chaotic", "diverged"];
export const PARAMETERS = 3;

/** The loss of a lane at an epoch. @param {number} tag @param {number} lane @param {number} epoch */
export const lossAt = (tag, lane, epoch) => tag * 1e6 + lane * 1e5 + epoch;

/**
 * @param {{epoch: number, stop: number, every?: number | null, grid?: number}} asked
 * @param {{lanes?: number, tag?: number, diverged?: (number | null)[], longest?: number}} [engine] longest: epochs in an answer
 * @returns {RunAnswer}
 */
export function answerTo({ epoch, stop: asked, every = null, grid = 0 }, { lanes = 2, tag = 1, diverged = Array(lanes).fill(null), longest = Infinity } = {}) {
  const stop = Math.min(asked, epoch + longest);
  const epochs = Array.from({ length: stop - epoch }, (_, i) => epoch + i);
  const frames = every === null ? [] : epochs.filter((e) => e % every === 0);
  const each = Array.from({ length: lanes }, (_, lane) => lane);
  /** @type {number[]} */ const floats = each.flatMap((lane) => epochs.map((e) => lossAt(tag, lane, e)));
  /** @type {number[]} */ const wholes = [];
  /** @type {number[]} */ const bytes = [];
  for (const e of frames) {
    for (const lane of each) {
      floats.push(tag, lane, e, e + 0.25, e + 0.5, lane === 1 ? -1 : 0.125);
      wholes.push(KINDS.indexOf(e === 0 ? "ready" : "learning"), e, lane, e);
      for (let k = 0; k < grid * grid; k += 1) bytes.push((e + lane + k) % 256);
    }
  }
  const body = new ArrayBuffer(8 * floats.length + 4 * wholes.length + bytes.length);
  const view = new DataView(body);
  floats.forEach((number, i) => view.setFloat64(8 * i, number, true));
  wholes.forEach((number, i) => view.setInt32(8 * floats.length + 4 * i, number, true));
  bytes.forEach((number, i) => view.setUint8(8 * floats.length + 4 * wholes.length + i, number));
  const gone = diverged.map((at) => (at !== null && at < stop ? at : null));
  return { ok: true, epoch, stop, frames, diverged: gone, parameters: PARAMETERS, samples: 2, outputs: 1,
    grid: frames.length ? grid : 0, finish: 0.2, low: -0.25, high: 1.25, body };
}

/** A spec of so many lanes. @param {number[]} rates @param {number} [seed] @returns {RunSpec} */
export function specOf(rates, seed = 7) {
  return { v: 1, layers: [2, 4, 1], activations: ["tanh", "sigmoid"], loss: "binary_cross_entropy", biases: true,
    data: { x: [[0, 0], [1, 1]], y: [[0], [1]] },
    lanes: rates.map((rate) => ({ learning_rate: rate, initial: { kind: "random", initializer: "xavier", seed } })) };
}

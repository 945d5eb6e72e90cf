// @ts-check
// What adding up instead of averaging does to the steps of a run, and what scaling does to an optimiser's, in words. No DOM.

/** @typedef {Pick<import("./types.js").RunSpec, "data"|"batch"|"lanes">} Steps */

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
/** Their step is the learning rate times what the gradient is, or was. */
const SCALES = ["sgd", "momentum", "nesterov"];
/** They divide by the gradient's own size. @type {Readonly<Record<string, string>>} */
const ADAPTS = Object.freeze({ adam: "Adam’s", rmsprop: "RMSprop’s" });

/** What becomes of a run's steps when its rows are added up instead of averaged. @param {Steps} spec */
export function reductionNote(spec) {
  const rows = spec.data.x.length;
  const taken = Math.min(spec.batch ?? rows, rows);
  const who = taken < rows ? "A step" : "An epoch";
  if (taken === 1) return `${who} takes one row, which is its own mean, so ${taken < rows ? "no step" : "nothing"} changes.`;
  const adaptive = adaptiveNote(spec);
  if (rows % taken !== 0) return joined(`A step takes ${count(taken)} rows, an epoch’s last step fewer: a sum is as many times a mean as there are rows.`, adaptive);
  const rate = optimizersOf(spec).every((name) => SCALES.includes(name)) ? `, as if the learning rate were ${times(taken)} as large` : "";
  return joined(`${who} takes ${count(taken)} rows: their sum is ${times(taken)} their mean${rate}.`, adaptive);
}

/** Whose steps hardly change when all gradients are scaled alike; "" if nobody's. @param {Pick<Steps, "lanes">} spec */
export function adaptiveNote(spec) {
  const names = [...new Set(optimizersOf(spec).flatMap((name) => ADAPTS[name] ?? []))].sort();
  return names.length ? `${names.join(" and ")} steps hardly change.` : "";
}

/** @param {Pick<Steps, "lanes">} spec */
const optimizersOf = ({ lanes }) => lanes.map(({ optimizer = "sgd" }) => optimizer);
/** @param {number} n */
const count = (n) => COUNTS[n] ?? String(n);
/** @param {number} n */
const times = (n) => (n === 2 ? "twice" : `${count(n)} times`);
/** @param {string[]} sentences */
const joined = (...sentences) => sentences.filter(Boolean).join(" ");

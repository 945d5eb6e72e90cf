// @ts-check
// What is said of what guessing costs. No DOM.
import { number, plain } from "./format.js";
import { rateFor, trainsLike } from "./same-steps.js";
import { count } from "./ticks.js";

/** @typedef {import("./cost-picture.js").CostMethod} CostMethod */
/** @typedef {import("./cost-picture.js").CostResults} CostResults */

/** @typedef {import("./types.js").RunSpec} RunSpec */
/** The run that stands above the chart, and the one that was measured: it puts its rows together by their mean. @typedef {{above: RunSpec, measured: RunSpec}} Runs */

/** @param {CostMethod} method @param {Runs} runs */
export function methodLabel({ name, settings }, runs) {
  if (name === "guessing") return "guessing and selecting";
  if (name === "single_neuron") return "a single neuron";
  return `backpropagation, rate ${plain(rateOf({ settings }, runs))}`;
}

/** The rate that takes the measured steps where rows are put together as they are above. @param {Pick<CostMethod, "settings">} method @param {Runs} runs */
export const rateOf = ({ settings }, { above, measured }) => rateFor(settings.learning_rate, { ...measured, reduction: above.reduction });

/** Whether the run above takes the measured steps. @param {CostMethod} method @param {Runs} runs */
export const isAbove = (method, runs) => trainsLike(runs.above, runs.measured) && runs.above.lanes[0].learning_rate === rateOf(method, runs);

/** What the rates are rates of. @param {Runs} runs @returns {string} */
export function ratesWords({ above }) {
  const [here, there, much] = above.reduction === "sum" ? ["sum", "mean", "four times"] : ["mean", "sum", "a quarter of"];
  return `Rates are those of the ${here} over the four rows; with the ${there}, ${much} each takes the same steps. The loss drawn is the mean.`;
}

/** How many evaluations it took half of the starts. @param {{quartiles: (number|null)[]}} method @returns {string} */
export function halfSolved({ quartiles: [, half] }) {
  return half === null ? "never" : count(half);
}

/**
 * How many times as many evaluations as the other took: `2.3`, `20`.
 * @param {{quartiles: (number|null)[]}} method @param {{quartiles: (number|null)[]}} other
 * @returns {string}
 */
export function timesAsMany({ quartiles: [, half] }, { quartiles: [, others] }) {
  if (half === null || others === null) return "–";
  const times = half / others;
  return number(times, { digits: times < 9.95 ? 1 : 0 });
}

/** @param {CostResults} results @param {string} name */
export function methodOf({ methods }, name) {
  const found = methods.find((method) => method.name === name);
  if (!found) throw new Error(`The results have no ${name}.`);
  return found;
}

/** The settings of guessing, in words. @param {Record<string, number>} settings */
export function guessingWords({ population, elite, mutation, start }) {
  const kept = elite === 1 ? "one network is kept" : `${elite} networks are kept`;
  const tried = population - elite === 1 ? "one changed copy of it is tried" : `${population - elite} changed copies are tried`;
  return `${kept}, ${tried} at a time; every weight of a copy moves by a normal random number of deviation ${plain(mutation)}, the first weights are drawn with deviation ${plain(start)}`;
}

// @ts-check
// The engine's verdicts in words. No DOM.
import { number } from "./format.js";
import { count } from "./ticks.js";

/** @typedef {import("./types.js").LaneFrame} LaneFrame */

/**
 * @param {LaneFrame["verdict"]} verdict
 * @returns {string}
 */
export function headline({ kind, at }) {
  switch (kind) {
    case "ready": return "Ready";
    case "begun": return "Just begun";
    case "crawling": return "Still crawling";
    case "learning": return "Learning";
    case "solved": return `Solved at epoch ${count(at)}`;
    case "stuck": return "Stuck";
    case "worse": return "Worse than at first";
    case "bouncing": return "Bouncing";
    case "cycling": return "Going in circles";
    case "chaotic": return "Chaotic";
    case "diverged": return `Diverged at epoch ${count(at)}`;
  }
}

/**
 * The numbers that bear the verdict out, in a sentence or two.
 * @param {LaneFrame} lane @param {number} first its loss at epoch 0
 * @returns {string}
 */
export function evidence({ verdict, loss }, first) {
  const { kind, at, uphill, steps } = verdict;
  const now = loss === null ? "" : number(loss, { digits: 3 });
  const began = number(first, { digits: 3 });
  const worse = loss !== null && loss > first;
  switch (kind) {
    case "ready": return `Loss ${now}. No step taken yet.`;
    case "crawling": if (loss !== null && loss >= first) return `After ${count(steps)} ${steps === 1 ? "step" : "steps"} the loss is ${now}, no better than the ${began} it began with.`;
      return `After ${count(steps)} ${steps === 1 ? "step" : "steps"}${uphill === 0 ? ", none of them uphill," : ""} the loss is only ${now}, from ${began}.${uphill === 0 ? "" : ` ${stepsUphill(uphill, steps)}.`}`;
    case "begun": case "learning": return `Loss ${now}, from ${began}. ${stepsUphill(uphill, steps)}.`;
    case "solved": return `Loss ${now}. ${stepsUphill(uphill, steps)}.`;
    case "stuck": return `The loss has hardly moved from ${now} since ${epochs(at)}${worse ? `; it began with ${began}` : ""}.`;
    case "worse": return `The loss is ${now}; it began with ${began}. ${stepsUphill(uphill, steps)}.`;
    case "bouncing": return `To and fro between the same two losses since ${epochs(at)}. ${stepsUphill(uphill, steps)}.`;
    case "cycling": return `Round the same few losses since ${epochs(at)}. ${stepsUphill(uphill, steps)}.`;
    case "chaotic": return `${stepsUphill(uphill, steps)}. The loss, ${now}, ${worse ? "is worse than at the start." : "does not settle."}`;
    case "diverged": return `${uphill === steps ? "Every step raised the loss" : stepsUphill(uphill, steps)}, until its numbers could not be written down. You see the last state before that.`;
  }
}

/** @param {number} at */
const epochs = (at) => (at === 0 ? "the start" : `epoch ${count(at)}`);

/** A flat step is none uphill. @param {number} uphill @param {number} steps */
const stepsUphill = (uphill, steps) => `${uphill === 0 ? "No step" : `${count(uphill)} of ${count(steps)} ${steps === 1 ? "step" : "steps"}`} went uphill`;

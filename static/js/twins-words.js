// @ts-check
// What figure `twins` says. No DOM.
import { number } from "./format.js";
import { count } from "./ticks.js";
import { alike } from "./twins-plan.js";
import { headline } from "./verdict-words.js";

/** @typedef {import("./types.js").LaneFrame} LaneFrame */

/** @param {LaneFrame} lane @param {number} epoch */
export function twinsHeadline(lane, epoch) {
  if (!alike(lane.parameters)) return epoch === 0 ? "Almost alike" : `Parted. ${headline(lane.verdict)}`;
  return epoch === 0 ? "Alike at the start" : `Alike to the last bit after ${count(epoch)} ${epoch === 1 ? "epoch" : "epochs"}`;
}

/** @param {LaneFrame} lane @param {number} epoch @param {number} by how much one weight was nudged */
export function twinsEvidence(lane, epoch, by) {
  const loss = lane.loss === null ? "" : `Mean loss ${number(lane.loss, { digits: 3 })}. `;
  const says = `The four rows get ${[...lane.outputs].map((output) => number(output, { digits: 2 })).join(", ")}. `;
  if (!alike(lane.parameters)) {
    return epoch === 0 ? `${loss}One weight, from A to h1, is ${by} larger. Nothing else differs.`
      : `${loss}${says}Each neuron gets its own blame now, and finds its own work.`;
  }
  return epoch === 0 ? `${loss}Same weights in, same weight out: the two neurons can only get the same blame.`
    : `${loss}${says}Same blame, same change, every time: two neurons do the work of one, and one cannot solve XOR.`;
}

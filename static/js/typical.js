// @ts-check
// How typical a run was, from the epochs at which many starts solved it. No DOM.
import { count } from "./ticks.js";

/** @typedef {import("./types.js").Typical} Typical */
/** @typedef {import("./types.js").RunSpec} RunSpec */

const BINS = 40;

/** What the question depends on: all but where this run happens to start. @param {RunSpec} spec @param {number} epochs */
export function typicalKey(spec, epochs) {
  const [{ initial, ...lane }] = spec.lanes;
  const drawn = initial.kind === "random" ? initial.initializer : "xavier";
  return JSON.stringify([{ ...spec, lanes: [lane] }, drawn, epochs]);
}

/** Count the starts by the epoch at which they solved it. @param {Typical} typical */
export function binned({ solved, epochs }) {
  const binWidth = Math.max(1, Math.ceil(epochs / BINS));
  const counts = new Array(Math.ceil((epochs + 1) / binWidth)).fill(0);
  let unsolved = 0;
  for (const epoch of solved) {
    if (epoch === null) unsolved += 1;
    else counts[Math.floor(epoch / binWidth)] += 1;
  }
  return { counts, binWidth, unsolved };
}

/** @param {Typical} typical */
export function typicalWords({ solved, share, median, epochs }) {
  const percent = `${(share * 100).toFixed(1).replace(/\.0$/, "")} %`;
  const half = median === null ? "" : `, half of them by epoch ${count(Math.round(median))}`;
  const within = `${count(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
  return share === 0 ? `Of ${solved.length} other starts, none solves it within ${within}.`
    : `Of ${solved.length} other starts, ${percent} solve it within ${within}${half}.`;
}

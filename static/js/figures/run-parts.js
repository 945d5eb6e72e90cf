// @ts-check
// What figures of a run have in common: tables of truth, marks on the curve, a line of words.
import { html, nothing } from "../../vendor/lit.js";

/** @typedef {import("./run-session.js").RunSession} RunSession */
/** @typedef {import("../types.js").LaneFrame} LaneFrame */
/** @typedef {import("../types.js").RunSpec} RunSpec */

const SOLVED_WITHIN = 0.2; // docs/conventions.md

/**
 * The rows of a table of truth, of a network with one output.
 * @param {RunSpec} spec @param {LaneFrame|null} lane
 */
export function truthRows(spec, lane) {
  return spec.data.x.map((inputs, i) => {
    const expected = spec.data.y[i][0];
    const output = lane ? lane.outputs[i] : null;
    return { inputs, expected, output, right: output === null ? null : Math.abs(output - expected) <= SOLVED_WITHIN };
  });
}

/** The samples as points of the surface. @param {RunSpec} spec */
export const pointsOf = (spec) => spec.data.x.map(([x, y], i) => ({ x, y, target: spec.data.y[i][0] }));

/** What the chart marks: where a lane was solved, or diverged. @param {LaneFrame[]} lanes @param {number[]} styles */
export function marksOf(lanes, styles) {
  return lanes.flatMap(({ verdict: { kind, at } }, i) => (
    kind === "solved" ? [{ lane: styles[i], epoch: at, text: `solved, epoch ${at}` }]
      : kind === "diverged" ? [{ lane: styles[i], epoch: at, text: `diverged, epoch ${at}` }] : []));
}

/** What is not as usual, in words. @param {RunSession} session @param {string} status */
export function lineOfWords({ refusal, frame, exactly, connection }, status) {
  if (refusal) return html`<p class="line-of-words refusal" role="alert">${refusal.message}</p>`;
  if (status !== "connected" && connection) return html`<p class="line-of-words">${frame ? "Reconnecting. What was received stays usable." : "Connecting to the engine …"}</p>`;
  if (!frame) return html`<p class="line-of-words">The engine is working out the start …</p>`;
  return exactly ? nothing : html`<p class="line-of-words vh">Waiting for the engine …</p>`;
}

/** A seed for a new start: any whole number that a spec takes. */
export const drawSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] % 100000;

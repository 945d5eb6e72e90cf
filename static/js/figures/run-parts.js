// @ts-check
// What figures of a run have in common: what their buttons do, tables of truth, marks on the curve, a line of words.
import { html, nothing } from "../../vendor/lit.js";
import { fromSeed } from "../lane-specs.js";

/** @typedef {import("./run-session.js").RunSession} RunSession */
/** @typedef {import("../types.js").LaneFrame} LaneFrame */
/** @typedef {import("../types.js").RunSpec} RunSpec */

const SOLVED_WITHIN = 0.2; // docs/conventions.md
const RATE = "lanes.learning_rate";

/** Do what a button of the deck says. @param {RunSession} session @param {string} act */
export function actOn(session, act) {
  switch (act) {
    case "start": return session.start();
    case "pause": return session.pause();
    case "step": return session.step(1);
    case "back": return session.step(-1);
    case "reset": return session.reset();
    case "new-weights": return void session.propose(fromSeed(session.wanted, drawSeed()));
  }
}

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

/** Why a rate was not taken, where that is what was refused. @param {RunSession} session */
export const rateRefusal = ({ refusal }) => (refusal?.field === RATE ? refusal : null);

/** Said at the field itself. @param {{message: string}|null} refusal @param {string} id */
export const atField = (refusal, id) => (refusal ? html`<p class="refusal field-refusal" role="alert" id=${id}>${refusal.message}</p>` : nothing);

/** What is not as usual, in words. @param {RunSession} session @param {string} status @param {boolean} [told] a refusal is told at its field */
export function lineOfWords({ refusal, frame, exactly, connection }, status, told = false) {
  if (refusal && !told) return html`<p class="line-of-words refusal" role="alert">${refusal.message}</p>`;
  if (status !== "connected" && connection) return html`<p class="line-of-words ${frame ? "" : "above"}">${frame ? "Reconnecting. What was received stays usable." : "Connecting to the engine …"}</p>`;
  if (!frame) return html`<p class="line-of-words above">The engine is working out the start …</p>`;
  return exactly ? nothing : html`<p class="line-of-words vh">Waiting for the engine …</p>`;
}

/** What the dotted line says, and what it does not. @param {RunSession} session @param {string} who */
export const finishWords = ({ finish }, who) => (finish === null ? nothing
  : html`On the dotted line every row is off by <span class="n">0.2</span>. ${who} may cross it with one row still further off; it is solved where its mark stands, with every row within <span class="n">0.2</span>.`);

/** Which loss is drawn. @param {RunSpec} spec @param {import("../types.js").Boot} boot */
export function lossWords({ loss, reduction }, boot) {
  const label = boot.catalog.losses.find(({ name }) => name === loss)?.label ?? loss;
  return `${label[0].toUpperCase()}${label.slice(1)}, the ${reduction === "sum" ? "sum" : "mean"} over the rows`;
}

/** A seed for a new start: any whole number that a spec takes. */
const drawSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] % 100000;

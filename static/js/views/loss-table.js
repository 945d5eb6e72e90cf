// @ts-check
import { html } from "../../vendor/lit.js";
import { number } from "../format.js";
import { sampledEpochs } from "../sampled-epochs.js";
import { count } from "../ticks.js";
import { laneLabel } from "./lane-key.js";
import { numberText } from "./number-text.js";

/** @typedef {import("../types.js").LaneCurve} LaneCurve */

/**
 * The table twin of a chart of losses: some epochs spread evenly, and the one at hand.
 * @param {readonly LaneCurve[]} curves @param {readonly string[]} labels @param {number} epoch @param {string} label
 */
export function lossTable(curves, labels, epoch, label) {
  const last = Math.max(0, ...curves.map((curve) => curve.known - 1));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}, by epoch"><table class="t-losses">
    <caption class="vh">${label}, by epoch</caption>
    <thead><tr><th scope="col" class="num">Epoch</th>${curves.map((_, i) => html`<th scope="col" class="num">${labels[i] ? laneLabel(labels[i]) : "Loss"}</th>`)}</tr></thead>
    <tbody>${sampledEpochs(last, epoch).map((e) => html`<tr class=${e === Math.min(epoch, last) ? "touch" : ""}>
      <th scope="row" class="num n">${count(e)}</th>${curves.map((curve) => html`<td class="num">${cell(curve, e)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** @param {LaneCurve} curve @param {number} epoch */
function cell({ losses, known, diverged }, epoch) {
  if (diverged !== null && epoch >= diverged) return html`<span class="none">diverged</span>`;
  return epoch < known ? numberText(number(losses[epoch])) : html`<span class="blank" aria-label="not yet">····</span>`;
}

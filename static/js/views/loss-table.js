// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { sampledEpochs } from "../sampled-epochs.js";
import { count } from "../ticks.js";
import { laneLabel } from "./lane-key.js";
import { numberText } from "./number-text.js";

/** @typedef {import("../types.js").LaneCurve} LaneCurve */

/**
 * The table twin of a chart of losses: some epochs spread evenly, the one at hand, and those that are marked.
 * @param {{curves: readonly LaneCurve[], labels: readonly string[], lanes: readonly number[], epoch: number, label: string,
 *   finish: number|null, marks: readonly import("../loss-picture.js").Mark[]}} chart
 */
export function lossTable({ curves, labels, lanes, epoch, label, finish, marks }) {
  const last = Math.max(0, ...curves.map((curve) => curve.known - 1));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}, by epoch"><table class="t-losses">
    <caption class="vh">${label}, by epoch</caption>
    <thead><tr><th scope="col" class="num">Epoch</th>${curves.map((_, i) => html`<th scope="col" class="num">${labels[i] ? laneLabel(labels[i]) : "Loss"}</th>`)}</tr></thead>
    <tbody>${withMarks(sampledEpochs(last, epoch), marks, last).map((e) => html`<tr class=${e === Math.min(epoch, last) ? "touch" : ""}>
      <th scope="row" class="num n">${count(e)}</th>${curves.map((curve, i) => html`<td class="num">${solvedAt(marks, lanes[i] ?? i + 1, e)}${cell(curve, e)}</td>`)}</tr>`)}</tbody></table></div>
    ${finish === null ? nothing : html`<p class="key">With every row off by <span class="n">0.2</span> the loss is <span class="n">${number(finish)}</span>.</p>`}`;
}

/** @param {readonly number[]} epochs @param {readonly import("../loss-picture.js").Mark[]} marks @param {number} last */
function withMarks(epochs, marks, last) {
  return [...new Set([...epochs, ...marks.map((mark) => mark.epoch).filter((e) => e <= last)])].sort((a, b) => a - b);
}

/** @param {readonly import("../loss-picture.js").Mark[]} marks @param {number} lane @param {number} epoch */
function solvedAt(marks, lane, epoch) {
  return marks.some((mark) => mark.lane === lane && mark.epoch === epoch && mark.text.startsWith("solved")) ? html`<small>solved</small> ` : nothing;
}

/** @param {LaneCurve} curve @param {number} epoch */
function cell({ losses, known, diverged }, epoch) {
  if (diverged !== null && epoch >= diverged) return html`<span class="none">diverged</span>`;
  return epoch < known ? numberText(number(losses[epoch])) : html`<span class="blank" aria-label="not yet">····</span>`;
}

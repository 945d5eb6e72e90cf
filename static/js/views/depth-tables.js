// @ts-check
import { html } from "../../vendor/lit.js";
import { arrives, percent, scaleLabel, size } from "../depth-words.js";
import { numberText } from "./number-text.js";

/** @typedef {import("../types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("../types.js").DepthCurve} DepthCurve */
/** @typedef {Record<string, string>} Names */

/** Each curve in one row. @param {DepthAnswer} answer @param {Names} names */
export function fatesTable({ curves, depth }, names) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What becomes of the blame"><table class="t-depth t-fates">
    <caption class="vh">What becomes of the blame</caption>
    <thead><tr><th scope="col">Neurons, weights</th><th scope="col">Verdict</th><th scope="col">The first layer gets</th><th scope="col" class="num">Blame, last layer</th><th scope="col" class="num">Blame, first layer</th>
      <th scope="col" class="num">Weights’ gradient, last layer</th><th scope="col" class="num">Weights’ gradient, first layer</th><th scope="col" class="num">Flat slopes</th></tr></thead>
    <tbody>${curves.map((curve) => html`<tr><th scope="row">${names[curve.activation]} <small class="n">${names[curve.initializer]} ${scaleLabel(curve.scale)}</small></th><td>${curve.verdict}</td><td>${numberText(arrives(curve.ratio))}</td>
      ${[curve.blame, curve.gradients].map(({ median }) => html`${cell(median[depth - 1])}${cell(median[0])}`)}<td class="num">${percent(curve.flat)}</td></tr>`)}</tbody></table></div>`;
}

/** The picture's curves, layer by layer. @param {DepthAnswer} answer @param {Names} names */
export function layersTable({ curves, depth }, names) {
  const layers = Array.from({ length: depth }, (_, i) => depth - i);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The blame by layer"><table class="t-depth">
    <caption class="vh">Median of the blame by layer, where the output’s is 1, and the middle half of the starts</caption>
    <thead><tr><th scope="col">Layer</th>${curves.map((curve) => html`<th scope="col" class="num">${names[curve.activation]} ${scaleLabel(curve.scale)}</th>`)}</tr></thead>
    <tbody>${layers.map((layer) => html`<tr><th scope="row" class="n">${layer}</th>${curves.map((curve) => shareCell(curve, layer - 1))}</tr>`)}</tbody></table></div>`;
}

/** @param {DepthCurve} curve @param {number} i */
function shareCell({ shares }, i) {
  return html`<td class="num">${numberText(size(shares.median[i]))} <small>${numberText(size(shares.low[i]))} to ${numberText(size(shares.high[i]))}</small></td>`;
}

/** @param {number|null} value */
const cell = (value) => html`<td class="num">${numberText(size(value))}</td>`;

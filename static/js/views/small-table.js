// @ts-check
import { html } from "../../vendor/lit.js";
import { number } from "../format.js";
import { numberText } from "./number-text.js";
import { smallNameText } from "./small-name.js";

/** @typedef {import("../small-layout.js").SmallLayout} SmallLayout */

/**
 * The table twin of the small network: every weight, then every bias.
 * @param {SmallLayout} layout @param {readonly string[]} names @param {ArrayLike<number>} parameters
 */
export function smallTable({ edges, nodes }, names, parameters) {
  const biased = nodes.filter((node) => node.bias !== null);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Weights and biases"><table class="t-small">
    <caption class="vh">Weights and biases</caption>
    <thead><tr><th scope="col">Weight</th><th scope="col" class="num">Value</th></tr></thead>
    <tbody>${edges.map(({ from, to, index }) => html`<tr><th scope="row"><span class="edge-name">${smallNameText(from.id, names)}<span class="to">→</span>${smallNameText(to.id, names)}</span></th>
      <td class="num">${numberText(number(parameters[index] ?? 0))}</td></tr>`)}
      ${biased.map((node) => html`<tr><th scope="row">bias of ${smallNameText(node.id, names)}</th><td class="num">${numberText(number(parameters[/** @type {number} */ (node.bias)] ?? 0))}</td></tr>`)}</tbody></table></div>`;
}

// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { nameParts } from "./svg-number.js";

/** A node's name in running text. @param {string} id */
export function nodeName(id) {
  if (id === "b") return html`<span class="n">1</span>`;
  const [letter, sup, sub] = nameParts(id);
  return html`<span class="node-name"><i>${letter}</i>${sup ? html`<sup>${sup}</sup>` : nothing}<sub>${sub}</sub></span>`;
}

/** A weight's name: where it runs from and to. @param {string} edge */
export function edgeName(edge) {
  const [from, to] = edge.split(">");
  return html`<span class="edge-name">${nodeName(from)}<span class="to">→</span>${nodeName(to)}</span>`;
}

const NODE = /\b([xho]\d+(?:_\d+)?)\b/;

/** A sentence in which node names are set as names. @param {string} text */
export function withNames(text) {
  return text.split(NODE).map((part, i) => (i % 2 ? nodeName(part) : part));
}

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { nameParts } from "./svg-number.js";
import { nodeName } from "./name.js";

/** The input's own name, where it has one. @param {string} id @param {readonly string[]} names @returns {string|null} */
const givenName = (id, names) => (id.startsWith("x") ? names[Number(id.slice(1)) - 1] ?? null : null);

/** A node's name in the middle of its shape. @param {string} id @param {readonly string[]} names @param {number} x @param {number} y */
export function smallName(id, names, x, y) {
  const given = givenName(id, names);
  if (given !== null) return svg`<text class="node-t" x=${x} y=${y + 5.5} text-anchor="middle">${given}</text>`;
  const [letter, sup, sub] = nameParts(id);
  return svg`<text class="node-t" x=${x} y=${y + 4.5} text-anchor="middle">${letter}<tspan class="sub" dy="4">${sub}</tspan>${
    sup ? svg`<tspan class="sub" dx="-0.55em" dy="-10">${sup}</tspan>` : nothing}</text>`;
}

/** The same in running text. @param {string} id @param {readonly string[]} names */
export function smallNameText(id, names) {
  const given = givenName(id, names);
  return given === null ? nodeName(id) : html`<i class="var">${given}</i>`;
}

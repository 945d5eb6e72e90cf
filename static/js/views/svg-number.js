// @ts-check
import { nothing, svg } from "../../vendor/lit.js";
import { number, spokenName } from "../format.js";
import { svgNumberText } from "./number-text.js";

/** @typedef {import("./network.js").Picture} Picture */

/**
 * A number of the picture that can be asked where it comes from.
 * @param {Picture} p @param {string} id @param {string} text what stands there, in words @param {unknown} content
 */
export function askable(p, id, text, content) {
  return svg`<g class="num-g ${p.asked === id ? "asked" : ""} ${p.lit.has(id) ? "lit" : ""}" role="button" tabindex="0" data-ask=${id} aria-label="${text}, ${spokenName(id, p.sign)}">${content}</g>`;
}

/**
 * A value in a slot of fixed width: known, live, or not yet.
 * @param {Picture} p @param {string} id @param {number} x @param {number} y
 * @param {{anchor?: "start"|"middle"|"end", size?: string, sign?: boolean}} [options]
 */
export function slot(p, id, x, y, { anchor = "middle", size = "", sign = false } = {}) {
  const value = p.show(id);
  if (value === null) {
    const stale = p.stale.get(id);
    if (stale !== undefined) {
      return svg`<text class="n ${size} stale" x=${x} y=${y} text-anchor=${anchor}>${svgNumberText(number(stale, { sign }))}</text>`;
    }
    const x0 = anchor === "middle" ? x - 9 : x;
    return svg`<line class="slot" x1=${x0} y1=${y - 6} x2=${x0 + 18.2} y2=${y - 6}></line>`;
  }
  const live = p.liveId === id ? `strong ${p.phase}` : "";
  return askable(p, id, number(value, { sign }), svg`
    <rect class="hit" x=${x - (anchor === "middle" ? 34 : 6)} y=${y - 30} width="68" height="48" rx="8"></rect>
    <text class="n ${size} ${live}" x=${x} y=${y} text-anchor=${anchor}>${svgNumberText(number(value, { sign }))}</text>`);
}

/**
 * A node's name in italic serif with its index below.
 * @param {string} id @param {number} x @param {number} y @param {"start"|"middle"|"end"} anchor
 */
export function name(id, x, y, anchor) {
  const [letter, sup, sub] = nameParts(id);
  return svg`<text class="name" x=${x} y=${y} text-anchor=${anchor}>${letter}<tspan class="sub" dy="5">${sub}</tspan>${
    sup ? svg`<tspan class="sub" dx="-0.55em" dy="-12">${sup}</tspan>` : nothing}</text>`;
}

/**
 * "h1_2" is the second neuron of the first hidden layer.
 * @param {string} id @returns {[string, string, string]}
 */
export function nameParts(id) {
  const [first, index] = id.slice(1).split("_");
  return index === undefined ? [id[0], "", first] : [id[0], first, index];
}

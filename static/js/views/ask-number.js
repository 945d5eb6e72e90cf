// @ts-check
import { html } from "../../vendor/lit.js";
import { number } from "../format.js";
import { numberText } from "./number-text.js";

/**
 * A number that can be asked where it comes from.
 * @param {string} id @param {number} value
 * @param {{sign?: boolean, mark?: "forward"|"backward"|"update"|"", strong?: boolean}} [options]
 */
export function askNumber(id, value, { sign = false, mark = "", strong = false } = {}) {
  const tri = mark === "backward" ? "◂" : mark === "update" ? "◆" : mark === "forward" ? "▸" : "";
  return html`<button type="button" class="num-b ${mark} ${strong ? "strong" : ""}" data-ask=${id}>${
    tri ? html`<span class="tri" aria-hidden="true">${tri}</span>` : ""}${numberText(number(value, { sign }))}</button>`;
}

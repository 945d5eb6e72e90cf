// @ts-check
// Pieces that the bars of a class have in common.
import { html } from "../../vendor/lit.js";
import { halves } from "../class-code.js";
import { edgeOf } from "../class-question.js";
import { number, spokenName } from "../format.js";
import { edgeName, nodeName } from "./name.js";
import { numberText } from "./number-text.js";

/** The code as it is read out, letter by letter. @param {string} code */
export const codeText = (code) => html`<span class="class-code n"><span class="vh">${[...code].join(" ")}</span>${halves(code).map((half) => html`<span aria-hidden="true">${half}</span>`)}</span>`;

/** The time at which a class ends, as clocks here say it. @param {number} ends seconds since 1970 */
export const timeText = (ends) => new Date(1000 * ends).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** A weight in a sentence. @param {string} about */
export function weightText(about) {
  const edge = edgeOf(about);
  if (edge === null) return spokenName(about);
  return edge.startsWith("b>") ? html`the bias of ${nodeName(edge.slice(2))}` : html`the weight ${edgeName(edge)}`;
}

/** @param {import("../class-question.js").Kind} kind @param {string} about */
export function questionText(kind, about) {
  return kind === "direction" ? html`Will ${weightText(about)} go up or down?` : html`By how much will ${weightText(about)} change?`;
}

/** What the change was, in a sentence; the number asks where it came from. @param {string} about @param {number} change @param {() => void} ask */
export function changeText(about, change, ask) {
  const edge = edgeOf(about) ?? about;
  const went = change > 0 ? "It goes up by" : change < 0 ? "It goes down by" : "It stays as it is: its change is";
  return html`<p class="class-change">${went} <button type="button" class="num-b strong" aria-label="${number(Math.abs(change))}: where does the change of the ${spokenName(edge)} come from?" @click=${ask}>${numberText(number(Math.abs(change)))}</button>.
    <button type="button" class="class-link" @click=${ask}>Where does that come from?</button></p>`;
}

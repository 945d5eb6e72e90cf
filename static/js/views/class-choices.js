// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { choicesOf, spokenQuestion } from "../class-question.js";
import { LightElement } from "./light-element.js";

const ARROWS = ["↑", "↓", "="];
const TICK = html`<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5l3.4 3.5L13 4.5"></path></svg>`;

/** The choices of a question: buttons to predict with, or how many took which. Emits `choose` with a choice. */
export class ClassChoices extends LightElement {
  static properties = { kind: { attribute: false }, about: { attribute: false }, counts: { attribute: false }, right: { attribute: false }, own: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../class-question.js").Kind} */ this.kind = "direction";
    /** @type {string} */ this.about = "";
    /** How many took each; null: it is for choosing. @type {number[]|null} */ this.counts = null;
    /** @type {number|null} */ this.right = null;
    /** What this learner chose. @type {number|null} */ this.own = null;
  }

  render() {
    const { kind, counts } = this;
    const choices = choicesOf(kind);
    if (!counts) return html`<div class="choices ${kind}" role="group" aria-label="Your prediction">${choices.map((name, k) => html`<button type="button" class="choice-cell" aria-pressed=${k === this.own ? "true" : "false"} @click=${() => this.emit("choose", k)}>${this.name(name, k)}</button>`)}</div>`;
    const most = Math.max(1, ...counts);
    return html`<div class="choices ${kind}" aria-hidden="true">${choices.map((name, k) => html`<div class="choice-cell counted ${k === this.right ? "is-right" : ""} ${k === this.own ? "is-own" : ""}">
        <span class="choice-line"><span>${this.name(name, k)}</span><b class="n">${counts[k] ?? 0}</b></span>
        <svg class="choice-bar" viewBox="0 0 100 10" preserveAspectRatio="none">${svg`<rect width=${(100 * (counts[k] ?? 0)) / most} height="10"></rect>`}</svg>
        <span class="choice-notes">${k === this.right ? html`<span class="right-mark">${TICK}right</span>` : nothing}${k === this.own ? html`<span>yours</span>` : nothing}</span>
      </div>`)}</div>${this.table(choices, counts)}`;
  }

  /** @param {string[]} choices @param {number[]} counts */
  table(choices, counts) {
    const note = (/** @type {number} */ k) => [k === this.right ? "right" : "", k === this.own ? "your prediction" : ""].filter(Boolean).join(", ");
    return html`<table class="vh"><caption>${spokenQuestion(this.kind, this.about)}</caption><thead><tr><th scope="col">Prediction</th><th scope="col">Learners</th></tr></thead>
      <tbody>${choices.map((name, k) => html`<tr><th scope="row">${name}${note(k) ? ` (${note(k)})` : nothing}</th><td>${counts[k] ?? 0}</td></tr>`)}</tbody></table>`;
  }

  /** @param {string} name @param {number} k */
  name(name, k) {
    if (this.kind === "direction") return html`<span class="choice-arrow" aria-hidden="true">${ARROWS[k]}</span> ${name}`;
    return html`<span class="n">${name}</span>`;
  }
}

customElements.define("bp-class-choices", ClassChoices);

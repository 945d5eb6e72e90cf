// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";
import { numberText } from "./number-text.js";

/** @typedef {import("../convention-evidence.js").Evidence} Evidence */

/** What a switch changed and what it did not, side by side; nothing before it was used. */
export class ConventionChange extends LightElement {
  static properties = { name: {}, evidence: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../convention-evidence.js").ConventionName} */ this.name = "sign";
    /** @type {Evidence|null} */ this.evidence = null;
  }

  render() {
    const { evidence } = this;
    return html`<p class="convention-note" role="status">${evidence?.note || nothing}</p>${evidence ? this.lists(evidence) : nothing}`;
  }

  /** @param {Evidence} evidence */
  lists({ changed, same }) {
    return html`<div class="convention-lists">
      ${changed.length ? html`<table class="convention-list"><caption>What changed</caption>
        <tbody>${changed.map(({ what, before, after }) => html`<tr><th scope="row">${what}</th>
          <td class="n"><span class="was">${numberText(before)}</span><span class="became"><span class="to" aria-hidden="true">→</span><span class="vh">became</span> ${numberText(after)}</span></td></tr>`)}</tbody></table>` : nothing}
      <table class="convention-list"><caption>What did not</caption>
        <tbody>${same.map(({ what, value }) => html`<tr><th scope="row">${what}</th><td class="n">${numberText(value)}</td></tr>`)}</tbody></table>
    </div>`;
  }
}

customElements.define("bp-convention-change", ConventionChange);

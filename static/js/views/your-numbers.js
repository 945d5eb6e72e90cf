// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";

/** A way back to the learner's own numbers, once a button in the text has put others in their place. Emits `take-back` and `keep`. */
export class YourNumbers extends LightElement {
  static properties = { offered: { attribute: false }, what: { attribute: false } };

  constructor() {
    super();
    this.offered = false;
    /** The figure's name in words. */ this.what = "";
  }

  render() {
    return html`<div role="status">${this.offered ? html`<p class="vh">A button in the text has put other numbers in the place of yours.</p>` : nothing}</div>
      ${this.offered ? html`<div class="your-numbers" role="group" aria-label="Your numbers in ${this.what}">
        <span aria-hidden="true">These numbers are the text’s.</span>
        <button type="button" class="btn" @click=${() => this.emit("take-back")}>Back to your numbers</button>
        <button type="button" class="btn" @click=${() => this.emit("keep")}>Keep these</button></div>` : nothing}`;
  }
}

customElements.define("bp-your-numbers", YourNumbers);

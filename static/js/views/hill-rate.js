// @ts-check
import { html, live, nothing } from "../../vendor/lit.js";
import { plain } from "../format.js";
import { SLIDER_STEPS, placeOf, rateAt } from "../hill-rate.js";
import { calmTouch } from "./calm-range.js";
import { LightElement } from "./light-element.js";

/** The learning rate: a slider of even factors, and its number. Emits `rate` with a number, `rate-text` with what was typed. */
export class HillRate extends LightElement {
  static properties = { rate: { attribute: false }, rates: { attribute: false }, refusal: { attribute: false } };

  constructor() {
    super();
    /** @type {number} */ this.rate = 0;
    /** @type {{low: number, high: number}} */ this.rates = { low: 0.01, high: 10 };
    /** Why the number that was typed is not in force. @type {string} */ this.refusal = "";
  }

  render() {
    const shown = plain(this.rate);
    return html`<div class="rate">
      <label class="rate-name" for="hill-rate">Learning rate <i>η</i></label>
      <input class="eta rate-n" inputmode="decimal" autocomplete="off" spellcheck="false" aria-label="Learning rate as a number" aria-invalid=${this.refusal ? "true" : "false"} aria-describedby=${this.refusal ? "hill-rate-refused" : nothing} .value=${live(shown)}
        @change=${(/** @type {Event} */ e) => this.emit("rate-text", /** @type {HTMLInputElement} */ (e.currentTarget).value)}>
      ${this.refusal ? html`<p class="refusal field-refusal" role="alert" id="hill-rate-refused">${this.refusal}</p>` : nothing}
      <input id="hill-rate" type="range" min="0" max=${SLIDER_STEPS} step="1" aria-label="Learning rate" aria-valuetext=${shown} .value=${live(String(placeOf(this.rate, this.rates)))}
        @input=${(/** @type {Event} */ e) => this.emit("rate", rateAt(Number(/** @type {HTMLInputElement} */ (e.currentTarget).value), this.rates))}>
      <span class="ends" aria-hidden="true"><span>barely moves</span><span>flies off</span></span>
    </div>`;
  }

  firstUpdated() {
    calmTouch(/** @type {HTMLInputElement} */ (this.querySelector("input[type=range]")));
  }
}

customElements.define("bp-hill-rate", HillRate);

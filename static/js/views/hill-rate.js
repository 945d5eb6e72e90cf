// @ts-check
import { html, live } from "../../vendor/lit.js";
import { plain } from "../format.js";
import { SLIDER_STEPS, placeOf, rateAt } from "../hill-rate.js";
import { LightElement } from "./light-element.js";

/** The learning rate: a slider of even factors, and its number. Emits `rate` with a number, `rate-text` with what was typed. */
export class HillRate extends LightElement {
  static properties = { rate: { attribute: false }, rates: { attribute: false }, refused: { attribute: false } };

  constructor() {
    super();
    /** @type {number} */ this.rate = 0;
    /** @type {{low: number, high: number}} */ this.rates = { low: 0.01, high: 10 };
    /** @type {boolean} */ this.refused = false;
  }

  render() {
    const shown = plain(this.rate);
    return html`<div class="rate">
      <label class="rate-name" for="hill-rate">Learning rate <i>η</i></label>
      <input class="eta rate-n" inputmode="decimal" autocomplete="off" spellcheck="false" aria-label="Learning rate as a number" aria-invalid=${this.refused ? "true" : "false"} .value=${live(shown)}
        @change=${(/** @type {Event} */ e) => this.emit("rate-text", /** @type {HTMLInputElement} */ (e.currentTarget).value)}>
      <input id="hill-rate" type="range" min="0" max=${SLIDER_STEPS} step="1" aria-label="Learning rate" aria-valuetext=${shown} .value=${live(String(placeOf(this.rate, this.rates)))}
        @input=${(/** @type {Event} */ e) => this.emit("rate", rateAt(Number(/** @type {HTMLInputElement} */ (e.currentTarget).value), this.rates))}>
      <span class="ends" aria-hidden="true"><span>barely moves</span><span>flies off</span></span>
    </div>`;
  }
}

customElements.define("bp-hill-rate", HillRate);

// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { exact } from "../format.js";
import { LightElement } from "./light-element.js";

/**
 * A learning rate to type. Emits `rate-text` with what was typed. A number that was refused stays until the field is
 * left; then the one in force comes back, and the reason stays where `refusalId` is.
 */
export class RateField extends LightElement {
  static properties = { rate: { attribute: false }, name: { attribute: false }, refusal: { attribute: false }, refusalId: { attribute: false } };

  constructor() {
    super();
    /** The rate in force. @type {number} */ this.rate = 0;
    /** @type {string} */ this.name = "Learning rate";
    /** Each refusal is an object of its own, so that the same one twice is two. @type {{message: string}|null} */ this.refusal = null;
    /** @type {string} */ this.refusalId = "";
    /** What is typed is not in force. */ this.typed = false;
  }

  render() {
    return html`<input class="eta lane-rate" aria-label=${this.name} inputmode="decimal" autocomplete="off" spellcheck="false" aria-invalid=${this.refusal && this.typed ? "true" : "false"}
      aria-describedby=${this.refusal ? this.refusalId : nothing} @change=${this.changed} @blur=${() => this.settle()}>`;
  }

  /** @param {Event} event */
  changed(event) {
    this.typed = true;
    this.emit("rate-text", /** @type {HTMLInputElement} */ (event.currentTarget).value);
  }

  /** Show the rate in force again, where what was typed was refused. */
  settle() {
    if (!this.refusal || !this.typed) return;
    this.typed = false;
    this.input.value = exact(this.rate);
    this.requestUpdate();
  }

  get input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("rate")) {
      this.input.value = exact(this.rate);
      this.typed = false;
    }
    if (changed.has("refusal") && document.activeElement !== this.input) this.settle();
  }
}

customElements.define("bp-rate-field", RateField);

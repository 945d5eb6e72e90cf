// @ts-check
import { html, live, nothing } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";

/** @typedef {import("../convention-evidence.js").ConventionName} ConventionName */

/** What each switch is called, what it offers, and why it may have nothing to offer. @type {Record<ConventionName, {legend: string, choices: [string, string][], closed: string}>} */
const SWITCHES = {
  sign: { legend: "Blame is written as", choices: [["gradient", "gradient"], ["error_term", "error term"]], closed: "" },
  half: { legend: "The squared error", choices: [["half", "with ½"], ["whole", "without"]], closed: "Cross-entropy has no ½ to leave out." },
  reduction: { legend: "The rows’ losses are", choices: [["mean", "averaged"], ["sum", "added up"]], closed: "" },
};
let places = 0;

/** A convention that numbers are written with, as a switch that may stand at several places. Emits `convention` with {name, value}. */
export class ConventionSwitch extends LightElement {
  static properties = { name: {}, value: { attribute: false }, closed: { attribute: false } };

  constructor() {
    super();
    /** @type {ConventionName} */ this.name = "sign";
    /** What was chosen, or is in force; null: figures differ. @type {string|null} */ this.value = null;
    /** Whether no figure has a use for it. */ this.closed = false;
    /** Radio buttons of two places are two groups. */ this.place = `convention-${places += 1}`;
  }

  render() {
    const { legend, choices, closed } = SWITCHES[this.name];
    return html`<fieldset class="convention" ?disabled=${this.closed}><legend>${legend}</legend>${choices.map(([value, label]) => html`<label><input type="radio" name=${this.place} value=${value}
      .checked=${live(value === this.value)} @change=${() => this.emit("convention", { name: this.name, value })}><span>${label}</span></label>`)}</fieldset>${
      this.closed && closed ? html`<p class="convention-why">${closed}</p>` : nothing}`;
  }

}

customElements.define("bp-convention", ConventionSwitch);

// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { exact, number } from "../format.js";
import { LightElement } from "./light-element.js";
import { edgeName } from "./name.js";
import { numberText } from "./number-text.js";

const WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

/** The gradient check: every gradient of this pass against the loss measured on either side. */
export class CheckView extends LightElement {
  static properties = { check: { attribute: false }, turned: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../types.js").CheckReport|null} */ this.check = null;
    /** Whether the tables show minus the gradients. */ this.turned = false;
  }

  render() {
    const { check } = this;
    if (!check) return nothing;
    const n = check.parameters.length;
    const off = check.parameters.filter((p) => p.relative_difference > check.tolerance).length;
    return html`<section class="check" aria-label="Gradient check">
      <svg class="mark ${check.passed ? "right" : "wrong"}" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9"></circle>${
        check.passed ? html`<svg viewBox="0 0 20 20"><path d="M5.5 10.4l3 3 6-6.6"></path></svg>` : html`<svg viewBox="0 0 20 20"><path d="M6.5 6.5l7 7M13.5 6.5l-7 7"></path></svg>`}</svg>
      <div>
        <p>${check.passed
          ? html`<b>${WORDS[n] ? `All ${WORDS[n].toLowerCase()}` : `All ${n}`} gradients check out.</b> Nudging each weight up and down and measuring the loss gives the same answer; the worst pair differs by <span class="n">${numberText(number(check.worst_relative_difference))}</span> of its size.${this.turned ? " These are the gradients themselves; the tables show minus them." : ""}`
          : html`<b>${off} of ${n} gradients disagree.</b> Where a neuron sits exactly on a corner, nudging measures both sides at once; the pairs are below.`}</p>
        <details><summary>The pairs, side by side</summary>
          <div class="scroll" tabindex="0" role="region" aria-label="Gradients by backpropagation and by nudging"><table>
            <caption class="vh">Gradient check</caption>
            <thead><tr><th scope="col">Weight</th><th scope="col" class="num">Backpropagation</th><th scope="col" class="num">Nudging</th></tr></thead>
            <tbody>${check.parameters.map((p) => html`<tr class=${p.edge === check.worst ? "touch" : ""}>
              <th scope="row">${edgeName(p.edge)}</th><td class="num">${short(p.backpropagation)}</td><td class="num">${short(p.nudging)}</td></tr>`)}</tbody>
          </table></div></details>
      </div></section>`;
  }
}

/** Twelve significant digits, enough to see where the two part. @param {number} value */
const short = (value) => exact(Number(value.toPrecision(12)));

customElements.define("bp-check", CheckView);

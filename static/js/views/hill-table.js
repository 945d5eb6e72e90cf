// @ts-check
import { html } from "../../vendor/lit.js";
import { number } from "../format.js";
import { verdictWord } from "../hill-words.js";
import { LightElement } from "./light-element.js";
import { numberText } from "./number-text.js";

/** The trail as a table: where the ball has been, and what each step was. */
export class HillTable extends LightElement {
  static properties = { stops: { attribute: false } };

  constructor() {
    super();
    /** The places of the ball, the present one last. @type {import("../types.js").HillStop[]} */ this.stops = [];
  }

  render() {
    const last = this.stops.length - 1;
    return html`<details class="hill-table"><summary>As a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="The ball, step by step"><table>
        <caption class="vh">Steps of the ball</caption>
        <thead><tr><th scope="col">Step</th>${["Position", "Loss", "Slope", "Change"].map((name) => html`<th scope="col" class="num">${name}</th>`)}<th scope="col" class="verdict-col">Verdict</th></tr></thead>
        <tbody>${this.stops.map((stop, k) => html`<tr class=${k === last ? "touch" : ""}><th scope="row">${k}</th>
          ${cell(stop.x)}${cell(stop.loss)}${cell(stop.slope, true)}${cell(stop.step, true)}<td class="verdict-col">${verdictWord(stop)}</td></tr>`)}</tbody>
      </table></div></details>`;
  }
}

/** @param {number|null} value @param {boolean} [sign] */
function cell(value, sign = false) {
  return html`<td class="num">${value === null ? "∞" : numberText(number(value, { sign }))}</td>`;
}

customElements.define("bp-hill-table", HillTable);

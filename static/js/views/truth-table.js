// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { LightElement } from "./light-element.js";
import { numberText } from "./number-text.js";
import { verdictMark } from "./verdict-mark.js";

/** @typedef {{inputs: number[], expected: number, output: number|null, right: boolean|null}} TruthRow */

/** What is expected and what the network says, row by row, and whether that is right. */
export class TruthTable extends LightElement {
  static properties = { caption: { attribute: false }, rows: { attribute: false }, digits: { attribute: false }, names: { attribute: false }, plain: { attribute: false } };

  constructor() {
    super();
    /** @type {string} */ this.caption = "Truth table";
    /** @type {TruthRow[]} */ this.rows = [];
    /** @type {number} */ this.digits = 4;
    /** @type {string[]} */ this.names = ["A", "B"];
    /** The caption is for screen readers only, as where a headline says it already. @type {boolean} */ this.plain = false;
  }

  render() {
    const inputs = this.rows[0]?.inputs.length ?? this.names.length;
    return html`<table class="truth"><caption class=${this.plain ? "vh" : ""}>${this.caption}</caption>
      <thead><tr>${Array.from({ length: inputs }, (_, i) => html`<th scope="col" class="in">${this.names[i] ?? `x${i + 1}`}</th>`)}
        <th scope="col" class="wanted-col"><span class="long">Expected</span><span class="short" aria-hidden="true">want</span></th><th scope="col" class="num">Output</th><th scope="col" class="m"><span class="vh">Right or wrong</span></th></tr></thead>
      <tbody>${this.rows.map((row) => this.row(row))}</tbody></table>`;
  }

  /** @param {TruthRow} row */
  row({ inputs, expected, output, right }) {
    return html`<tr>${inputs.map((value) => html`<td class="in">${value}</td>`)}<td class="wanted-col">${expected}</td>
      <td class="num">${output === null ? html`<span class="blank" aria-label="not yet">····</span>` : numberText(number(output, { digits: this.digits }))}</td>
      <td class="m">${right === null ? nothing : html`<span class="m-of">${verdictMark(right)}<span class="word-of">${right ? "right" : "wrong"}</span></span>`}</td></tr>`;
  }
}

customElements.define("bp-truth-table", TruthTable);

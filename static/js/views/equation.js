// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { firstDerivative } from "../equation.js";
import { isTurned } from "../signs.js";
import { equation } from "../tape.js";
import { LightElement } from "./light-element.js";
import { withNames } from "./name.js";
import { numberText } from "./number-text.js";
import { PHASES } from "./phases.js";
import "./tex.js";

/** The equation of the moment: symbol = formula, its numbers underneath, and why. */
export class EquationView extends LightElement {
  static properties = { tape: { attribute: false }, entry: { attribute: false }, pass: { attribute: false }, lastLoss: { attribute: false }, lit: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {import("../types.js").Entry|null} */ this.entry = null;
    /** @type {number} */ this.pass = 0;
    /** @type {number|null} */ this.lastLoss = null;
    /** @type {Set<string>} */ this.lit = new Set();
  }

  render() {
    const { tape, entry } = this;
    if (!tape) return nothing;
    if (!entry) return this.opening();
    const phase = PHASES[entry.phase];
    const run = tape.phases.find((p) => p.phase === entry.phase);
    const place = run ? tape.indexOf(entry.id) - run.from : 0;
    return html`<div class="says">
      <p class="where"><span class="tri ${entry.phase}" aria-hidden="true">${phase.mark}</span> Pass <span class="n">${this.pass + 1}</span> · ${phase.label}${
        run && run.to - run.from > 1 ? html`, <span class="n">${place}</span> of <span class="n">${run.to - run.from}</span>` : nothing}</p>
      <div class="eq" role="group" aria-label="Equation of the moment">
        <span class="lhs"><bp-tex .tex=${entry.symbol}></bp-tex></span>
        <span class="op" aria-hidden="true">=</span>
        ${equation(entry, tape).map((piece) => this.piece(piece))}
        <span class="nb ends"><span class="op" aria-hidden="true">=</span>
        <button type="button" class="result n ${entry.phase}" data-ask=${entry.id}>${numberText(number(entry.value, { sign: entry.phase === "backward" || entry.id.startsWith("change:") }))}</button></span>
      </div>${this.reads(tape, firstDerivative(entry, tape))}</div>
      <p class="because">${withNames(entry.because)}</p>`;
  }

  /** @param {import("../equation.js").EquationPiece} piece */
  piece(piece) {
    if (piece.ref === null) return html`<span class="op"><bp-tex .tex=${piece.symbolTex}></bp-tex></span>`;
    return html`<button type="button" class="factor ${this.lit.has(piece.ref) ? "lit" : ""}" data-ask=${piece.ref}>
      <span class="sym"><bp-tex .tex=${piece.symbolTex}></bp-tex></span>
      <span class="n under"><bp-tex .tex=${piece.numberTex}></bp-tex></span>
      <small>${withNames(piece.meaning)}</small></button>`;
  }

  /** How ∂ reads, where it is first met. @param {import("../tape.js").Tape} tape @param {"a"|"z"|null} by */
  reads(tape, by) {
    if (by === null) return nothing;
    const [minus, goes] = isTurned(tape.sign) ? ["−", "falls"] : ["", "rises"];
    return html`<p class="hint reads">${minus}∂<i>L</i>/∂<i>${by}</i> reads: how much the loss ${goes} per unit of <i>${by}</i>.</p>`;
  }

  opening() {
    return html`<div class="says"><p class="where">Pass <span class="n">${this.pass + 1}</span> · before the first step</p>
      ${this.pass === 0 ? html`<p class="hint">Press <b>Step</b>. Then press any number to ask where it comes from.</p>` : nothing}</div>
      ${this.lastLoss === null ? this.given() : html`<p class="because">This pass begins with the weights that the last one left. Its loss was <span class="n">${numberText(number(this.lastLoss))}</span>.</p>`}`;
  }

  given() {
    return html`<p class="because">The inputs, the weights and the wanted answer are given. Everything else is computed from them, one number at a time.</p>`;
  }
}

customElements.define("bp-equation", EquationView);

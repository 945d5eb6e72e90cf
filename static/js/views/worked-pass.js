// @ts-check
import { html } from "../../vendor/lit.js";
import { number, texNumber } from "../format.js";
import { equation } from "../equation.js";
import { isTurned } from "../signs.js";
import { LightElement } from "./light-element.js";
import { edgeName, withNames } from "./name.js";
import { numberText } from "./number-text.js";
import { PHASES } from "./phases.js";
import "./tex.js";

/** @typedef {{number: number, spec: import("../types.js").Spec, body: import("../types.js").PassBody, tape: import("../tape.js").Tape}} Worked */

/** A pass as it is worked out on paper: what is given, every number as a numbered equation with its reason, the check. */
export class WorkedPass extends LightElement {
  static properties = { worked: { attribute: false } };

  constructor() {
    super();
    /** @type {Worked|null} */ this.worked = null;
  }

  render() {
    if (!this.worked) return html``;
    const { number: pass, spec, body, tape } = this.worked;
    return html`<article class="worked">
      <header><h1>Pass ${pass} of a ${spec.layers.join("→")} network, worked out by hand</h1>
        <p>Row ${body.sample + 1} of the data. Numbers are shown with four decimals; nothing was rounded on the way.${isTurned(tape.sign) ? " Blame is written as the error term: minus the gradient." : ""} <i>δ</i> is short for ${isTurned(tape.sign) ? "−" : ""}∂<i>L</i>/∂<i>z</i>, Δ<i>w</i> is the change of a weight.</p></header>
      <section><h2>Given</h2><ul class="worked-given">${tape.givens.map((given) => html`<li><bp-tex .tex=${`${given.symbol} = ${texNumber(given.value)}`}></bp-tex> <span>${withNames(given.meaning)}</span></li>`)}</ul></section>
      ${tape.phases.map(({ phase, from, to }) => html`<section><h2>${PHASES[phase].label}</h2>
        <table class="worked-steps"><caption class="vh">${PHASES[phase].label}, number by number</caption>
          <thead class="vh"><tr><th scope="col">Number</th><th scope="col">Equation</th><th scope="col">Why</th></tr></thead>
          <tbody>${tape.entries.slice(from, to).map((entry, i) => this.step(entry, from + i + 1))}</tbody></table></section>`)}
      <section><h2>Check</h2><p>Each gradient${isTurned(tape.sign) ? " itself" : ""} by backpropagation, and by nudging its weight up and down. The worst pair differs by ${numberText(number(body.check.worst_relative_difference))} of its size.</p>
        <table class="worked-check"><thead><tr><th scope="col">Weight</th><th scope="col" class="num">Backpropagation</th><th scope="col" class="num">Nudging</th></tr></thead>
          <tbody>${body.check.parameters.map((each) => html`<tr><th scope="row">${edgeName(each.edge)}</th><td class="num">${numberText(number(each.backpropagation, { digits: 8 }))}</td><td class="num">${numberText(number(each.nudging, { digits: 8 }))}</td></tr>`)}</tbody></table></section>
    </article>`;
  }

  /** @param {import("../types.js").Entry} entry @param {number} place */
  step(entry, place) {
    const tape = /** @type {Worked} */ (this.worked).tape;
    const pieces = equation(entry, tape);
    const side = (/** @type {"symbolTex"|"numberTex"} */ as) => pieces.map((piece) => piece[as]).join(" ");
    return html`<tr><th scope="row" class="n">${place}</th>
      <td class="worked-eq"><bp-tex .tex=${`\\displaystyle ${entry.symbol} = ${side("symbolTex")}`}></bp-tex>
        ${pieces.some(({ ref }) => ref !== null) ? html`<bp-tex .tex=${`\\displaystyle {}= ${side("numberTex")}`}></bp-tex>` : ""}
        <bp-tex class="worked-value" .tex=${`{}= ${texNumber(entry.value)}`}></bp-tex></td>
      <td class="worked-why">${withNames(entry.because)}</td></tr>`;
  }
}

customElements.define("bp-worked-pass", WorkedPass);

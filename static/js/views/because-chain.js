// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { becauseOf } from "../because-links.js";
import { deltaName, isTurned } from "../signs.js";
import { askNumber } from "./ask-number.js";
import { LightElement } from "./light-element.js";
import { nodeName } from "./name.js";

/** @typedef {import("../because-links.js").Because} Because */
/** @typedef {import("../because-links.js").Factor} Factor */

/** The chain of "because" of the pass that figure `passes` shows; each number can be asked where it comes from. */
export class BecauseChain extends LightElement {
  static properties = { tape: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
  }

  /** What the server wrote here for whoever runs no script makes room for what is live. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("tape") && this.tape && !this.live) {
      this.replaceChildren();
      this.live = true;
    }
  }

  /** @param {unknown} written */
  so(written) {
    return this.tape && isTurned(this.tape.sign) ? html`So minus that weight’s gradient is ${written}.`
      : html`So that weight answers for ${written} of the loss per unit that it moves.`;
  }

  render() {
    const links = this.tape ? becauseOf(this.tape) : null;
    if (!links) return nothing;
    const { loss, said, wanted, sum, hidden, sent, weight } = links;
    return html`<p>The loss is ${askNumber(loss.id, loss.value)}</p>
      ${this.line(links, "said", html`because the output said ${askNumber(said.id, said.value)}, not <span class="kept">${askNumber(wanted.id, wanted.value)},</span>`)}
      ${this.line(links, "sum", html`because its sum was <span class="kept">${askNumber(sum.id, sum.value)},</span>`)}
      ${this.line(links, "sent", html`because ${nodeName(hidden)} sent ${askNumber(sent.id, sent.value)} through a weight of <span class="kept">${askNumber(weight.id, weight.value)}.</span>`)}
      <p class="so">${this.so(this.product(links))}</p>`;
  }

  /** A line, and at its end the factor that it adds. @param {Because} links @param {Factor["line"]} name @param {unknown} told */
  line({ factors }, name, told) {
    const place = factors.findIndex(({ line }) => line === name);
    const factor = factors[place];
    const called = factor?.name === "delta" && this.tape ? deltaName(this.tape.sign) : factor?.name;
    return html`<p class="link"><span>${told}</span> ${factor ? html`<span class="chain-factor"><small>${called}</small> ${place ? "× " : ""}${
      askNumber(factor.id, factor.value, { sign: place === 0, mark: "backward" })}</span>` : nothing}</p>`;
  }

  /** @param {Because} links */
  product({ factors, grad }) {
    return html`${factors.map(({ id, value }, place) => html`${place ? " × " : ""}<span class="kept">${place && value < 0 ? html`(${askNumber(id, value)})` : askNumber(id, value)}</span>`)} = ${
      askNumber(grad.id, grad.value, { sign: true, mark: "backward" })}`;
  }
}

customElements.define("bp-because-chain", BecauseChain);

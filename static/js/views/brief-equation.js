// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { onOneLine } from "../equation.js";
import { number } from "../format.js";
import { equation } from "../tape.js";
import { LightElement } from "./light-element.js";
import { numberText } from "./number-text.js";
import "./tex.js";

/** The equation of the moment on one line, with its result: for windows that do not hold picture and equation at once. */
export class BriefEquation extends LightElement {
  static properties = { tape: { attribute: false }, entry: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {import("../types.js").Entry|null} */ this.entry = null;
  }

  /** What is too long for the line fades out before its result. */
  async updated() {
    const made = this.querySelector(".brief-made");
    await /** @type {LightElement|null} */ (made?.querySelector("bp-tex"))?.updateComplete;
    made?.classList.toggle("cut", made.scrollWidth > made.clientWidth + 1);
  }

  render() {
    const { tape, entry } = this;
    if (!tape || !entry) return nothing;
    const numbers = equation(entry, tape).map(({ numberTex }) => numberTex).join(" ");
    return html`<p class="brief-eq" aria-hidden="true"><span class="brief-made"><bp-tex .tex=${`${onOneLine(entry.symbol)} = ${onOneLine(numbers)}`}></bp-tex></span>
      <span class="nb">= <b class="n ${entry.phase}">${numberText(number(entry.value, { sign: entry.phase === "backward" || entry.id.startsWith("change:") }))}</b></span></p>`;
  }
}

customElements.define("bp-brief-equation", BriefEquation);

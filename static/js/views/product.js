// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { number } from "../format.js";
import { askNumber } from "./ask-number.js";
import { LightElement } from "./light-element.js";
import { nodeName } from "./name.js";

/** @typedef {import("../product-picture.js").Bar} Bar */
/** @typedef {import("../product-picture.js").Product} Product */

const LEAST = 0.004; // of the full length: what is not 0 is seen

/** What is said under the bars. @type {Record<import("../product-picture.js").Remark, string>} */
const REMARKS = {
  waiting: "The slope decides how much of the blame counts.",
  shut: "A slope of 0 lets nothing through, however large the blame.",
  flat: "Saturated: the slope is a sliver, and hardly any of the blame is left to learn from.",
  whole: "A slope of 1 lets the whole blame through.",
  partly: "The outline is what the steepest slope would leave of the blame.",
  fused: "No slope here: this loss is steep where the activation is flat, so the two cancel and the whole blame counts.",
};

/** Blame times slope: two bars and their product. */
export class ProductView extends LightElement {
  static properties = { product: { attribute: false }, name: { attribute: false } };

  constructor() {
    super();
    /** @type {Product|null} */ this.product = null;
    /** What the product is called. @type {string} */ this.name = "delta";
  }

  render() {
    const { product } = this;
    if (!product) return nothing;
    const { node, blame, slope, delta, whole, steepest, remark } = product;
    return html`<figure class="product" aria-label="Blame times slope of ${node}">
      <div class="bars">
        ${blame ? bar("", html`blame of ${nodeName(node)}`, blame) : nothing}
        ${slope ? bar("×", "slope", slope, { note: steepest === null ? "" : `of at most ${number(steepest, { digits: steepest === 1 ? 0 : 2 })}` }) : nothing}
        ${bar(blame ? "=" : "", this.name, delta, { outline: delta.value === null ? null : whole })}
      </div>
      <figcaption>${REMARKS[remark]}</figcaption>
    </figure>`;
  }
}

/**
 * A length, its sign also as a hollow dashed bar, and its number.
 * @param {string} sign @param {unknown} name @param {Bar} shown @param {{note?: string, outline?: number|null}} [more]
 */
function bar(sign, name, { id, value, share }, { note = "", outline = null } = {}) {
  const slope = id.endsWith(".slope");
  const kind = slope ? "slope" : (value ?? 0) < 0 ? "neg" : "pos";
  return html`<span class="times" aria-hidden=${sign ? "false" : "true"}>${sign}</span><span class="bar-name">${name}</span>
    <svg class="bar-track" height="16" aria-hidden="true"><rect class="track" y="7.5" width="100%" height="1"></rect>
      ${share === null || value === 0 ? nothing : rect(`fill ${kind}`, Math.max(share, LEAST))}${outline === null ? nothing : rect("outline", outline, 0)}</svg>
    <span class="bar-number">${value === null ? html`<span class="blank" aria-label="not yet">····</span>` : askNumber(id, value, { sign: !slope, mark: slope ? "" : "backward" })}${
      note ? html` <small>${note}</small>` : nothing}</span>`;
}

/** @param {string} kind @param {number} share @param {number} [y] */
const rect = (kind, share, y = 3) => svg`<rect class=${kind} y=${y + 0.5} width="${(100 * share).toFixed(2)}%" height=${15 - 2 * y} rx="1.5"></rect>`;

customElements.define("bp-product", ProductView);

// @ts-check
import katex from "../../vendor/katex.js";
import { LightElement } from "./light-element.js";

/** A formula, typeset. Its text alternative is the MathML that KaTeX writes beside it. */
export class TexView extends LightElement {
  static properties = { tex: {} };

  constructor() {
    super();
    /** @type {string} */ this.tex = "";
  }

  updated() {
    katex.render(this.tex, this, { throwOnError: false, strict: false });
  }
}

customElements.define("bp-tex", TexView);

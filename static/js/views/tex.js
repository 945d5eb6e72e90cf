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

/**
 * Typeset a few formulas out of sight while nothing else happens, so that the first one a learner asks for is as quick as the rest.
 * @param {string[]} formulas
 */
export function warmUp(formulas) {
  const aside = document.createElement("span");
  aside.className = "warm-up";
  aside.setAttribute("aria-hidden", "true");
  document.body.append(aside); // in the page, so that faces are loaded and styles worked out too
  const later = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 200));
  for (const tex of formulas) later(() => katex.render(tex, aside, { throwOnError: false, strict: false }));
  later(() => later(() => aside.remove()));
}

customElements.define("bp-tex", TexView);

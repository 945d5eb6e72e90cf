// @ts-check
import katex from "../../vendor/katex.js";

/** A formula in the text of the page: plain as served, typeset where scripts run. */
export class Formula extends HTMLElement {
  connectedCallback() {
    const style = this.closest(".words") ? "\\displaystyle " : ""; // a line of its own there
    katex.render(`${style}${this.dataset.tex ?? ""}`, this, { throwOnError: false, strict: false });
  }
}

customElements.define("bp-formula", Formula);

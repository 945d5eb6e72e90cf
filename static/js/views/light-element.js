// @ts-check
import { LitElement } from "../../vendor/lit.js";

/** A custom element that renders into the page itself: one style sheet, one accessibility tree, state in, picture out. */
export class LightElement extends LitElement {
  createRenderRoot() {
    return this;
  }

  /**
   * Tell whoever composes this view that something was asked for.
   * @param {string} name @param {unknown} [detail]
   */
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

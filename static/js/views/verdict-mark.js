// @ts-check
import { html, svg } from "../../vendor/lit.js";

/** A filled disc with a tick, or a ring with a cross. @param {boolean} right */
export function verdictMark(right) {
  return html`<svg class="mark ${right ? "right" : "wrong"}" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9"></circle>${
    right ? svg`<path d="M5.8 10.4l2.8 3 5.6-6.4"></path>` : svg`<path d="M6.6 6.6l6.8 6.8M13.4 6.6l-6.8 6.8"></path>`}</svg>`;
}

// @ts-check
import { html } from "../../vendor/lit.js";
import { BANDS } from "../bands.js";
import { LightElement } from "./light-element.js";
import { paletteOf } from "./palette.js";
import { watchTheme } from "./theme-watch.js";

/** What the colours of a decision surface say: ten steps from an output of 0 to one of 1, with the line at one half. */
export class SurfaceKey extends LightElement {
  constructor() {
    super();
    this.forget = () => {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = watchTheme(() => this.paint());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget();
  }

  render() {
    return html`<p class="surface-key">output <span class="n">0</span> <canvas class="bands" width=${BANDS} height="1" role="img" aria-label="ten shades, a line at one half"></canvas> <span class="n">1</span></p>`;
  }

  updated() {
    this.paint();
  }

  paint() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    paletteOf(canvas).bands.forEach((rgb, band) => {
      context.fillStyle = `rgb(${rgb.join(" ")})`;
      context.fillRect(band, 0, 1, 1);
    });
  }
}

customElements.define("bp-surface-key", SurfaceKey);

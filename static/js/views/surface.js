// @ts-check
import { guard, html, nothing, svg } from "../../vendor/lit.js";
import { refine, unround } from "../surface-field.js";
import { paint } from "../surface-raster.js";
import { LightElement } from "./light-element.js";
import { paletteOf } from "./palette.js";
import { watchTheme } from "./theme-watch.js";

/** @typedef {{x: number, y: number, target: number}} Point */

const LINE_PX = 1.5;
/** A refined cell is about this many pixels wide: finer would not be seen. */
const CELL_PX = 3;
const MOST_REFINED = 4;

/** What a network answers for every pair of inputs, in bands from 0 to 1; a dark line at one half; the points it learns. */
export class Surface extends LightElement {
  static properties = {
    grid: { attribute: false }, size: { attribute: false }, points: { attribute: false }, low: { attribute: false },
    high: { attribute: false }, axes: { attribute: false }, names: { attribute: false }, label: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Uint8Array|null} */ this.grid = null;
    /** Points along a side of the grid. @type {number} */ this.size = 0;
    /** @type {Point[]} */ this.points = [];
    /** @type {number} */ this.low = -0.25;
    /** @type {number} */ this.high = 1.25;
    /** @type {boolean} */ this.axes = false;
    /** @type {string[]} */ this.names = ["A", "B"];
    /** @type {string} */ this.label = "Decision surface";
    this.px = 0;
    /** @type {Uint8Array|null} */ this.painted = null;
    /** @type {ImageData|null} */ this.image = null;
    /** @type {ResizeObserver|null} */ this.observer = null;
    this.forget = () => {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = watchTheme(() => this.repaint());
    this.observer = new ResizeObserver((entries) => this.resized(entries[0]));
    const canvas = this.querySelector("canvas");
    if (canvas) this.observer.observe(canvas);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget();
    this.observer?.disconnect();
  }

  render() {
    const { points, low, high, axes, names } = this;
    return html`<div class="surface ${axes ? "with-axes" : ""}" role="img" aria-label=${this.label}>
      <canvas width="1" height="1"></canvas>
      ${this.grid ? nothing : html`<span class="surface-empty">not computed yet</span>`}
      <svg class="surface-front" width="100%" height="100%">
        ${guard([points, low, high], () => points.map((point) => this.point(point)))}
        ${axes ? guard([low, high, ...names], () => this.axisNames()) : nothing}
      </svg></div>`;
  }

  /** @param {number} value @returns {number} percent from the low end */
  percent(value) {
    return (100 * (value - this.low)) / (this.high - this.low);
  }

  /** @param {Point} point */
  point({ x, y, target }) {
    const cx = `${this.percent(x).toFixed(2)}%`, cy = `${(100 - this.percent(y)).toFixed(2)}%`;
    const kind = target >= 0.5 ? "one" : "zero";
    return svg`<circle class="sample ${kind}" cx=${cx} cy=${cy}></circle><text class="sample-t ${kind}" x=${cx} y=${cy} dy=".36em">${target}</text>`;
  }

  axisNames() {
    const [across, up] = this.names;
    const at = (/** @type {number} */ v) => `${this.percent(v).toFixed(2)}%`;
    const from = (/** @type {number} */ v) => `${(100 - this.percent(v)).toFixed(2)}%`;
    return svg`${[0, 1].map((v) => svg`
      <line class="axis-tick" x1=${at(v)} x2=${at(v)} y1="100%" y2="100%"></line>
      <text class="axis-t" x=${at(v)} y="100%" dy="1.35em" text-anchor="middle">${v}</text>
      <text class="axis-t" x="0%" y=${from(v)} dx="-0.65em" dy="0.36em" text-anchor="end">${v}</text>`)}
      <text class="axis-t var" x=${at(0.5)} y="100%" dy="1.35em" text-anchor="middle">${across}</text>
      <text class="axis-t var" x="0%" y=${from(0.5)} dx="-0.5em" dy="0.36em" text-anchor="end">${up}</text>`;
  }

  firstUpdated() {
    this.observer?.observe(this.canvas);
  }

  get canvas() {
    return /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"));
  }

  /** As many pixels as the screen has there. @param {ResizeObserverEntry} entry */
  resized(entry) {
    const px = Math.round(entry.contentRect.width * devicePixelRatio);
    if (px === this.px) return;
    this.px = px;
    this.repaint();
  }

  repaint() {
    this.painted = null;
    this.paint();
  }

  updated() {
    this.paint();
  }

  paint() {
    const { grid, size, px } = this;
    if (px === 0 || grid === this.painted) return;
    const canvas = this.canvas;
    if (canvas.width !== px) canvas.width = canvas.height = px;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.painted = grid;
    if (!grid || size < 2 || grid.length < size * size) {
      context.clearRect(0, 0, px, px);
      return;
    }
    const palette = paletteOf(canvas);
    if (this.image?.width !== px) this.image = context.createImageData(px, px);
    const image = /** @type {ImageData} */ (this.image);
    const times = Math.min(MOST_REFINED, Math.max(1, Math.round(px / (size - 1) / CELL_PX)));
    const field = refine(unround(grid, size), size, times);
    paint(new Int32Array(image.data.buffer), px, field, palette.bands, palette.ink, LINE_PX * devicePixelRatio);
    context.putImageData(image, 0, 0);
  }
}

customElements.define("bp-surface", Surface);

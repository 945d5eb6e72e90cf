// @ts-check
import { guard, html, nothing, svg } from "../../vendor/lit.js";
import { number } from "../format.js";
import { lastKnownLoss, lossPicture } from "../loss-picture.js";
import { Swipe } from "../swipe.js";
import { count } from "../ticks.js";
import { LightElement } from "./light-element.js";
import { laneKey, laneLabel } from "./lane-key.js";
import { frontView, groundView, headDots } from "./loss-chart-parts.js";
import { lossTable } from "./loss-table.js";
import { numberText } from "./number-text.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../types.js").LaneCurve} LaneCurve */
/** @typedef {import("../loss-picture.js").LossPicture} LossPicture */

const ASPECT = 0.31;
const HEIGHT = { least: 190, most: 350 };
const OF_WINDOW = 0.27; // so that lanes, chart and buttons are seen together
const BAND = " A loss that jumps all the time is drawn as the band it jumps in; the line in it is the median.";

/**
 * The losses of every lane over the epochs. Emits `seek` with an epoch and `scale` with "log" or "linear".
 *
 * The curves are drawn when data arrive. Moving the play head only moves a veil over what is still to come, a hairline and
 * a dot on each curve.
 */
export class LossChart extends LightElement {
  static properties = {
    curves: { attribute: false }, labels: { attribute: false }, lanes: { attribute: false }, epoch: { attribute: false },
    epochs: { attribute: false }, log: { attribute: false }, finish: { attribute: false }, marks: { attribute: false },
    caption: { attribute: false }, label: { attribute: false }, says: { attribute: false }, hover: { state: true }, open: { state: true },
  };

  constructor() {
    super();
    /** @type {LaneCurve[]} */ this.curves = [];
    /** @type {string[]} */ this.labels = [];
    /** 1..6, or 0: ink, for a chart of one curve. @type {number[]} */ this.lanes = [];
    /** @type {number} */ this.epoch = 0;
    /** @type {number} */ this.epochs = 1000;
    /** @type {boolean} */ this.log = true;
    /** @type {number|null} */ this.finish = null;
    /** @type {import("../loss-picture.js").Mark[]} */ this.marks = [];
    /** @type {unknown} */ this.caption = "";
    /** What it is a chart of, for screen readers; each chart of a page needs its own. @type {string} */ this.label = "Loss";
    /** A verdict per lane, for windows too small for chart and lanes at once. @type {readonly string[]} */ this.says = [];
    /** @type {number|null} */ this.hover = null;
    /** @type {boolean} */ this.open = false;
    this.width = new WidthWatch(this);
    /** The pointer that drags the play head. @type {number|null} */ this.dragged = null;
    /** A finger on the plot, until it is known where it goes. */ this.swipe = new Swipe();
    /** @type {LossPicture|null} */ this.picture = null;
    /** @type {unknown[]} */ this.drawnFrom = [];
  }

  willUpdate() {
    const { curves, labels, lanes, epochs, log, finish, marks } = this;
    const width = this.width.widthPx;
    if (width === 0) return;
    const from = [
      width, this.width.scale, epochs, log, finish, ...labels, ...lanes, ...marks.flatMap((m) => [m.lane, m.epoch, m.text]),
      ...curves.flatMap((c) => [c.losses, c.known, c.losses[0], c.losses[c.known - 1]]),
    ];
    if (this.picture && from.length === this.drawnFrom.length && from.every((value, i) => Object.is(value, this.drawnFrom[i]))) return;
    const height = Math.round(Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.min(width * ASPECT, this.width.windowPx * OF_WINDOW))));
    this.picture = lossPicture({ curves, labels, lanes, epochs: Math.max(1, epochs), log, finish, marks, width, height });
    this.drawnFrom = from;
  }

  render() {
    const p = this.picture;
    return html`<figure class="loss-chart" aria-label=${this.label}>
      ${this.head()}
      <div class="plot">
        ${p ? html`${guard([p], () => groundView(p, this.width.scale))}<div class="ahead"><div class="veil"></div></div>${this.front(p)}${this.handle()}` : nothing}
      </div>
      ${this.caption ? html`<figcaption class="key">${this.caption}${p?.curves.some(({ area }) => area) ? BAND : nothing}</figcaption>` : nothing}
      <details @toggle=${(/** @type {Event} */ e) => { this.open = /** @type {HTMLDetailsElement} */ (e.currentTarget).open; }}><summary>As a table</summary>
        ${this.open ? lossTable(this) : nothing}</details>
    </figure>`;
  }

  /** What each lane's loss is, at the cursor or else at the play head; and the scale. */
  head() {
    const at = this.hover ?? this.epoch;
    return html`<div class="loss-head">
      <span class="at ${this.hover === null ? "" : "hovering"}">Epoch <b class="n" data-slot=${count(this.epochs).length}>${count(at)}</b></span>
      <div class="lane-losses">${this.curves.map((curve, i) => html`<span class="lane-loss">${this.laneOf(i) ? laneKey(this.laneOf(i)) : nothing}<span class="lane-name">${
        this.labels[i] ? laneLabel(this.labels[i]) : "Loss"}</span> <b class="n">${this.lossAt(curve, at)}</b>${this.says[i] ? html`<span class="lane-says" aria-hidden="true">${this.says[i]}</span>` : nothing}</span>`)}</div>
      <div class="scale-pick" role="group" aria-label="Scale: ${this.label}">${this.scale("log", true)}${this.scale("linear", false)}</div>
    </div>`;
  }

  /** @param {"log"|"linear"} name @param {boolean} log */
  scale(name, log) {
    return html`<button type="button" class="choice" aria-pressed=${this.log === log ? "true" : "false"} @click=${() => this.emit("scale", name)}>${name}</button>`;
  }

  /** @param {number} i */
  laneOf(i) {
    return this.lanes[i] ?? i + 1;
  }

  /** @param {LaneCurve} curve @param {number} epoch */
  lossAt({ losses, known, diverged }, epoch) {
    if (diverged !== null && epoch >= diverged) return "diverged";
    return epoch < known ? numberText(number(losses[epoch])) : html`<span class="blank" aria-label="not yet">····</span>`;
  }

  /** @param {LossPicture} p */
  front(p) {
    const cursor = this.hover === null ? null : p.x(this.hover);
    const { scale } = this.width;
    return svg`<svg class="plot-front" width=${p.width * scale} height=${p.height * scale} viewBox="0 0 ${p.width} ${p.height}" aria-hidden="true">
      ${guard([p, ...p.flags.map((f) => f.epoch <= this.epoch)], () => frontView(p, this.epoch))}
      ${cursor === null ? nothing : svg`<path class="cursor" d="M${cursor} ${p.plot.top}V${p.plot.bottom}"></path>${headDots(p, this.curves, /** @type {number} */ (this.hover), "cursor-dot")}`}
      ${this.epoch >= this.epochs && p.ends.length ? nothing : headDots(p, this.curves, this.epoch, "head-dot")}
    </svg>`;
  }

  /** Where one points, drags and steers by keys. */
  handle() {
    return html`<div class="plot-handle" @pointerdown=${this.press} @pointermove=${this.point} @pointerup=${this.lift} @pointercancel=${() => { this.dragged = null; this.swipe.ended(); }} @pointerleave=${() => { this.hover = null; }}>
      <input type="range" min="0" max=${this.epochs} step="1" .value=${String(this.epoch)} aria-label="Epoch, on the chart: ${this.label}" aria-valuetext=${this.spoken()}
        @input=${(/** @type {Event} */ e) => this.emit("seek", Number(/** @type {HTMLInputElement} */ (e.currentTarget).value))}></div>`;
  }

  spoken() {
    const said = this.curves.map((curve, i) => {
      const loss = lastKnownLoss(curve, this.epoch);
      return `${this.labels[i] || "loss"} ${Number.isNaN(loss) ? "not known" : number(loss)}`;
    });
    return `Epoch ${this.epoch}: ${said.join(", ")}`;
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0) return;
    if (event.pointerType !== "mouse") return this.swipe.began(event);
    event.preventDefault();
    this.take(event);
  }

  /** @param {PointerEvent} event */
  lift(event) {
    this.dragged = null;
    if (event.pointerType !== "mouse" && this.swipe.ended()) this.emit("seek", this.epochUnder(event));
  }

  /** @param {PointerEvent} event */
  take(event) {
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    handle.setPointerCapture(event.pointerId);
    this.dragged = event.pointerId;
    handle.querySelector("input")?.focus({ preventScroll: true });
    this.emit("seek", this.epochUnder(event));
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (this.swipe.turnsAcross(event)) this.take(event);
    const epoch = this.epochUnder(event);
    const dragging = this.dragged === event.pointerId; // a finger is captured from the start, dragging or not
    this.hover = dragging || event.pointerType === "touch" ? null : epoch;
    if (dragging) this.emit("seek", epoch);
  }

  /** @param {PointerEvent} event */
  epochUnder(event) {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    return Math.max(0, Math.min(this.epochs, Math.round(((event.clientX - box.left) / box.width) * this.epochs)));
  }

  updated() {
    const p = this.picture;
    if (!p) return;
    const { left, right, top, bottom } = p.plot;
    // Through the style object, which the page policy allows; the veil's transform alone changes from frame to frame. In shares
    // of the picture, which is drawn smaller where the page is, as on paper.
    for (const name of [".ahead", ".plot-handle"]) {
      const { style } = /** @type {HTMLElement} */ (this.querySelector(name));
      Object.assign(style, { left: share(left, p.width), top: share(top, p.height), width: share(right - left, p.width), height: share(bottom - top, p.height) });
    }
    const head = p.x(Math.min(this.epoch, this.epochs)) - left;
    /** @type {HTMLElement} */ (this.querySelector(".veil")).style.transform = `translateX(${share(head, right - left)})`;
    const slot = /** @type {HTMLElement} */ (this.querySelector("[data-slot]"));
    slot.style.minWidth = `${slot.dataset.slot}ch`;
  }
}

/** @param {number} part @param {number} whole */
const share = (part, whole) => `${((100 * part) / whole).toFixed(3)}%`;

customElements.define("bp-loss-chart", LossChart);

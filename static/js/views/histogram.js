// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { histogramPicture } from "../histogram-picture.js";
import { count } from "../ticks.js";
import { LightElement } from "./light-element.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../histogram-picture.js").HistogramPicture} HistogramPicture */

const ASPECT = 0.6;
const HEIGHT = { least: 220, most: 280 };

/** How many of many runs got there in which epochs; a dot above them says where this run did. */
export class Histogram extends LightElement {
  static properties = {
    counts: { attribute: false }, binWidth: { attribute: false }, from: { attribute: false }, mark: { attribute: false },
    label: { attribute: false }, unsolved: { attribute: false }, never: { attribute: false }, caption: { attribute: false },
  };

  constructor() {
    super();
    /** @type {number[]} */ this.counts = [];
    /** Epochs to a bar. @type {number} */ this.binWidth = 25;
    /** The first bar's first epoch. @type {number} */ this.from = 0;
    /** @type {number|null} */ this.mark = null;
    /** @type {string} */ this.label = "this one";
    /** @type {number} */ this.unsolved = 0;
    /** This run is of those that did not get there. @type {boolean} */ this.never = false;
    /** @type {unknown} */ this.caption = "";
    this.width = new WidthWatch(this);
  }

  render() {
    const width = this.width.widthPx;
    const { counts, binWidth, from, mark, label, unsolved, never } = this;
    if (counts.length === 0) return html`<p class="key">No runs counted yet.</p>`;
    const height = Math.round(Math.min(HEIGHT.most, Math.max(HEIGHT.least, width * ASPECT)));
    return html`<figure class="histogram">
      ${width ? this.picture(histogramPicture({ counts, binWidth, from, mark, label, unsolved, never, width, height })) : nothing}
      ${this.caption ? html`<figcaption class="key">${this.caption}</figcaption>` : nothing}
      <details><summary>As a table</summary>${this.table()}</details></figure>`;
  }

  /** @param {HistogramPicture} p */
  picture(p) {
    const { left, right, top, bottom } = p.plot;
    const { scale } = this.width;
    return html`<svg class="hist" width=${p.width * scale} height=${p.height * scale} viewBox="0 0 ${p.width} ${p.height}" role="img" aria-label=${this.spoken()}>
      <text class="axis-name" x=${left - 9} y=${top - 15} text-anchor="end">runs</text>
      ${p.yTicks.map((tick) => tick.value === 0 ? nothing : svg`<path class="grid" d="M${left} ${Math.round(tick.y) + 0.5}H${right}"></path><text class="tick" x=${left - 9} y=${tick.y + 4.5} text-anchor="end">${tick.text}</text>`)}
      ${p.bars.map((bar) => bar.count === 0 ? nothing : svg`<rect class="bar-of" x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height}></rect>`)}
      <path class="base" d="M${left} ${bottom + 0.5}H${right}"></path>
      ${p.xTicks.map((tick) => svg`<text class="tick" x=${tick.x} y=${bottom + 21} text-anchor="middle">${tick.text}</text>`)}
      ${p.never ? this.unsolvedBar(p, p.never) : nothing}
      ${p.label ? svg`<g class="this-run"><path class="pole" d="M${Math.round(p.label.dotX) + 0.5} ${p.label.y + 6}V${p.label.dotY}"></path><circle class="run-dot" cx=${Math.round(p.label.dotX) + 0.5} cy=${p.label.dotY} r="4"></circle></g><text class="direct" x=${p.label.x} y=${p.label.y} text-anchor=${p.label.anchor}>${this.label}</text>` : nothing}
    </svg>`;
  }

  /** @param {HistogramPicture} p @param {import("../histogram-picture.js").Bar} bar */
  unsolvedBar({ plot }, bar) {
    const middle = bar.x + bar.width / 2;
    return svg`<rect class="bar-of never" x=${bar.x + 0.5} y=${bar.y} width=${bar.width - 1} height=${bar.height}></rect>
      <path class="base" d="M${bar.x - 12} ${plot.bottom + 0.5}H${bar.x + bar.width + 12}"></path>
      ${bar.mine ? nothing : svg`<text class="tick" x=${middle} y=${bar.y - 7} text-anchor="middle">${count(bar.count)}</text>`}
      <text class="tick" x=${middle} y=${plot.bottom + 21} text-anchor="middle">not solved</text>`;
  }

  spoken() {
    const all = this.counts.reduce((sum, n) => sum + n, 0) + this.unsolved;
    return `Histogram of ${all} runs by the epoch at which they solve it${this.mark !== null ? `; ${this.label} at epoch ${this.mark}` : this.never ? `; ${this.label} does not` : ""}`;
  }

  table() {
    const mine = (/** @type {number} */ first) => this.mark !== null && this.mark >= first && this.mark < first + this.binWidth;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Runs by epoch"><table class="t-hist"><caption class="vh">Runs by epoch</caption>
      <thead><tr><th scope="col">Epochs</th><th scope="col" class="num">Runs</th></tr></thead>
      <tbody>${this.counts.map((n, k) => {
        const first = this.from + k * this.binWidth;
        return n === 0 ? nothing : html`<tr class=${mine(first) ? "touch" : ""}><th scope="row"><span class="n">${count(first)}–${count(first + this.binWidth - 1)}</span>${mine(first) ? html` <small>${this.label}</small>` : nothing}</th><td class="num">${count(n)}</td></tr>`;
      })}${this.unsolved || this.never ? html`<tr class=${this.never ? "touch" : ""}><th scope="row">not solved${this.never ? html` <small>${this.label}</small>` : nothing}</th><td class="num">${count(this.unsolved)}</td></tr>` : nothing}</tbody></table></div>`;
  }
}

customElements.define("bp-histogram", Histogram);

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { number } from "../format.js";
import { sampledEpochs } from "../sampled-epochs.js";
import { PAIRS, framesUntil, strideOf, twinsPlan } from "../twins-plan.js";
import { LightElement } from "./light-element.js";
import { numberText } from "./number-text.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../types.js").RunFrame} RunFrame */
/** @typedef {import("../twins-plan.js").TwinsPanel} TwinsPanel */
/** @typedef {ReturnType<typeof twinsPlan>} Plan */

/** The twins' weights over the epochs: h1's line is thick, h2's thin and dashed, so that both are seen where they are one. */
export class TwinsChart extends LightElement {
  static properties = { frames: { attribute: false }, size: { attribute: false }, epoch: { attribute: false }, epochs: { attribute: false } };

  constructor() {
    super();
    /** @type {Map<number, RunFrame>} */ this.frames = new Map();
    /** How many frames there are: the map is the same when they come. */ this.size = 0;
    /** @type {number} */ this.epoch = 0;
    /** @type {number} */ this.epochs = 1000;
    this.width = new WidthWatch(this);
  }

  render() {
    const { widthPx: width, scale } = this.width;
    if (width === 0 || this.frames.size === 0) return nothing;
    const shown = framesUntil(this.frames, this.epoch, strideOf(this.epochs));
    const p = twinsPlan(shown, [...this.frames.values()], this.epochs, width);
    return html`<div class="plot"><svg class="twins-plot" width=${p.width * scale} height=${p.height * scale} viewBox="0 0 ${p.width} ${p.height}" role="img"
      aria-label="The weights of h1 and h2 over the epochs, in pairs; the table below has the numbers">${p.panels.map((panel) => panelView(panel, p))}</svg></div>
      <p class="key twins-key"><span>${mark("first")}<i class="var">h1</i></span><span>${mark("second")}<i class="var">h2</i></span><span>weights over the epochs</span></p>
      <details><summary>As a table</summary>${this.table()}</details>`;
  }

  table() {
    const every = strideOf(this.epochs);
    const epochs = sampledEpochs(Math.floor(this.epochs / every), 0, 10).map((k) => k * every).filter((epoch) => epoch <= this.epoch && this.frames.has(epoch));
    const rows = [...new Set([...epochs, ...(this.frames.has(this.epoch) ? [this.epoch] : [])])].sort((a, b) => a - b);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Weights of the twins by epoch"><table class="t-twins"><caption class="vh">Weights of the twins by epoch</caption>
      <thead><tr><th scope="col">Epoch</th>${PAIRS.flatMap(({ name }) => ["h1", "h2"].map((node) => html`<th scope="col" class="num">${node} ${name}</th>`))}</tr></thead>
      <tbody>${rows.map((epoch) => html`<tr class=${epoch === this.epoch ? "touch" : ""}><th scope="row" class="n">${epoch}</th>${PAIRS.flatMap(({ first, second }) => [first, second].map((k) => html`<td class="num">${
        numberText(number(this.frames.get(epoch)?.lanes[0].parameters[k] ?? NaN))}</td>`))}</tr>`)}</tbody></table></div>`;
  }
}

/** @param {TwinsPanel} panel @param {Plan} p */
function panelView({ name, box, first, second, ends, hasAxis }, p) {
  const { left, right, top, bottom } = box;
  return svg`<text class="panel-name" x=${left} y=${top - 14}>${name}</text>
    ${p.up.map(({ y, text }) => svg`<path class=${text === "0" ? "base" : "grid"} d="M${left} ${half(top + y)}H${right}"></path>${
      hasAxis ? svg`<text class="tick" x=${left - 9} y=${top + y + 4.5} text-anchor="end">${text}</text>` : nothing}`)}
    <path class="base" d="M${left} ${half(bottom)}H${right}"></path>
    ${p.across.map(({ at, text }) => svg`<path class="base" d="M${half(left + at)} ${bottom}v5"></path><text class="tick" x=${left + at} y=${bottom + 21} text-anchor="middle">${text}</text>`)}
    <path class="twin first" d=${first}></path><path class="twin second" d=${second}></path>
    ${ends.map(({ x, dotY }, i) => svg`<circle class="twin-end ${i ? "second" : "first"}" cx=${x} cy=${dotY} r=${i ? 2.5 : 4.5}></circle>`)}
    ${ends.map(({ x, y, text }) => svg`<text class="direct halo" x=${x + 10} y=${y + 4.5}>${text}</text>`)}`;
}

/** @param {string} kind */
const mark = (kind) => html`<svg viewBox="0 0 36 10" aria-hidden="true"><path class="twin ${kind}" d="M2 5H34"></path></svg>`;

/** A hairline on whole pixels. @param {number} at */
const half = (at) => Math.round(at) + 0.5;

customElements.define("bp-twins-chart", TwinsChart);

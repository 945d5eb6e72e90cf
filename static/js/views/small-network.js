// @ts-check
import { guard, html, nothing, svg } from "../../vendor/lit.js";
import { path } from "../bezier.js";
import { BIAS, LABEL, smallLayout } from "../small-layout.js";
import { shortNumber } from "../short-number.js";
import { LightElement } from "./light-element.js";
import { smallName } from "./small-name.js";
import { smallTable } from "./small-table.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../small-layout.js").SmallLayout} SmallLayout */
/** @typedef {import("../small-layout.js").SmallEdge} SmallEdge */
/** @typedef {import("../small-layout.js").SmallNode} SmallNode */

const THUMBNAIL = { width: 220, height: 150 };
const ASPECT = 0.63;
const LEAST_HEIGHT_PX = 320;
const FEW = { nodes: 2, share: 0.8 }; // a column of so many needs less height
const OF_WINDOW = 0.42; // network, facts and buttons are seen together
const PHONE_PX = 420;
/** Drawn width: `--weight-min` + this × |w|, at most `--weight-max`. Less than in one pass: trained weights are larger. */
const PER_UNIT = { detail: 1.15, thumbnail: 0.75 };

/** A whole network at one epoch: a thumbnail of its weights, or in detail with their numbers. */
export class SmallNetwork extends LightElement {
  static properties = {
    layers: { attribute: false }, parameters: { attribute: false }, biases: { attribute: false }, names: { attribute: false },
    detail: { attribute: false }, lane: { attribute: false }, open: { state: true },
  };

  constructor() {
    super();
    /** @type {number[]} */ this.layers = [2, 4, 1];
    /** @type {ArrayLike<number>} */ this.parameters = [];
    /** @type {boolean} */ this.biases = true;
    /** @type {string[]} */ this.names = ["A", "B"];
    /** @type {boolean} */ this.detail = false;
    /** @type {number|null} */ this.lane = null;
    /** @type {boolean} */ this.open = false;
    this.width = new WidthWatch(this);
    /** @type {SmallLayout|null} */ this.layout = null;
    this.laidOutFor = "";
  }

  willUpdate() {
    const { detail, biases, layers } = this;
    const width = detail ? this.width.widthPx : THUMBNAIL.width;
    const key = [width, this.width.scale, detail, biases, ...layers].join(" ");
    if (width === 0 || key === this.laidOutFor) return;
    const share = Math.max(...layers) > FEW.nodes ? 1 : FEW.share;
    const height = detail ? Math.round(share * Math.max(LEAST_HEIGHT_PX, Math.min(width * ASPECT, 430, this.width.windowPx * OF_WINDOW))) : THUMBNAIL.height;
    this.layout = smallLayout(layers, { width, height, biases, detail });
    this.laidOutFor = key;
  }

  render() {
    const { layout, detail } = this;
    if (!layout) return nothing;
    return html`<div class="small-net ${detail ? "detail" : "thumb"} ${layout.width < PHONE_PX ? "narrow" : ""}">
      <svg viewBox="0 0 ${layout.width} ${layout.height}" role="img" aria-label=${this.spoken()}>
        ${layout.edges.map((edge) => this.line(edge))}
        ${guard([layout, this.names.join()], () => layout.nodes.map((node) => this.node(node)))}
        ${detail ? layout.edges.map((edge) => this.weight(edge)) : nothing}
        ${layout.biasLabels ? layout.nodes.map((node) => this.bias(node)) : nothing}
      </svg>
      ${detail ? this.below(layout) : nothing}</div>`;
  }

  spoken() {
    const whose = this.lane === null ? "" : ` of lane ${this.lane}`;
    const twin = this.detail ? "; its weights are in the table below" : "";
    return `The ${this.layers.join("–")} network${whose}${twin}`;
  }

  /** @param {number} index */
  value(index) {
    const value = this.parameters[index] ?? 0;
    return Number.isFinite(value) ? value : 0;
  }

  /** @param {SmallEdge} edge */
  line(edge) {
    const w = this.value(edge.index);
    const width = Math.min(9, 1 + (this.detail ? PER_UNIT.detail : PER_UNIT.thumbnail) * Math.abs(w));
    return svg`<path class="edge ${w < 0 ? "neg" : "pos"}" d=${path(edge.curve)} stroke-width=${width.toFixed(2)}></path>`;
  }

  /** @param {SmallNode} node */
  node({ id, layer, x, y, r }) {
    const shape = layer === 0
      ? svg`<rect class="cell" x=${x - r} y=${y - r} width=${2 * r} height=${2 * r} rx=${Math.max(2, r * 0.22)}></rect>`
      : svg`<circle class="cell" cx=${x} cy=${y} r=${r}></circle>`;
    return this.detail && r >= 11 ? svg`${shape}${smallName(id, this.names, x, y)}` : shape;
  }

  /** @param {SmallEdge} edge */
  weight({ label, index }) {
    if (!label) return nothing;
    return svg`<rect class="w-slot" x=${label.x - LABEL.w / 2 + 2} y=${label.y - LABEL.h / 2 + 1} width=${LABEL.w - 4} height=${LABEL.h - 2} rx="6"></rect>
      <text class="w-label" x=${label.x} y=${label.y + 4.8} text-anchor="middle">${shortNumber(this.value(index))}</text>`;
  }

  /** @param {SmallNode} node */
  bias(node) {
    if (node.bias === null) return nothing;
    return svg`<text class="b-label halo" x=${node.x} y=${node.y + node.r + BIAS.below} text-anchor="middle"><tspan class="var">b</tspan><tspan dx="4">${shortNumber(this.value(node.bias))}</tspan></text>`;
  }

  /** @param {SmallLayout} layout */
  below(layout) {
    return html`<div class="net-below"><p class="key net-key"><span><svg viewBox="0 0 36 10" aria-hidden="true"><path class="edge pos" stroke-width="4" d="M0 5H36"></path></svg>positive</span>
      <span><svg viewBox="0 0 36 10" aria-hidden="true"><path class="edge neg" stroke-width="4" d="M0 5H36"></path></svg>negative</span>
      <span>wider is larger</span>${layout.biasLabels ? html`<span><i class="var">b</i> a neuron’s bias</span>` : nothing}</p>
      <details @toggle=${(/** @type {Event} */ e) => { this.open = /** @type {HTMLDetailsElement} */ (e.currentTarget).open; }}><summary>Weights as a table</summary>
        ${this.open ? smallTable(layout, this.names, this.parameters) : nothing}</details></div>`;
  }
}

customElements.define("bp-small-network", SmallNetwork);

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { depthPicture } from "../depth-picture.js";
import { SLOPES, arrivesShort, scaleLabel } from "../depth-words.js";
import { lanePath } from "../lane-marks.js";
import { LightElement } from "./light-element.js";
import { svgNumberText } from "./number-text.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("../depth-picture.js").Panel} Panel */
/** @typedef {import("../depth-picture.js").DrawnCurve} DrawnCurve */
/** @typedef {ReturnType<typeof depthPicture>} Picture */

/** Which of the lanes' marks, by the curve's place among those of its activation: square, disc, triangle. */
const MARKS = [2, 1, 3];

/** The blame on its way from the output to the first layer: a panel per activation, a curve per size of weights. */
export class DepthChart extends LightElement {
  static properties = { answer: { attribute: false }, names: { attribute: false } };

  constructor() {
    super();
    /** @type {DepthAnswer|null} */ this.answer = null;
    /** Labels of activations and initialisers. @type {Record<string, string>} */ this.names = {};
    this.width = new WidthWatch(this, 900);
  }

  render() {
    const { answer, names } = this;
    const { widthPx: width, scale } = this.width;
    if (!answer || width === 0) return nothing;
    const p = depthPicture(answer, width);
    return html`<div class="plot"><svg class="depth-plot" width=${p.width * scale} height=${p.height * scale} viewBox="0 0 ${p.width} ${p.height}" role="img"
      aria-label="Size of the blame by layer, from the output to the first layer, for ${p.panels.map(({ activation }) => names[activation]).join(", ")}; the table below has the numbers">
      ${p.panels.map((panel) => panelView(panel, p, names, answer.depth))}</svg></div>`;
  }
}

/** @param {Panel} panel @param {Picture} p @param {Record<string, string>} names @param {number} depth */
function panelView(panel, p, names, depth) {
  const { left, right, top, bottom } = panel.plot;
  const y = (/** @type {number} */ place) => half(bottom - place * (bottom - top));
  return svg`
    <text class="panel-name" x=${left} y=${top - 38}>${names[panel.activation]}</text>
    <text class="tick" x=${left} y=${top - 18}>${SLOPES[panel.activation]}, ${names[panel.initializer]}’s weights</text>
    ${p.ticks.map((tick) => svg`<path class="grid" d="M${left} ${y(tick.place)}H${right}"></path>`)}
    ${p.borders.map((place) => svg`<path class="finish" d="M${left} ${y(place)}H${right}"></path>`)}
    <path class="base" d="M${left} ${y(p.one)}H${right}M${left} ${half(bottom)}H${right}"></path>
    ${panel.axis ? svg`<text class="axis-name" x=${left - 7} y=${top - 16} text-anchor="end">blame</text>` : nothing}
    ${panel.axis ? p.ticks.map((tick) => svg`<text class="tick" x=${left - 9} y=${y(tick.place) + 4.5} text-anchor="end">${tick.text}${
      tick.power === null ? nothing : svg`<tspan class="power" dy="-5">${tick.power}</tspan>`}</text>`) : nothing}
    ${panel.ticks.map((tick) => svg`<path class="base" d="M${half(tick.x)} ${bottom}v5"></path><text class="tick" x=${tick.x} y=${bottom + 20} text-anchor="middle">${tick.layer}</text>`)}
    ${wayBack(panel, depth)}
    ${panel.curves.map(({ band }) => svg`<path class="depth-band" d=${band}></path>`)}
    ${panel.curves.map(({ line }, i) => svg`<path class="depth-line d${i}" d=${line}></path>`)}
    ${panel.borders ? svg`<text class="tick halo" x=${left + 4} y=${y(p.borders[1]) - 7}>explodes above</text>
      <text class="tick halo" x=${left + 4} y=${y(p.borders[0]) + 17}>vanishes below</text>` : nothing}
    ${panel.curves.map(endLabel)}`;
}

/** Which way the blame goes: under the axis, dotted as blame is everywhere. @param {Panel} panel @param {number} depth */
function wayBack({ plot: { left, right, bottom } }, depth) {
  const y = bottom + 37;
  return svg`<text class="tick" x=${left} y=${y + 4.5}>output</text><text class="tick" x=${right} y=${y + 4.5} text-anchor="end">${depth > 1 ? "first layer" : ""}</text>
    <path class="way-back" d="M${left + 52} ${y}H${right - 86}"></path><path class="way-tip" d="M${right - 84} ${y - 4.5}l8 4.5l-8 4.5z"></path>`;
}

/** @param {DrawnCurve} drawn @param {number} i */
function endLabel({ curve, end: { x, y, labelY } }, i) {
  return svg`<path class="leader" d="M${x + 6} ${y}L${x + 14} ${labelY}"></path>
    <path class="lane-mark depth-mark" d=${lanePath(MARKS[i] ?? 0, 5)} transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"></path>
    <text class="direct" x=${x + 18} y=${labelY + 2}>${scaleLabel(curve.scale)} <tspan class="fate">${curve.verdict}</tspan></text>
    <text class="tick" x=${x + 18} y=${labelY + 18}>${svgNumberText(arrivesShort(curve.ratio))}</text>`;
}

/** A hairline on whole pixels. @param {number} at */
const half = (at) => Math.round(at) + 0.5;

customElements.define("bp-depth-chart", DepthChart);

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { aloneArrows, endsOf, togetherArrows } from "../batch-arrows.js";
import { PAD, batchPlan } from "../batch-plan.js";
import { MOVED } from "../batch-stops.js";
import { number } from "../format.js";
import { px } from "../plane-points.js";
import { LightElement } from "./light-element.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../types.js").BatchAnswer} BatchAnswer */
/** @typedef {import("../batch-arrows.js").Arrow} Arrow */
/** @typedef {import("../batch-plan.js").Panel} Panel */
/** @typedef {import("../plane-points.js").Point} Point */

const CHAR_PX = 7.2, START_R = 5, STOP_R = 3.5, RING_R = 7;

/** Two weights as a plane, twice: all rows and then one move; a move for each row. Drawn from the answer and the play head alone. */
export class BatchPlane extends LightElement {
  static properties = { answer: { attribute: false }, t: { attribute: false }, reduction: { attribute: false }, names: { attribute: false } };

  constructor() {
    super();
    /** @type {BatchAnswer|null} */ this.answer = null;
    /** @type {number} */ this.t = 0;
    /** @type {"sum"|"mean"} */ this.reduction = "sum";
    /** @type {string[]} */ this.names = [];
    this.width = new WidthWatch(this, 900);
  }

  render() {
    const { answer, t, reduction, names } = this;
    const { widthPx: width, scale } = this.width;
    if (!answer || width === 0) return nothing;
    const plan = batchPlan(answer, width, this.width.windowPx);
    const edges = answer.edges.map((edge) => edge.replace(">", "→"));
    return html`<div class="plot batch-plot ${plan.narrow ? "narrow" : ""}"><svg width=${plan.width * scale} height=${plan.height * scale} viewBox="0 0 ${plan.width} ${plan.height}" role="img"
      aria-label="The plane of the weights ${edges.join(" and ")}, twice: the four gradients added up, then one move; and four moves, one after another. The numbers are in the table below.">
      ${ground(plan.together, "All at once", edges)}${ground(plan.alone, "One at a time", edges)}
      ${togetherArrows(answer, plan.together, t, reduction, names).map(arrowView)}
      ${startView(plan.together)}
      ${this.ends(answer, plan.alone)}
      ${aloneArrows(answer, plan.alone, t, names).map(arrowView)}
      ${answer.one_at_a_time.moves.slice(0, Math.floor(t)).map(({ end }) => dot(plan.alone.at(end), STOP_R, "stop"))}
      ${startView(plan.alone)}
    </svg></div>`;
  }

  /** Where the one move ended, on the right too; how far that is from the end there. @param {BatchAnswer} answer @param {Panel} view */
  ends(answer, view) {
    if (this.t <= MOVED) return nothing;
    const words = `the ${this.reduction}’s end`;
    const { ring, here, words: at, apart } = endsOf(answer, view, this.reduction, words.length * CHAR_PX);
    return svg`<g class="ends"><path class="apart" d="M${px(ring)}L${px(here)}"></path>
      <circle class="ring" cx=${ring[0]} cy=${ring[1]} r=${RING_R}></circle>
      <text class="direct halo" x=${at[0]} y=${at[1] + 4.5} text-anchor="middle">${words}</text>
      <text class="direct quiet halo" x=${apart[0]} y=${apart[1] + 4.5} text-anchor="middle">${number(answer.one_at_a_time.apart[this.reduction], { digits: 2 })}</text></g>`;
  }
}

/** Title, ticks and grid of one view. @param {Panel} view @param {string} title @param {string[]} edges */
function ground({ box, across, up }, title, edges) {
  return svg`<text class="panel-name" x=${box.left - PAD.left} y=${box.top - 38}>${title}</text>
    ${up.map(({ y, text }) => svg`<path class="grid" d="M${box.left - 10} ${half(y)}H${box.right + 10}"></path><text class="tick" x=${box.left - 18} y=${y + 4.5} text-anchor="end">${text}</text>`)}
    ${across.map(({ x, text }) => svg`<path class="grid" d="M${half(x)} ${box.top - 10}V${box.bottom + 10}"></path><text class="tick" x=${x} y=${box.bottom + 28} text-anchor="middle">${text}</text>`)}
    <text class="axis-name" x=${box.right + 14} y=${box.bottom + 46} text-anchor="end">${edges[0]}</text>
    <text class="axis-name" x=${box.left - PAD.left} y=${box.top - 14}>${edges[1]}</text>`;
}

/** @param {Arrow} arrow */
function arrowView({ kind, shaft: [from, to], head, text, label }) {
  const d = `M${px(from)}L${px(to)}`;
  return svg`<g class="arrow ${kind}"><path class="shaft" d=${d}></path>${kind === "move" ? svg`<path class="core" d=${d}></path>` : nothing}<path class="tip" d=${head}></path>
    <text class="direct halo" x=${label[0]} y=${label[1] + 4.5} text-anchor="middle">${text}</text></g>`;
}

/** @param {Panel} view */
const startView = ({ start }) => dot(start, START_R, "start");

/** @param {Point} at @param {number} r @param {string} name */
const dot = ([x, y], r, name) => svg`<circle class="dot-of ${name}" cx=${x} cy=${y} r=${r}></circle>`;

/** A hairline on whole pixels. @param {number} at */
const half = (at) => Math.round(at) + 0.5;

customElements.define("bp-batch-plane", BatchPlane);

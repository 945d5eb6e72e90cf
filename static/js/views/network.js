// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { layoutNetwork } from "../layout.js";
import { sceneAt } from "../scene.js";
import { valueAt } from "../tape.js";
import { LightElement } from "./light-element.js";
import { cellView } from "./network-cell.js";
import { biasNode, edgeLabel, edgeLine, edgePill, lockWord, pulseView, trailView } from "./network-edge.js";
import { gapView } from "./network-gap.js";
import { slot } from "./svg-number.js";
import { WidthWatch } from "./width-watch.js";

const ROOMY_FROM_PX = 960;

/** @typedef {import("../tape.js").Tape} Tape */
/**
 * What the parts of the picture may know: a view of the tape at one play head.
 * @typedef {object} Picture
 * @property {import("../layout.js").Layout} layout
 * @property {string} phase
 * @property {string|null} livePlace
 * @property {string|null} liveId
 * @property {string|null} asked
 * @property {string|null} settling
 * @property {Set<string>} lit
 * @property {Map<string, number>} stale
 * @property {import("../types.js").SignName} sign how derivatives are written
 * @property {boolean} locked
 * @property {(id: string) => number|null} show      the value, or null when it has not arrived
 * @property {(edge: string) => number} weightAt     old, new, or on its way between the two
 * @property {(id: string) => number} grown          0..1: how much of an entry has been drawn
 * @property {(id: string) => number} sliding        the same, for a dot on its curve
 * @property {(node: string) => string} activationOf
 */

/** The network at play head `t`. State in, picture out. */
export class NetworkView extends LightElement {
  static properties = {
    tape: { attribute: false }, spec: { attribute: false }, t: { attribute: false }, asked: { attribute: false },
    lit: { attribute: false }, stale: { attribute: false }, form: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Tape|null} */ this.tape = null;
    /** @type {import("../types.js").Spec|null} */ this.spec = null;
    /** @type {number} */ this.t = 0;
    /** @type {string|null} */ this.asked = null;
    /** @type {Set<string>} */ this.lit = new Set();
    /** @type {Map<string, number>} */ this.stale = new Map();
    /** @type {import("../layout.js").Form} */ this.form = "roomy";
    this.width = new WidthWatch(this);
  }

  /** The form that is asked for, or a closer one where that would make its text small. */
  get fitting() {
    const { widthPx } = this.width;
    return this.form === "roomy" && widthPx > 0 && widthPx < ROOMY_FROM_PX ? "compact" : this.form;
  }

  /** @returns {unknown} */
  render() {
    const { tape, spec } = this;
    if (!tape || !spec) return nothing;
    const form = this.fitting;
    const layout = layoutNetwork(spec.layers, { biases: spec.biases, form });
    const scene = sceneAt(tape, layout, this.t);
    const p = this.picture(tape, spec, layout, scene);
    return html`<svg class="net ${form}" viewBox="0 0 ${layout.width} ${layout.height}" role="group" aria-label="The network">
      ${layout.edges.map((edge) => edgeLine(edge, p))}
      ${scene.pulses.map((pulse) => trailView(pulse))}
      ${layout.edges.map((edge) => biasNode(edge))}
      ${layout.gaps.map((gap, i) => gapView(gap, i, p))}
      ${[...layout.cells.values()].map((cell) => cellView(cell, p))}
      ${layout.edges.map((edge) => edgePill(edge, p))}
      ${layout.edges.map((edge) => edgeLabel(edge, p))}
      ${lossView(p)}
      ${lockWord(p)}
      ${scene.pulses.map((pulse) => svg`<g aria-hidden="true">${pulseView(pulse, layout.tall)}</g>`)}
    </svg>`;
  }

  /**
   * @param {Tape} tape @param {import("../types.js").Spec} spec
   * @param {import("../layout.js").Layout} layout @param {import("../scene.js").Scene} scene
   * @returns {Picture}
   */
  picture(tape, spec, layout, scene) {
    const { entry, fraction } = scene;
    const arrived = Math.floor(this.t);
    const underWay = fraction < 1 && entry ? entry.id : null;
    const fractionOf = (/** @type {string} */ id) => (underWay === id ? fraction : valueAt(tape, id, arrived) === null ? 0 : 1);
    const ids = [...layout.cells.keys()];
    const inputs = spec.layers[0];
    /** @type {Map<string, string>} */
    const activations = new Map();
    let at = inputs;
    spec.activations.forEach((activation, l) => {
      for (let i = 0; i < spec.layers[l + 1]; i++) activations.set(ids[at++], activation);
    });
    const phase = entry?.phase ?? "forward";
    return {
      layout, phase, asked: this.asked, lit: this.lit, stale: this.stale, sign: tape.sign,
      livePlace: entry?.place ?? null, liveId: entry?.id ?? null,
      settling: underWay,
      locked: phase === "backward",
      show: (id) => valueAt(tape, id, arrived),
      weightAt: (edge) => {
        const old = tape.byId.get(`w:${edge}`)?.value ?? 0;
        const next = tape.byId.get(`new:${edge}`)?.value ?? old;
        return old + (next - old) * fractionOf(`new:${edge}`);
      },
      grown: fractionOf, sliding: fractionOf,
      activationOf: (node) => activations.get(node) ?? "linear",
    };
  }
}

/** @param {Picture} p */
function lossView(p) {
  const { x, y } = p.layout.loss;
  return svg`<text class="name-s" x=${x} y=${y} text-anchor="middle">loss</text>${slot(p, "loss", x, y + 26, { size: "n-l" })}`;
}

customElements.define("bp-network", NetworkView);

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { path, pointAt } from "../bezier.js";
import { number, spokenName } from "../format.js";
import { glanceLayout, litPlaces } from "../glance.js";
import { LightElement } from "./light-element.js";
import { smallName } from "./small-name.js";

/** @typedef {import("../glance.js").Lit} Lit */
/** @typedef {import("../glance.js").Glance} Glance */

const MARKS = { forward: "▸ ", backward: "◂ ", update: "◆ ", loss: "", given: "" };
const MIDDLE = 0.5;
const ABOVE = 15;
const SIGNED = new Set(["backward", "update"]);

/** The network of figure `passes` beside the text: what a sentence speaks of is lit up in it, with its number. */
export class GlanceView extends LightElement {
  static properties = { tape: { attribute: false }, layers: { attribute: false }, path: { attribute: false }, lit: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {number[]} */ this.layers = [];
    /** What is lit while nothing is pointed at: by name. @type {readonly string[]} */ this.path = [];
    /** What a sentence points at. @type {readonly string[]} */ this.lit = [];
    /** @type {Glance|null} */ this.layout = null;
    this.laidOutFor = "";
  }

  willUpdate() {
    const key = this.layers.join();
    if (!key || key === this.laidOutFor) return;
    this.layout = glanceLayout(this.layers);
    this.laidOutFor = key;
  }

  render() {
    const { layout, tape } = this;
    if (!layout || !tape) return nothing;
    const pointed = this.lit.some((id) => tape.byId.has(id));
    const places = litPlaces(tape, pointed ? this.lit : this.path);
    const at = (/** @type {string} */ place) => places.get(place) ?? null;
    return html`<svg class="glance ${pointed ? "pointed" : ""}" viewBox="0 0 ${layout.width} ${layout.height}" role="img" aria-label=${this.spoken(places, pointed)}>
      ${layout.wire ? this.loss(layout.wire, at("loss"), at("t1"), pointed) : nothing}
      ${layout.edges.map((edge) => svg`<path class="edge ${kindOf(at(edge.id))}" d=${path(edge.curve)}></path>`)}
      ${layout.nodes.map((node) => svg`${node.layer === 0
        ? svg`<rect class="cell ${kindOf(at(node.id))}" x=${node.x - node.r} y=${node.y - node.r} width=${2 * node.r} height=${2 * node.r} rx="4"></rect>`
        : svg`<circle class="cell ${kindOf(at(node.id))}" cx=${node.x} cy=${node.y} r=${node.r}></circle>`}${smallName(node.id, [], node.x, node.y)}`)}
      ${pointed ? layout.edges.map((edge) => label(at(edge.id), above(pointAt(edge.curve, MIDDLE)))) : nothing}
      ${pointed ? layout.nodes.map((node) => label(at(node.id), { x: Math.max(44, node.x), y: node.y - node.r - 11 })) : nothing}
    </svg>`;
  }

  /** @param {{x0: number, x1: number, y: number}} wire @param {Lit|null} lit @param {Lit|null} wanted @param {boolean} pointed */
  loss({ x0, x1, y }, lit, wanted, pointed) {
    return svg`<path class="edge ${kindOf(lit)}" d="M${x0} ${y}H${x1}"></path>
      <text class="loss-word ${lit ? "lit" : ""}" x=${x1 + 6} y=${y + 5}>loss</text>${pointed ? label(lit, { x: x1 + 20, y: y - 20 }) : nothing}${wanted ? svg`
      <text class="loss-word lit" x=${x1 + 6} y=${y + 30}>wanted</text>${label(wanted, { x: x1 + 30, y: y + 48 })}` : nothing}`;
  }

  /** @param {Map<string, Lit>} places @param {boolean} pointed */
  spoken(places, pointed) {
    if (!pointed) return "The network of the figure; what a sentence speaks of is lit up here";
    return [...places.values()].map(({ id, value }) => `${spokenName(id, this.tape?.sign)}: ${number(value)}`).join("; ");
  }
}

/** @param {Lit|null} lit */
const kindOf = (lit) => (lit ? `lit ${lit.phase}` : "");

/** @param {{x: number, y: number}} at */
const above = ({ x, y }) => ({ x, y: y - ABOVE });

/** @param {Lit|null} lit @param {{x: number, y: number}} at */
function label(lit, { x, y }) {
  if (!lit) return nothing;
  return svg`<text class="halo ${lit.phase}" x=${x} y=${y + 5} text-anchor="middle">${MARKS[lit.phase]}${number(lit.value, { sign: SIGNED.has(lit.phase) })}</text>`;
}

customElements.define("bp-glance", GlanceView);

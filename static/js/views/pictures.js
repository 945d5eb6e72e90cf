// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { nodeIds } from "../layout.js";
import { productAt } from "../product-picture.js";
import { deltaName, signOf } from "../signs.js";
import { streamsAt } from "../streams-picture.js";
import { LightElement } from "./light-element.js";
import { withNames } from "./name.js";
import "./grown.js";
import "./product.js";
import "./streams.js";

/** @typedef {import("../types.js").Spec} Spec */

const NBSP = "\u00a0";

/** The small picture that belongs to the moment, if one does: a function of the tape and the position in it. */
export class PicturesView extends LightElement {
  static properties = {
    tape: { attribute: false }, position: { attribute: false }, spec: { attribute: false }, catalog: { attribute: false },
    moved: { attribute: false }, diverged: { attribute: false }, first: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {number} */ this.position = 0;
    /** @type {Spec|null} */ this.spec = null;
    /** @type {import("../types.js").Catalog|null} */ this.catalog = null;
    /** Deltas as they would be if the weights had moved first. @type {import("../types.js").MovedFirst[]} */ this.moved = [];
    /** Why there is no next pass, if there is none. @type {import("../types.js").Divergence|null} */ this.diverged = null;
    /** @type {number} */ this.first = 0;
  }

  render() {
    const { tape, spec, position } = this;
    if (!tape || !spec) return nothing;
    const product = productAt(tape, position, (node) => this.steepest(spec, node));
    if (product) return html`<bp-product .product=${product} .name=${deltaName(signOf(spec))}></bp-product>${this.movedFirst(tape, spec, product.node)}`;
    const streams = streamsAt(tape, position);
    if (streams) return html`<bp-streams .streams=${streams} .name=${deltaName(signOf(spec))}></bp-streams>`;
    if (position < tape.length) return nothing;
    if (this.diverged) return html`<bp-grown .diverged=${this.diverged} .first=${this.first}></bp-grown>`;
    if (spec.hold) return html`<p class="held">Held back: every gradient is there, and nothing moves. The next pass has the same weights, and the same loss.</p>`;
    return nothing;
  }

  /** @param {Spec} spec @param {string} node */
  steepest(spec, node) {
    const layer = nodeIds(spec.layers).findIndex((nodes) => nodes.includes(node));
    return this.catalog?.activations.find(({ name }) => name === spec.activations[layer - 1])?.steepest ?? null;
  }

  /** What the padlock prevents, at the delta of a hidden neuron. @param {import("../tape.js").Tape} tape @param {Spec} spec @param {string} node */
  movedFirst(tape, spec, node) {
    const missed = this.moved.find((each) => each.node === node);
    const right = tape.byId.get(`${node}.delta`)?.value;
    if (!missed || right === undefined || missed.delta === right || tape.indexOf(`${node}.delta`) !== this.position) return nothing;
    const [wrong, shown] = [missed.delta, right].map((delta) => number(delta, { sign: true }));
    if (wrong === shown) return nothing; // at a small rate both read alike
    const ids = nodeIds(spec.layers);
    const next = ids[ids.findIndex((nodes) => nodes.includes(node)) + 1];
    const whose = next.length === 1 ? `${next[0]}’s weights` : "the weights after it";
    return html`<p class="moved-first"><b>Why the padlock.</b> If ${withNames(whose)} had moved first, ${deltaName(signOf(spec))} of ${withNames(node)} would be <span class="n">${wrong}</span>
      instead of <span class="n">${shown}</span>${missed.percent === null ? nothing : html`: <span class="n">${number(Math.abs(missed.percent), { digits: Math.abs(missed.percent) < 1 ? 2 : 0 })}${NBSP}%</span> off`}.</p>`;
  }
}

customElements.define("bp-pictures", PicturesView);

// @ts-check
// Figure `depth`: what becomes of the blame on its way back through many layers, and what the first weights have to do with it.
import { html, live, nothing } from "../../vendor/lit.js";
import { byTurns, finding, gradientWords, saturationWords } from "../depth-words.js";
import { Latest } from "../latest.js";
import { FIRST_DEPTH } from "../link-states.js";
import { fatesTable, layersTable } from "../views/depth-tables.js";
import { LightElement } from "../views/light-element.js";
import { numberText } from "../views/number-text.js";
import { takeDepth } from "./take-answers.js";
import "../views/depth-chart.js";

/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("../types.js").Refusal} Refusal */
/** @typedef {import("../connection.js").Connection} Connection */

const TOO_MUCH_MS = 300;
const SLOW_MS = 600; // an answer that takes longer is waited for in words

export class DepthFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    this.takeAway = takeDepth(this);
    this.depth = FIRST_DEPTH;
    /** What is shown: the newest answer to the depth at hand. @type {DepthAnswer|null} */ this.answer = null;
    /** What was got is kept: the slider goes back and forth. @type {Map<number, DepthAnswer>} */ this.kept = new Map();
    /** @type {Latest<number, DepthAnswer|Refusal>|null} */ this.latest = null;
    this.refusal = "";
    this.slow = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */ this.slowTimer = undefined;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const { connection } = this;
    if (!this.latest && connection) this.latest = new Latest((depth) => connection.request("depth", { depth }), (depth, answer) => this.told(depth, answer));
    if (changed.has("status") && this.status === "connected") this.want();
  }

  get busy() {
    return this.answer?.depth !== this.depth;
  }

  /** @param {number} depth */
  setDepth(depth) {
    this.depth = depth;
    this.refusal = "";
    this.answer = this.kept.get(depth) ?? this.answer;
    this.want();
    this.version += 1;
  }

  want() {
    if (!this.busy) return this.rest();
    this.slowTimer ??= setTimeout(() => { this.slow = true; this.version += 1; }, SLOW_MS);
    this.latest?.want(this.depth);
  }

  rest() {
    clearTimeout(this.slowTimer);
    this.slowTimer = undefined;
    this.slow = false;
  }

  /** @param {number} depth @param {DepthAnswer|Refusal|null} answer */
  told(depth, answer) {
    if (answer?.ok) this.kept.set(depth, answer);
    else if (answer?.error.field === "rate") setTimeout(() => this.want(), TOO_MUCH_MS);
    else if (answer && depth === this.depth) this.refusal = answer.error.message;
    this.answer = this.kept.get(this.depth) ?? this.answer;
    if (!this.busy) this.rest();
    this.version += 1;
  }

  render() {
    const { boot, answer, depth, busy } = this;
    this.setAttribute("aria-busy", String(busy));
    if (!boot) return nothing;
    const { min, max } = boot.catalog.limits.depth;
    const names = Object.fromEntries([...boot.catalog.activations, ...boot.catalog.initializers].map(({ name, label }) => [name, label]));
    return html`<div class="depth-deck"><label for="depth-layers">Layers</label><output class="n" for="depth-layers">${depth}</output>
        <input id="depth-layers" type="range" min=${min} max=${max} step="1" aria-valuetext="${depth} layers" .value=${live(String(depth))}
          @input=${(/** @type {Event} */ e) => this.setDepth(Number(/** @type {HTMLInputElement} */ (e.currentTarget).value))}></div>
      ${this.words()}
      ${answer ? this.picture(answer, names) : nothing}`;
  }

  /** @param {DepthAnswer} answer @param {Record<string, string>} names */
  picture(answer, names) {
    return html`<figure class="depth-figure ${this.slow ? "stale" : ""}">
      <figcaption class="finding" aria-live="polite">${pieces(finding(answer))}</figcaption>
      <bp-depth-chart .answer=${answer} .names=${names}></bp-depth-chart>
      <div class="depth-below">
        <p class="key">The size of the blame is the root mean square of <i class="var">δ</i> over <span class="n">${answer.samples}</span> samples and the <span class="n">${answer.width}</span> neurons of a layer; the output’s, whose layer is linear, is <span class="n">1</span>.
          Each line is the median of <span class="n">${answer.starts}</span> starts, its band the middle half of them. × ½, × 1 and × 2 say how large the first weights are, measured by what Xavier or He would draw. Dotted lines are the verdicts’ borders: below <span class="n">${answer.vanishes_below}</span> it vanishes, above <span class="n">${answer.explodes_above}</span> it explodes.</p>
        <div><p class="key">${pieces(gradientWords(answer))}</p><p class="key">${pieces(saturationWords(answer))}</p></div>
      </div>
      <details><summary>As a table</summary>${fatesTable(answer, names)}${layersTable(answer, names)}</details>
      <bp-take-away .source=${this.takeAway}></bp-take-away>
    </figure>`;
  }

  /** A thin line of words, only when there is something to say. */
  words() {
    if (this.refusal) return html`<p class="line-of-words refusal" role="alert">${this.refusal}</p>`;
    const lost = this.status === "reconnecting" || this.status === "closed";
    const waits = this.answer ? (this.slow ? "Waiting for the engine…" : nothing) : "Measuring networks of many layers…";
    return html`<p class="line-of-words" role="status">${lost ? "The engine is out of reach. What you have stays usable; I am trying again." : waits}</p>`;
  }
}

/** @param {import("../depth-words.js").Piece[]} words */
const pieces = (words) => words.map((piece) => (typeof piece === "string" ? piece : html`<span class="nb">${
  byTurns(piece.n).map((part, i) => (i % 2 === 0 ? part : html`<span class="n">${numberText(part)}</span>`))}</span>`));

customElements.define("bp-depth", DepthFigure);

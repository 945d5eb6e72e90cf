// @ts-check
// Figure `hill`: a ball on a loss, its slope, its step, and what becomes of it. Composes the views over a session.
import { html, live, nothing } from "../../vendor/lit.js";
import { parseNumber } from "../format.js";
import { leftIn, verdictWords } from "../hill-words.js";
import { SLICE } from "../link-states.js";
import { ICONS } from "../views/icons.js";
import { LightElement } from "../views/light-element.js";
import { numberText } from "../views/number-text.js";
import { HillSession } from "./hill-session.js";
import { takeHill } from "./take-away.js";
import "../views/hill-curve.js";
import "../views/hill-rate.js";
import "../views/hill-table.js";
import "../views/tex.js";

/** @typedef {import("./hill-session.js").HillNetwork} HillNetwork */

const TABS = [["bowl", "Bowl"], ["double_valley", "Two valleys"], ["ravine", "Ravine"]];
/** What each landscape is here to show. @type {Record<string, string>} */
const CLAIMS = {
  bowl: "The slope falls with the distance, so one learning rate fits all of it. The ball has no momentum: each step knows only the slope where it stands.",
  double_valley: "Downhill is not always the way to the deepest valley.",
  [SLICE]: "The true loss of the network’s present pass along one weight, all others held. Where the ball begins, its slope is that pass’s gradient. The rate begins where one step covers about a third of the way, however gentle the slope.",
  ravine: "What suits the steep walls crawls on the gentle floor.",
};

export class HillFigure extends LightElement {
  static properties = { connection: { attribute: false }, status: { attribute: false }, network: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {import("../connection.js").Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** The pass that figure `passes` shows. @type {HillNetwork|null} */ this.network = null;
    /** @type {number} */ this.version = 0;
    /** @type {HillSession|null} */ this.session = null;
    this.takeAway = takeHill(this);
    const on = (/** @type {string} */ name, /** @type {(session: HillSession, detail: any) => void} */ react) =>
      this.addEventListener(name, (event) => this.session && react(this.session, /** @type {CustomEvent} */ (event).detail));
    on("hold", (session, x) => session.hold(x));
    on("rate", (session, rate) => session.setRate(rate));
    on("rate-text", (session, text) => this.readRate(session, text));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.session && this.connection) {
      this.session = new HillSession(this.connection, () => { this.version += 1; }, () => this.frame());
      this.session.choose("bowl");
    }
    if (this.network && this.session && (changed.has("network") || !this.session.network)) this.session.follow(this.network); // whichever came first
    if (changed.has("status") && this.status === "connected") this.session?.connected();
  }

  /** Between two stops only the ball is drawn again. */
  frame() {
    const curve = /** @type {import("../views/hill-curve.js").HillCurve|null} */ (this.querySelector("bp-hill-curve"));
    if (curve && this.session) curve.x = this.session.ballX;
  }

  /** @param {HillSession} session @param {string} text */
  readRate(session, text) {
    const rate = parseNumber(text);
    if (rate !== null) return session.setRate(rate);
    const got = text.trim() === "" ? "it is empty" : `got “${text}”`;
    session.refused({ field: "learning_rate", message: `Learning rate takes a number, but ${got}.` });
    this.version += 1;
  }

  render() {
    const { session } = this;
    if (!session) return nothing;
    return html`<div class="hill-figure" aria-busy=${session.busy ? "true" : "false"}>
      ${this.tabs(session)}
      ${this.claim(session)}
      <bp-hill-curve .landscape=${session.landscape} .curve=${session.curve} .digits=${session.digits} .stop=${session.here}
        .x=${session.ballX} .trail=${session.trail} .moving=${session.moving} .stale=${session.curveWanted}></bp-hill-curve>
      ${session.here ? this.under(session) : html`<p class="line-of-words" role="status">Connecting to the engine…</p>`}
    </div>`;
  }

  /** @param {HillSession} session */
  tabs(session) {
    const { name } = session;
    const radio = (/** @type {string} */ value, /** @type {unknown} */ label) => html`<label><input type="radio" name="landscape" value=${value} .checked=${live(value === name)}
      @change=${() => session.choose(value)}><span>${label}</span></label>`;
    return html`<fieldset class="landscapes"><legend class="vh">Landscape</legend>
      ${TABS.map(([value, label]) => radio(value, label))}
      ${this.network ? html`<span class="along ${name === SLICE ? "chosen" : ""}">${radio(SLICE, "This network")}<span class="join">along</span><select class="pick" aria-label="Weight of the slice"
        @change=${(/** @type {Event} */ e) => session.choose(SLICE, /** @type {HTMLSelectElement} */ (e.currentTarget).value)}>${
        this.network.weights.map((weight) => html`<option value=${weight.id} .selected=${live(weight.id === session.weight)}>${weight.name}</option>`)}</select></span>` : nothing}
    </fieldset>`;
  }

  /** @param {HillSession} session */
  claim({ landscape, name }) {
    const formula = landscape && landscape.name === name && name !== SLICE ? html`<bp-tex .tex=${landscape.formula}></bp-tex>` : nothing;
    return html`<p class="claim">${formula}<span>${CLAIMS[name]}</span></p>`;
  }

  /** @param {HillSession} session */
  under(session) {
    const { here, landscape, digits, trail, moving, refusal } = session;
    const rate = session.rate ?? session.hereRate;
    if (!here || !landscape || rate === null) return nothing;
    const shown = moving ? trail[trail.length - 1] : here;
    const words = verdictWords(shown, landscape, digits, session.hereRate ?? rate, leftIn(moving ? trail : session.stops, landscape));
    const rests = session.fresh && !session.canStep && !moving;
    return html`<div class="hill-under">
      <div class="hill-controls">
        <bp-hill-rate .rate=${rate} .rates=${landscape.rates} .refusal=${refusal?.field === "learning_rate" ? refusal.message : ""}></bp-hill-rate>
        <div class="grp steps">
          <button type="button" class="btn" ?disabled=${trail.length === 0} title=${trail.length === 0 ? "No step was taken yet" : nothing} @click=${() => session.back()}>${ICONS.back}Back</button>
          <button type="button" class="go" aria-disabled=${rests ? "true" : "false"} title=${rests ? "There is no step to take from here" : nothing} @click=${() => { if (!rests) session.step(); }}>Step ${ICONS.step}</button>
          <button type="button" class="btn" data-act="play" aria-disabled=${rests ? "true" : "false"} @click=${() => { if (session.running) session.pause(); else if (!rests) session.run(); }}>${session.running ? html`${ICONS.pause}Pause` : html`${ICONS.play}Run`}</button>
          <button type="button" class="btn" @click=${() => session.reset()}>Reset</button>
        </div>
        ${this.words(session)}
      </div>
      <div class="verdict ${session.slow ? "stale" : ""}" aria-live="polite"><p><strong>${words.headline}</strong> ${words.evidence.map((piece) => (typeof piece === "string" ? piece : html`<span class="n nb">${numberText(piece.n)}</span>`))}</p></div>
    </div>
    <bp-hill-table .stops=${moving ? trail : session.stops}></bp-hill-table>
    <bp-take-away .source=${this.takeAway}></bp-take-away>`;
  }

  /** A thin line of words, only when there is something to say. @param {HillSession} session */
  words({ refusal, away, slow }) {
    if (refusal && refusal.field !== "learning_rate") return html`<p class="line-of-words refusal" role="alert">${refusal.message}</p>`;
    const lost = away || this.status === "reconnecting" || this.status === "closed";
    const text = lost ? "The engine is out of reach. What you have stays usable; I am trying again." : slow ? "Waiting for the engine…" : nothing;
    return html`<p class="line-of-words" role="status">${text}</p>`;
  }
}

customElements.define("bp-hill", HillFigure);

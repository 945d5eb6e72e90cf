// @ts-check
import { html, live, nothing } from "../../vendor/lit.js";
import { parseNumber } from "../format.js";
import { EPOCH_SPEEDS } from "../run-pace.js";
import { count } from "../ticks.js";
import { calmTouch } from "./calm-range.js";
import { ICONS } from "./icons.js";
import { LightElement } from "./light-element.js";

let decks = 0; // on this page, so that each has an id of its own to speak of

/**
 * The controls of a run. Emits `act` with the button's name ("start", "pause", "back", "step", "reset", or an extra one's),
 * `seek` with an epoch, `speed` with epochs a second, `epochs` with a new end.
 */
export class EpochDeck extends LightElement {
  static properties = {
    running: { attribute: false }, epoch: { attribute: false }, epochs: { attribute: false }, known: { attribute: false },
    speed: { attribute: false }, startLabel: { attribute: false }, busy: { attribute: false }, extra: { attribute: false },
    most: { attribute: false }, refused: { state: true },
  };

  constructor() {
    super();
    /** @type {boolean} */ this.running = false;
    /** @type {number} */ this.epoch = 0;
    /** The end of the scrubber. @type {number} */ this.epochs = 1000;
    /** How far it has been computed. @type {number} */ this.known = 0;
    /** @type {number} */ this.speed = 100;
    /** @type {string} */ this.startLabel = "Start";
    /** Waiting for the engine. @type {boolean} */ this.busy = false;
    /** @type {{act: string, label: string}[]} */ this.extra = [];
    /** The largest end that may be asked for. @type {number} */ this.most = 100000;
    /** Why a typed end was not taken. @type {string} */ this.refused = "";
    this.refusedId = `end-refused-${++decks}`;
  }

  render() {
    return html`<div class="epoch-deck">
      <div class="run-buttons">
        ${this.primary()}
        ${this.button("back", html`${ICONS.back}<span class="wide-only">Back</span>`, this.epoch <= 0, this.epoch <= 0 ? "This is the start" : "One epoch back")}
        ${this.button("step", html`<span>Step</span>${ICONS.step}`, this.epoch >= this.epochs, this.epoch >= this.epochs ? "This is the last epoch; raise their number to go on" : "One epoch on")}
        ${this.button("reset", "Reset", false, "Back to the same starting weights")}
      </div>
      ${this.scrubber()}
      <div class="run-more">
        <label class="run-speed"><span class="vh">Speed</span><select class="pick" aria-label="Speed" @change=${this.chooseSpeed}>${
          EPOCH_SPEEDS.map((speed, i) => html`<option value=${i} .selected=${live(speed === this.speed)}>${speedName(speed)}</option>`)}</select></label>
        ${this.extra.map(({ act, label }) => this.button(act, label, false, ""))}
      </div>
    </div>`;
  }

  /** One button with room for both of its names. */
  primary() {
    const act = this.running ? "pause" : "start";
    return html`<button type="button" class="go" data-act=${act} aria-busy=${this.busy ? "true" : "false"} @click=${() => this.emit("act", act)}>
      <span class=${this.running ? "not-now" : ""}>${ICONS.play}${this.startLabel}</span><span class=${this.running ? "" : "not-now"}>${ICONS.pause}Pause</span></button>`;
  }

  /** @param {string} act @param {unknown} content @param {boolean} off @param {string} title */
  button(act, content, off, title) {
    return html`<button type="button" class="btn" data-act=${act} ?disabled=${off} title=${title || nothing} aria-label=${act === "back" ? "Back" : nothing}
      @click=${() => this.emit("act", act)}>${content}</button>`;
  }

  scrubber() {
    const { epoch, epochs, known } = this;
    return html`<div class="epoch-scrub">
      <span class="scrub-at"><span class="scrub-word">Epoch</span> <output class="n">${count(epoch)}</output></span>
      <input type="range" class="scrub" min="0" max=${epochs} step="1" .value=${live(String(epoch))} aria-label="Epoch"
        aria-valuetext="Epoch ${epoch} of ${epochs}${known < epochs ? `, computed up to ${known}` : ""}"
        @input=${(/** @type {Event} */ e) => this.emit("seek", Number(/** @type {HTMLInputElement} */ (e.currentTarget).value))}>
      <label class="scrub-end"><span class="of">of</span> <input class="eta n" inputmode="numeric" autocomplete="off" aria-label="Number of epochs" aria-invalid=${this.refused ? "true" : "false"} aria-describedby=${this.refused ? this.refusedId : nothing}
        .value=${String(epochs)} @change=${this.chooseEnd} @blur=${(/** @type {Event} */ e) => { /** @type {HTMLInputElement} */ (e.currentTarget).value = String(this.epochs); }}></label></div>
      ${this.refused ? html`<p class="refusal field-refusal" role="alert" id=${this.refusedId}>${this.refused}</p>` : nothing}`;
  }

  /** @param {Event} event */
  chooseSpeed(event) {
    this.emit("speed", EPOCH_SPEEDS[Number(/** @type {HTMLSelectElement} */ (event.currentTarget).value)]);
  }

  /** @param {Event} event */
  chooseEnd(event) {
    const { value } = /** @type {HTMLInputElement} */ (event.currentTarget);
    const epochs = parseNumber(value);
    const taken = epochs !== null && Number.isInteger(epochs) && epochs >= 1 && epochs <= this.most;
    this.refused = taken ? "" : `Number of epochs: got “${value}”, takes a whole number from 1 to ${count(this.most)}.`;
    if (taken) this.emit("epochs", epochs);
  }

  firstUpdated() {
    calmTouch(/** @type {HTMLInputElement} */ (this.querySelector(".scrub")));
  }

  updated() {
    // Set through the style object, which the page policy allows: slots as wide as the largest epoch, the track as dark as known.
    const slot = /** @type {HTMLElement} */ (this.querySelector(".scrub-at output"));
    slot.style.minWidth = `${count(this.epochs).length}ch`;
    const track = /** @type {HTMLElement} */ (this.querySelector(".scrub"));
    track.style.setProperty("--known", String(this.epochs > 0 ? Math.min(1, this.known / this.epochs) : 0));
    track.style.setProperty("--at", String(this.epochs > 0 ? Math.min(1, this.epoch / this.epochs) : 0));
  }
}

/** @param {number} speed */
const speedName = (speed) => (speed === Infinity ? "as fast as it goes" : speed === 1 ? "1 epoch a second" : `${count(speed)} epochs a second`);

customElements.define("bp-epoch-deck", EpochDeck);

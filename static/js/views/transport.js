// @ts-check
import { html } from "../../vendor/lit.js";
import { SPEEDS } from "../clock.js";
import { ICONS } from "./icons.js";
import { LightElement } from "./light-element.js";

/** @typedef {"number"|"neuron"|"layer"} Granularity */
/** @type {Granularity[]} */
const GRANULARITIES = ["number", "neuron", "layer"];

/** The buttons of a pass. Emits `act` with the button's name, `granularity` and `speed`. */
export class TransportView extends LightElement {
  static properties = {
    playing: { attribute: false },
    granularity: { attribute: false }, speed: { attribute: false },
  };

  constructor() {
    super();
    /** @type {boolean} */ this.playing = false;
    /** @type {Granularity} */ this.granularity = "number";
    /** @type {number} */ this.speed = 1;
  }

  render() {
    return html`<div class="transport main">
      <div class="grp steps">
        ${this.button("back", html`${ICONS.back}Back`)}
        <button type="button" class="go" data-act="step" @click=${() => this.emit("act", "step")}>Step ${ICONS.step}</button>
        <button type="button" class="btn" data-act="play" @click=${() => this.emit("act", "play")}>${this.playing ? html`${ICONS.pause}Pause` : html`${ICONS.play}Play`}</button>
      </div>
      <fieldset class="by"><legend>One step is</legend>${GRANULARITIES.map((g) => html`<label><input type="radio" name="granularity" value=${g} .checked=${g === this.granularity} @change=${() => this.emit("granularity", g)}><span>a ${g}</span></label>`)}</fieldset>
      <label class="speed">Speed <input type="range" min="0" max=${SPEEDS.length - 1} step="1" .value=${String(SPEEDS.indexOf(this.speed))} aria-valuetext="${this.speed} times"
        @input=${(/** @type {Event} */ e) => this.emit("speed", SPEEDS[Number(/** @type {HTMLInputElement} */ (e.currentTarget).value)])}><output class="n">${this.speed}×</output></label>
      <div class="grp end">
        ${this.button("next", "Next sample")}
        ${this.button("reset", "Reset")}
        ${this.button("new-weights", "New weights")}
      </div>
      <button type="button" class="btn round" aria-label="Keys and help" @click=${() => this.emit("act", "help")}>?</button>
    </div>`;
  }

  /** @param {string} act @param {unknown} content */
  button(act, content) {
    return html`<button type="button" class="btn" data-act=${act} @click=${() => this.emit("act", act)}>${content}</button>`;
  }
}

customElements.define("bp-transport", TransportView);

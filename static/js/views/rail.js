// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { spokenName } from "../format.js";
import { LightElement } from "./light-element.js";
import { PHASES } from "./phases.js";

/** The whole tape as one line: its four phases, a mark for every entry, and a handle. Emits `seek` with a position. */
export class RailView extends LightElement {
  static properties = { tape: { attribute: false }, position: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {number} */ this.position = 0;
  }

  render() {
    const { tape, position } = this;
    if (!tape) return nothing;
    const live = tape.entries[position - 1];
    return html`<div class="phases">${tape.phases.map((phase) => this.phase(phase, live?.phase === phase.phase))}</div>
    <div class="rail">
      ${tape.phases.map((phase) => html`<span class="seg ${phase.phase} ${live?.phase === phase.phase ? "now" : ""}" data-length=${phase.to - phase.from}>        <span class="seg-line" aria-hidden="true">${tape.entries.slice(phase.from, phase.to).map((_, i) => html`<i class=${dot(phase.from + i + 1, position)}></i>`)}</span></span>`)}
      <input type="range" min="0" max=${tape.length} step="1" .value=${String(position)} aria-label="Position in the pass"
        aria-valuetext=${live ? `Number ${position} of ${tape.length}, ${PHASES[live.phase].label}: ${spokenName(live.id, tape.sign)}` : `Before the first of ${tape.length} numbers`}
        @input=${(/** @type {Event} */ e) => this.emit("seek", Number(/** @type {HTMLInputElement} */ (e.currentTarget).value))}>
    </div>`;
  }

  /** The phase's button runs to its end. @param {import("../tape.js").PhaseSpan} phase @param {boolean} now */
  phase({ phase, from, to }, now) {
    const { label, mark } = PHASES[phase];
    const content = html`<span class="tri ${phase}" aria-hidden="true">${mark}</span> ${label}`;
    if (phase === "loss") return html`<span class="phase ${now ? "now" : ""}" data-length=${to - from}>${content}</span>`;
    return html`<span class="phase" data-length=${to - from}><button type="button" class=${now ? "now" : ""} data-act=${phase}
      title="Go to the end of it" @click=${() => this.emit("act", phase)}>${content}</button></span>`;
  }

  updated() {
    // Each phase is as wide as it has entries; set through the style object, which the page policy allows.
    for (const seg of this.querySelectorAll("[data-length]")) {
      const element = /** @type {HTMLElement} */ (seg);
      element.style.flexGrow = element.dataset.length ?? "1";
    }
  }
}

/** @param {number} at @param {number} position */
const dot = (at, position) => (at === position ? "now" : at < position ? "done" : "todo");

customElements.define("bp-rail", RailView);

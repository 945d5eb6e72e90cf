// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { exact, number, plain, spokenName } from "../format.js";
import { LightElement } from "./light-element.js";
import { withNames } from "./name.js";
import { askNumber } from "./ask-number.js";
import "./tex.js";

/** @typedef {import("../types.js").Entry} Entry */
/** @typedef {import("../types.js").Given} Given */

/** @param {Entry|Given} item @returns {item is Entry} */
const isEntry = (item) => "parents" in item;

/** Where a number comes from: its formula, the numbers that made it, and theirs; each can be asked in turn. */
export class DerivationView extends LightElement {
  static properties = { tape: { attribute: false }, trail: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {string[]} */ this.trail = [];
  }

  render() {
    const { tape, trail } = this;
    const item = tape?.byId.get(trail[trail.length - 1] ?? "");
    if (!tape || !item) {
      return html`<div class="derive empty"><p>Press any number. It tells you which numbers made it, and each of those can be asked in turn, down to what was given.</p></div>`;
    }
    return html`<section class="derive" aria-label="Derivation">
      <div class="derive-top">
        <nav aria-label="Asked so far">${trail.slice(0, -1).map((id, i) => this.crumb(id, i))}<b class="n" aria-current="true">${number(item.value)}</b></nav>
        <button type="button" class="close" aria-label="Close the derivation" @click=${() => this.emit("close-derivation")}>×</button>
      </div>
      <h2 tabindex="-1">Where does <span class="n">${number(item.value)}</span> come from?</h2>
      <div class="derive-eq"><bp-tex .tex=${isEntry(item) ? `${item.symbol} = ${item.formula}` : item.symbol}></bp-tex></div>
      ${isEntry(item) ? this.made(item) : this.given(item)}
      <p class="exact">Exactly <span class="n">${exact(item.value)}</span></p>
    </section>`;
  }

  /** @param {string} id @param {number} index */
  crumb(id, index) {
    const value = this.tape?.byId.get(id)?.value ?? 0;
    return html`<button type="button" class="crumb n" @click=${() => this.emit("ask-back", index)} aria-label="Back to ${number(value)}, ${spokenName(id, this.tape?.sign)}">${number(value)}</button><span aria-hidden="true">›</span>`;
  }

  /** @param {Entry} entry */
  made(entry) {
    return html`<p class="derive-why">${withNames(entry.because)}</p><ul class="tree">${entry.parents.map((id) => this.branch(id, 1))}</ul>`;
  }

  /** @param {string} id @param {number} depth @returns {unknown} */
  branch(id, depth) {
    const item = this.tape?.byId.get(id);
    if (!item) return nothing;
    const parents = isEntry(item) && depth < 2 ? item.parents : [];
    return html`<li><div class="row"><bp-tex .tex=${item.symbol}></bp-tex>${askNumber(id, item.value)}${
      isEntry(item) ? nothing : html`<small>${item.meaning}</small>`}</div>
      ${parents.length ? html`<ul>${parents.map((p) => this.branch(p, depth + 1))}</ul>` : nothing}</li>`;
  }

  /** @param {Given} given */
  given(given) {
    return html`<p class="derive-why">It is given: ${withNames(given.meaning)}. Nothing computed it; change it and everything made from it changes.</p>
      <form class="set" @submit=${(/** @type {SubmitEvent} */ e) => this.submit(e, given.id)}>
        <label>New value <input class="field n" name="value" data-field=${given.id} inputmode="decimal" autocomplete="off" .value=${plain(given.value)} aria-label="Value of ${given.id}"></label>
        <button type="submit" class="btn">Set</button>
      </form>`;
  }

  /** @param {SubmitEvent} event @param {string} id */
  submit(event, id) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    this.emit("edit", { id, text: new FormData(form).get("value") });
  }
}

customElements.define("bp-derivation", DerivationView);

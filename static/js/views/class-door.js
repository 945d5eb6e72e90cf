// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { isCode, tidyCode } from "../class-code.js";
import { LightElement } from "./light-element.js";

/** Where a class is started, or joined by its code. Emits `start-class`. */
export class ClassDoor extends LightElement {
  static properties = { starting: { attribute: false }, fault: { attribute: false }, joinOnly: { attribute: false }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {boolean} */ this.starting = false;
    /** Why none was started. @type {string} */ this.fault = "";
    /** @type {boolean} */ this.joinOnly = false;
    /** @type {string} */ this.wrong = "";
  }

  /** @param {SubmitEvent} event */
  join(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.currentTarget).elements.namedItem("code"));
    const code = tidyCode(field.value);
    this.wrong = isCode(code) ? "" : "A code has six letters and digits, and none of 0, O, 1, I and L.";
    if (this.wrong) field.focus();
    else location.assign(`/class/${code}`);
  }

  render() {
    const said = this.fault || this.wrong;
    return html`<div class="class-door">
      ${this.joinOnly ? nothing : html`<p>In a classroom, everybody’s page can follow yours.</p>
        <button type="button" class="btn class-begin" aria-disabled=${this.starting ? "true" : "false"} @click=${() => { if (!this.starting) this.emit("start-class"); }}>${this.starting ? "Starting…" : "Start a class"}</button>`}
      <form class="class-join" novalidate @submit=${this.join}>
        <label>${this.joinOnly ? "Another code" : "or join one by its code"} <input class="field n" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" aria-invalid=${this.wrong ? "true" : "false"} aria-describedby="class-door-said"></label>
        <button class="btn">Join</button>
      </form>
      <p class="class-fault" id="class-door-said" role="status">${said || nothing}</p>
    </div>`;
  }
}

customElements.define("bp-class-door", ClassDoor);

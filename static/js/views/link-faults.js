// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";

/** What a link asked for and did not get, in words, until it is put away. */
export class LinkFaults extends LightElement {
  static properties = { faults: { attribute: false } };

  constructor() {
    super();
    /** @type {string[]} */ this.faults = [];
  }

  render() {
    const { faults } = this;
    if (faults.length === 0) return nothing;
    return html`<div class="link-faults" role="alert"><p>This figure could not be opened as the link has it: ${faults.map(ended).join("; ")}. Everything else is open.</p>
      <button type="button" class="btn" @click=${() => { this.faults = []; }}>Put away</button></div>`;
  }
}

/** A reason inside a sentence. @param {string} fault */
const ended = (fault) => fault.replace(/\.$/, "");

customElements.define("bp-link-faults", LinkFaults);

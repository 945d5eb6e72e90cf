// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";
import { codeText, timeText } from "./class-parts.js";

/** Addresses that every computer has for itself. */
const OWN = /^(localhost|127\.[\d.]+|\[::1\])(?=:|$)/;

/** How learners come in, large enough for the last row: the picture to point a phone at, the address, the code. Emits `copy` with "learners" or "teacher". */
export class ClassShare extends LightElement {
  static properties = { code: { attribute: false }, host: { attribute: false }, ends: { attribute: false }, said: { attribute: false } };

  constructor() {
    super();
    /** @type {string} */ this.code = "";
    /** @type {string} */ this.host = "";
    /** @type {number} */ this.ends = 0;
    /** @type {string} */ this.said = "";
  }

  open() {
    this.querySelector("dialog")?.showModal();
  }

  render() {
    const { code, host, ends } = this;
    const own = OWN.exec(host)?.[1];
    return html`<dialog class="class-share" aria-labelledby="class-share-title">
      <div class="share-body">
        <img class="share-qr" src="/class/${code}/qr.svg" alt="QR code of ${host}/class/${code}" width="400" height="400" loading="lazy">
        <div class="share-words">
          <h2 id="class-share-title">Join the class</h2>
          <p class="share-how">Point a phone at the picture, or open</p>
          <p class="share-address"><span>${host}/class/</span>${codeText(code)}</p>
          ${own ? html`<p class="class-note refusal">${own} is this computer alone. For others, open the page at the address that the server printed for the blackboard, and start the class there.</p>` : nothing}
          <div class="share-buttons">
            <button type="button" class="btn" @click=${() => this.emit("copy", "learners")}>Copy the learners’ link</button>
            <button type="button" class="btn" @click=${() => this.emit("copy", "teacher")}>Copy the teacher’s link</button>
          </div>
          <p class="key">The class ends at <span class="n">${timeText(ends)}</span> by itself, and nothing of it is kept.</p>
          <p class="key">Whoever has the teacher’s link is in charge: open it on the projector’s computer, and do not show it.</p>
          <p class="class-said" role="status">${this.said}</p>
          <form method="dialog"><button class="go">Close</button></form>
        </div>
      </div>
    </dialog>`;
  }
}

customElements.define("bp-class-share", ClassShare);

// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { save, saveText } from "../downloads.js";
import { facesInUse } from "../picture-fonts.js";
import { picture, png } from "../picture.js";
import { LightElement } from "./light-element.js";

/**
 * What a figure has to give. Its functions are asked when a button is pressed, for what the figure shows then.
 * @typedef {object} TakeAway
 * @property {{act: string, label: string, note: string, make: () => Promise<import("../downloads.js").TextFile>}[]} texts
 * @property {{title: () => string, name: () => string, parts: () => Element[]}|null} picture name: of the file, without its ending
 * @property {(() => Promise<void>)|null} print
 */

/** A quiet row of buttons, folded: what this figure shows, as files. Each file is made when it is asked for. */
export class TakeAwayView extends LightElement {
  static properties = { source: { attribute: false }, told: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {TakeAway|null} */ this.source = null;
    /** What became of it. @type {{words: string, refused: boolean}|null} */ this.told = null;
    /** @type {boolean} */ this.busy = false;
  }

  render() {
    const { source, told } = this;
    if (!source) return nothing;
    return html`<details class="take-away"><summary>Take it away</summary>
      <div class="take-away-files">
        ${source.texts.map(({ act, label, note, make }) => this.button(act, label, note, async () => {
          const file = await make();
          saveText(this, file);
          return `Saved ${file.name}.`;
        }))}
        ${source.picture ? html`${this.button("svg", "Picture", "SVG", () => this.saveSvg())}${this.button("png", "Picture", "PNG", () => this.savePng())}` : nothing}
        ${source.print ? this.button("print", "Print", "a worked solution", async () => { await source.print?.(); return ""; }) : nothing}
      </div>
      <p class="take-away-told ${told?.refused ? "refusal" : ""}" role="status">${told?.words ?? nothing}</p>
    </details>`;
  }

  /** @param {string} act @param {string} label @param {string} note @param {() => Promise<string>} make tells what became of it */
  button(act, label, note, make) {
    return html`<button type="button" class="btn" data-take=${act} aria-disabled=${this.busy ? "true" : "false"} @click=${() => this.take(make)}>${label} <small>${note}</small></button>`;
  }

  /** One file at a time. @param {() => Promise<string>} make */
  async take(make) {
    if (this.busy) return;
    this.busy = true;
    this.told = null;
    try {
      const words = await make();
      this.told = { words, refused: false };
    } catch (error) {
      this.told = { words: error instanceof Error ? error.message : String(error), refused: true };
    }
    this.busy = false;
  }

  drawn() {
    const shown = /** @type {NonNullable<TakeAway["picture"]>} */ (this.source?.picture);
    return { made: picture(shown.parts(), shown.title()), name: shown.name() };
  }

  async saveSvg() {
    const { made, name } = this.drawn();
    saveText(this, { name: `${name}.svg`, type: "image/svg+xml", text: made.svg });
    return `Saved ${name}.svg.`;
  }

  async savePng() {
    const { made, name } = this.drawn();
    save(this, `${name}.png`, await png(made, this, await facesInUse(this.ownerDocument)));
    return `Saved ${name}.png.`;
  }
}

customElements.define("bp-take-away", TakeAwayView);

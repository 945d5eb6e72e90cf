// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";

/** Addresses of a figure as it is: where it stands on this page, and where it stands alone. @typedef {{link: string, alone: string}} Urls */

const SAID = { link: "Copied.", embed: "Copied. Put it into a page of yours." };

/**
 * Quiet buttons beside a figure that take a link to it as it is. Where the browser does not let a page copy, the text is
 * shown instead, selected.
 */
export class CopyLink extends LightElement {
  static properties = {
    urls: { attribute: false }, page: { attribute: false }, embed: { attribute: false }, alone: { type: Boolean }, what: { attribute: false },
    said: { state: true }, shown: { state: true }, href: { state: true },
  };

  constructor() {
    super();
    /** @type {(() => Promise<Urls>)|null} */ this.urls = null;
    /** The text that shows the figure in another page. @type {((alone: string) => string)|null} */ this.embed = null;
    /** The figure stands alone already. @type {boolean} */ this.alone = false;
    /** The figure's name in words. @type {string} */ this.what = "";
    /** @type {string} */ this.said = "";
    /** What could not be copied. @type {string|null} */ this.shown = null;
    /** The figure's own page as it opens. @type {string} */ this.page = "";
    /** The same as the figure is, when that was last asked. @type {string} */ this.href = "";
  }

  /** @param {"link"|"embed"} what */
  async copy(what) {
    const urls = await this.urls?.();
    if (!urls) return;
    const text = what === "link" ? urls.link : this.embed?.(urls.alone) ?? "";
    this.shown = null;
    this.said = "";
    await this.updateComplete; // said anew, it is heard anew
    try {
      await navigator.clipboard.writeText(text);
      this.said = SAID[what];
    } catch {
      this.said = "The browser does not let this page copy. Here is the text:";
      this.shown = text;
      await this.updateComplete;
      this.querySelector("input")?.select();
    }
  }

  /** The address of the figure as it is now, whichever way the link is followed. */
  async renew() {
    const urls = await this.urls?.();
    if (urls) this.href = urls.alone;
  }

  /** Leave for the figure as it is at this moment; a press that opens another tab follows the address that it found. @param {MouseEvent} event */
  async follow(event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    await this.renew();
    location.assign(this.href);
  }

  render() {
    const { what, said, shown } = this;
    return html`<div class="links" role="group" aria-label="Links to ${what}">
      <button type="button" class="btn" @click=${() => void this.copy("link")}>Copy link</button>
      ${this.alone ? nothing : html`<a class="btn" href=${this.href || this.page} title="This figure on a page of its own; with large type: key P"
        @pointerenter=${() => void this.renew()} @focus=${() => void this.renew()} @pointerdown=${() => void this.renew()} @click=${(/** @type {MouseEvent} */ e) => void this.follow(e)}>Open alone</a>`}
      <button type="button" class="btn" @click=${() => void this.copy("embed")}>Copy embed code</button>
      <span class="links-said" role="status">${said}</span>
      ${shown === null ? nothing : html`<input class="links-text" readonly aria-label="Text to copy" .value=${shown}>`}
    </div>`;
  }
}

customElements.define("bp-copy-link", CopyLink);

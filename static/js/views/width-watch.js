// @ts-check

/** What a sheet holds between its margins: A4 has 680 px, Letter a few more. */
const PAPER_PX = 680;

/** The root's type that drawings are laid out for. */
const ROOT_PX = 16;

/** How much larger the page's type is: on a projector (figures/links.js), or where a reader has chosen a larger one. */
const typeScale = () => Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT_PX || 1);

/**
 * Tells a view how wide it is, in whole px of a drawing, and draws it anew when that changes. Where the page's type is larger, so
 * is a drawing's px: it is laid out as in a smaller window and drawn `scale` times as large, so that its text grows with the page's. No browser tells of the width that a view has on
 * paper: there it is at most a sheet's.
 */
export class WidthWatch {
  widthPx = 0;
  /** How many of the page's px one of the drawing's is. */ scale = 1;
  /** Off paper, of the page. */ screenPx = 0;
  /** @type {ResizeObserver|null} */ observer = null;

  /**
   * @param {import("./light-element.js").LightElement} host a block
   * @param {number} [paperPx] how wide it is laid out for paper, where the style sheet draws it as much smaller as it has to be
   */
  constructor(host, paperPx = PAPER_PX) {
    this.host = host;
    this.toPaper = () => this.take(Math.min(this.screenPx, paperPx), 1);
    this.toScreen = () => this.take(this.screenPx, typeScale());
    host.addController(this);
  }

  hostConnected() {
    this.observer = new ResizeObserver(([entry]) => {
      this.screenPx = Math.floor(entry.contentRect.width) || this.screenPx;
      this.toScreen();
    });
    this.observer.observe(this.host);
    addEventListener("beforeprint", this.toPaper);
    addEventListener("afterprint", this.toScreen);
  }

  hostDisconnected() {
    this.observer?.disconnect();
    removeEventListener("beforeprint", this.toPaper);
    removeEventListener("afterprint", this.toScreen);
  }

  /** @param {number} pagePx @param {number} scale */
  take(pagePx, scale) {
    const widthPx = Math.floor(pagePx / scale);
    if (widthPx === this.widthPx && scale === this.scale) return;
    this.widthPx = widthPx;
    this.scale = scale;
    this.host.requestUpdate();
  }

  /** The height of the window. */
  get windowPx() {
    return innerHeight / this.scale;
  }
}

// @ts-check

/** What a sheet holds between its margins: A4 has 680 px, Letter a few more. */
const PAPER_PX = 680;

/**
 * Tells a view how wide it is, in whole px, and draws it anew when that changes. No browser tells of the width that a view has on
 * paper: there it is at most a sheet's.
 */
export class WidthWatch {
  widthPx = 0;
  /** Off paper. */ screenPx = 0;
  /** @type {ResizeObserver|null} */ observer = null;

  /**
   * @param {import("./light-element.js").LightElement} host a block
   * @param {number} [paperPx] how wide it is laid out for paper, where the style sheet draws it as much smaller as it has to be
   */
  constructor(host, paperPx = PAPER_PX) {
    this.host = host;
    this.toPaper = () => this.take(Math.min(this.screenPx, paperPx));
    this.toScreen = () => this.take(this.screenPx);
    host.addController(this);
  }

  hostConnected() {
    this.observer = new ResizeObserver(([entry]) => {
      this.screenPx = Math.floor(entry.contentRect.width) || this.screenPx;
      this.take(this.screenPx);
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

  /** @param {number} widthPx */
  take(widthPx) {
    if (widthPx === this.widthPx) return;
    this.widthPx = widthPx;
    this.host.requestUpdate();
  }
}

// @ts-check

/** Tells a view how wide it is, in whole px, and draws it anew when that changes. */
export class WidthWatch {
  widthPx = 0;
  /** @type {ResizeObserver|null} */ observer = null;

  /** @param {import("./light-element.js").LightElement} host a block */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected() {
    this.observer = new ResizeObserver(([entry]) => {
      const widthPx = Math.floor(entry.contentRect.width);
      if (widthPx === this.widthPx || widthPx === 0) return;
      this.widthPx = widthPx;
      this.host.requestUpdate();
    });
    this.observer.observe(this.host);
  }

  hostDisconnected() {
    this.observer?.disconnect();
  }
}

// @ts-check
// What the teacher's figure shows, sent on as it changes: never more often than the gap, and always the last.

/** @typedef {import("../link-states.js").FigureName} FigureName */
/** What became of it: kept, to be tried again, or the class is not there any more. @typedef {"kept"|"again"|"over"} Sent */

/** What reaches a whole class costs two of a page's forty requests a second, and the page has questions of its own. */
const GAP_MS = 80;

export class Showing {
  /**
   * @param {() => Promise<{figure: FigureName, state: string}|null>} look what is to be shown now
   * @param {(figure: FigureName, state: string) => Promise<Sent>} send
   */
  constructor(look, send) {
    this.look = look;
    this.send = send;
    this.sent = "";
    this.changed = false;
    /** @type {Promise<void>|null} */ this.underWay = null;
  }

  /** Something may have changed. */
  note() {
    this.changed = true;
    this.underWay ??= this.run().then((over) => {
      this.underWay = null;
      if (this.changed && !over) void this.note(); // between its last look and now
    });
    return this.underWay;
  }

  /** Say it again, whether it changed or not. */
  again() {
    this.sent = "";
    return this.note();
  }

  /** @returns {Promise<boolean>} whether there is nobody to show it to */
  async run() {
    while (this.changed) {
      this.changed = false;
      const now = await this.look();
      const key = now ? `${now.figure} ${now.state}` : "";
      if (!now || key === this.sent) continue;
      const became = await this.send(now.figure, now.state);
      if (became === "over") return true;
      if (became === "kept") this.sent = key;
      else this.changed = true;
      await new Promise((resolve) => { setTimeout(resolve, GAP_MS); });
    }
    return false;
  }
}

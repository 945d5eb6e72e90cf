// @ts-check
import { LightElement } from "./light-element.js";

/** A table of a pass's numbers: how far the tape is known, what is lit, what no longer holds, and what was refused. */
export class TapeTable extends LightElement {
  static properties = {
    tape: { attribute: false }, position: { attribute: false }, lit: { attribute: false },
    stale: { attribute: false }, editing: { attribute: false }, refused: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
    /** @type {number} */ this.position = 0;
    /** @type {Set<string>} */ this.lit = new Set();
    /** @type {Map<string, number>} */ this.stale = new Map();
    /** @type {boolean} */ this.editing = false;
    /** The id of a refused number. @type {string|null} */ this.refused = null;
  }
}

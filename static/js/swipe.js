// @ts-check
// A finger that was put down: does it go across, which drags, or down the page, which scrolls? No DOM.

/** @typedef {{pointerId: number, clientX: number, clientY: number}} Place */

const SLACK_PX = 6; // a finger at rest trembles

export class Swipe {
  /** @type {Place|null} */ start = null;

  /** @param {Place} place */
  began({ pointerId, clientX, clientY }) {
    this.start = { pointerId, clientX, clientY };
  }

  /** Whether it has just become clear that it goes across; true once. @param {Place} place */
  turnsAcross({ pointerId, clientX, clientY }) {
    if (this.start?.pointerId !== pointerId) return false;
    const across = Math.abs(clientX - this.start.clientX), down = Math.abs(clientY - this.start.clientY);
    if (Math.max(across, down) < SLACK_PX) return false;
    this.start = null;
    return across > down;
  }

  /** It is lifted, or scrolls the page. @returns {boolean} whether it had stayed where it was put: a tap */
  ended() {
    const tapped = this.start !== null;
    this.start = null;
    return tapped;
  }
}

// @ts-check
// From a landscape to pixels, and back. No DOM.
import { number } from "./format.js";
import { linearTicks } from "./ticks.js";

/** @typedef {import("./types.js").HillLandscape} HillLandscape */
/** @typedef {import("./types.js").HillCurve} HillCurve */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{widthPx: number, heightPx: number}} Size */
/** @typedef {{x: number, y: number, cx: number, cy: number, m: number}} Resting contact, centre, and the slope on the screen */

const ROOMY = { left: 46, right: 14, top: 62, bottom: 30, ballPx: 16, ringPx: 11 };
const NARROW = { left: 38, right: 10, top: 56, bottom: 28, ballPx: 12, ringPx: 9.5 };
const NARROW_BELOW_PX = 560;
const FLOOR_PX = 38; // ground under the lowest point, for what stands there
const RUNG_PX = 74, CHAR_PX = 7.6, TICK_GAP_PX = 12;
const LONGEST = 8; // characters of a loss beside its tick; what would be longer is written with a power of ten
const LEVEL = 1e-12; // of the loss: a curve that rises by less is level

export class HillScale {
  /** @param {HillLandscape} landscape @param {HillCurve} curve @param {Size} size */
  constructor({ low, high }, curve, { widthPx, heightPx }) {
    this.low = low;
    this.high = high;
    this.curve = curve;
    this.narrow = widthPx < NARROW_BELOW_PX;
    const room = this.narrow ? NARROW : ROOMY;
    this.ballPx = room.ballPx;
    this.ringPx = room.ringPx;
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.right = widthPx - room.right;
    this.top = room.top;
    this.bottom = heightPx - room.bottom;
    const known = curve.loss.filter((loss) => loss !== null);
    this.least = Math.min(...known);
    this.most = Math.max(...known);
    /** The losses that have a tick. */
    this.rungs = this.most - this.least <= LEVEL * Math.max(1e-300, Math.abs(this.most)) ? [{ value: this.least, text: number(this.least) }]
      : linearTicks(this.least, this.most, Math.max(2, (this.bottom - this.top) / RUNG_PX)).map(({ value, text }) => ({ value, text: text.length > LONGEST ? number(value) : text }));
    this.left = Math.max(room.left, Math.max(...this.rungs.map(({ text }) => text.length)) * CHAR_PX + TICK_GAP_PX);
    this.perX = (this.right - this.left) / (high - low);
    this.perLoss = this.most > this.least ? (this.bottom - FLOOR_PX - this.top) / (this.most - this.least) : 0;
    this.level = this.perLoss > 0 ? this.bottom - FLOOR_PX : (this.top + this.bottom) / 2;
  }

  /** @param {number} value */
  x(value) {
    return this.left + (value - this.low) * this.perX;
  }

  /** @param {number} loss */
  y(loss) {
    return this.level - (loss - this.least) * this.perLoss;
  }

  /** Which x lies under a pixel, held in the picture. @param {number} px */
  at(px) {
    return Math.min(this.high, Math.max(this.low, this.low + (px - this.left) / this.perX));
  }

  /** Loss and slope as the drawn curve has them; beyond its ends it goes straight on. @param {number} x */
  drawn(x) {
    const { x: xs, loss } = this.curve;
    const gap = (this.high - this.low) / (xs.length - 1);
    const k = Math.min(xs.length - 2, Math.max(0, Math.floor((x - this.low) / gap)));
    const from = loss[k] ?? this.most, to = loss[k + 1] ?? this.most;
    const slope = (to - from) / gap;
    return { loss: from + (x - xs[k]) * slope, slope };
  }

  /**
   * A ball of this radius at rest on the ground: it touches at x, and its centre stands upright on the slope there.
   * @param {number} x @param {number} radiusPx @param {{loss: number, slope: number}} [there] @returns {Resting}
   */
  resting(x, radiusPx, there = this.drawn(x)) {
    const m = (-there.slope * this.perLoss) / this.perX;
    const length = Math.hypot(1, m);
    const px = this.x(x), py = this.y(there.loss);
    return { x: px, y: py, cx: px + (m / length) * radiusPx, cy: py - radiusPx / length, m };
  }

  /** The curve, and the ground below it. */
  get paths() {
    const points = this.curve.x.map((x, k) => `${this.x(x).toFixed(2)} ${this.y(this.curve.loss[k] ?? this.most).toFixed(2)}`);
    const line = `M${points.join("L")}`;
    return { line, ground: `${line}V${this.bottom}H${this.left}Z` };
  }
}

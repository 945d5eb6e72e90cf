// @ts-check
/**
 * The play head. `t` runs from 0 to the tape's length: its whole part is how many entries are known, its fraction how
 * far the entry under way has come. What is drawn is a function of the tape and of `t`; nothing here keeps time.
 */
import { parseId } from "./ids.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./ids.js").Kind} Kind */

/** Speeds that Play offers. */
export const SPEEDS = Object.freeze([0.25, 0.5, 1, 2, 4, 16]);

const ALONG_AN_EDGE_MS = 620;
const LANDING_MS = 380;
const IN_PLACE_MS = 240;

/** The pause after each entry has arrived: time for its number to settle and be read. */
export const REST_MS = 240;

/** @type {ReadonlyMap<Kind, number>} */
const TRAVEL_MS = new Map([
  ["z", ALONG_AN_EDGE_MS], ["a", LANDING_MS],
  ["own_loss", ALONG_AN_EDGE_MS], ["loss", ALONG_AN_EDGE_MS],
  ["blame", ALONG_AN_EDGE_MS], ["grad_a", LANDING_MS], ["slope", LANDING_MS], ["delta", LANDING_MS],
  ["grad", LANDING_MS],
  ["change", IN_PLACE_MS], ["new", IN_PLACE_MS],
]);

/**
 * Say how long an entry moves at speed 1, in ms, its rest not counted.
 * @param {Pick<Entry, "id">} entry
 * @returns {number}
 */
export function travelTime(entry) {
  return TRAVEL_MS.get(parseId(entry.id).kind) ?? LANDING_MS;
}

/**
 * Say how long an entry is under way at speed 1, in ms: its travel, then its rest.
 * @param {Pick<Entry, "id">} entry
 * @returns {number}
 */
export function entryTime(entry) {
  return REST_MS + travelTime(entry);
}

/**
 * Say how far an entry's travel has come (0..1) when it is `fraction` under way: 1 while it rests.
 * @param {Pick<Entry, "id">} entry
 * @param {number} fraction 0..1
 * @returns {number}
 */
export function travelled(entry, fraction) {
  return clamp((fraction * entryTime(entry)) / travelTime(entry), 0, 1);
}

/**
 * Move the play head by `dtMs` of real time, across as many entries as that covers, and stop at the end.
 * @param {number} t
 * @param {number} dtMs
 * @param {{readonly entries: readonly Pick<Entry, "id">[]}} tape
 * @param {number} [speed]
 * @returns {number}
 */
export function advance(t, dtMs, tape, speed = 1) {
  const length = tape.entries.length;
  let head = clamp(t, 0, length);
  let leftMs = dtMs * speed;
  while (leftMs > 0 && head < length) {
    const index = Math.floor(head);
    const entryMs = entryTime(tape.entries[index]);
    const toEndMs = (index + 1 - head) * entryMs;
    if (leftMs < toEndMs) return Math.min(head + leftMs / entryMs, index + 1);
    leftMs -= toEndMs;
    head = index + 1;
  }
  return head;
}

/**
 * Split a play head into the number of known entries and the progress (0 to below 1) of the next.
 * @param {number} t
 * @returns {{index: number, fraction: number}}
 */
export function progress(t) {
  const index = Math.floor(t);
  return { index, fraction: t - index };
}

/**
 * Make the easing of a CSS `cubic-bezier(x1, y1, x2, y2)`: progress in time (0..1) -> progress of the motion.
 *
 * The curve is (x(s), y(s)); x is solved for s by Newton's method, by bisection where the curve is too flat for it.
 * @param {number} x1 0..1
 * @param {number} y1
 * @param {number} x2 0..1
 * @param {number} y2
 * @returns {(time: number) => number}
 */
export function cubicBezier(x1, y1, x2, y2) {
  return (time) => {
    if (!(time > 0)) return 0;
    if (time >= 1) return 1;
    return bezier(solve(time, x1, x2), y1, y2);
  };
}

/** One coordinate of the curve from 0 to 1 with control values p and q. @param {number} s @param {number} p @param {number} q */
const bezier = (s, p, q) => ((1 - 3 * q + 3 * p) * s + (3 * q - 6 * p)) * s * s + 3 * p * s;

/** @param {number} s @param {number} p @param {number} q */
const bezierSlope = (s, p, q) => (3 * (1 - 3 * q + 3 * p) * s + 2 * (3 * q - 6 * p)) * s + 3 * p;

/** @param {number} time @param {number} x1 @param {number} x2 @returns {number} s in 0..1 with x(s) = time */
function solve(time, x1, x2) {
  let low = 0;
  let high = 1;
  let s = time;
  for (let round = 0; round < 60; round += 1) {
    const miss = bezier(s, x1, x2) - time;
    if (Math.abs(miss) < 1e-12) break;
    if (miss > 0) high = s;
    else low = s;
    const newton = s - miss / bezierSlope(s, x1, x2);
    s = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return s;
}

/** A pulse along an edge: `--ease-travel` of tokens.css. */
export const easeTravel = cubicBezier(0.45, 0.05, 0.35, 1);

/** A number coming to rest: `--ease-out` of tokens.css. */
export const easeOut = cubicBezier(0.2, 0.7, 0.2, 1);

/** @param {number} value @param {number} low @param {number} high @returns {number} */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

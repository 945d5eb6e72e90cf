// @ts-check
// What is handed back to a hidden node, as streams that meet: which they are, how wide, and their outlines. No DOM.
import { parseId } from "./ids.js";
import { liveEntry, valueAt } from "./tape.js";

/** @typedef {import("./tape.js").Tape} Tape */
/** `value` is null while it is not known. @typedef {{id: string, from: string, deltaId: string, delta: number, weightId: string, weight: number, value: number|null, widthPx: number}} Stream */
/** @typedef {{node: string, streams: Stream[], sumId: string, sum: number|null, sumPx: number}} Streams */

export const ROW_PX = 50;
const WIDEST_PX = 26, NARROWEST_PX = 1.5, FILL = 0.84;
const MEET = 26, TIP = 9; // in hundredths of the way: where the streams have met, and where the point begins
const TIP_PX = 14;

/**
 * The streams into the hidden node that is being blamed at this position; null elsewhere.
 * @param {Tape} tape @param {number} position @returns {Streams|null}
 */
export function streamsAt(tape, position) {
  const live = parseId(liveEntry(tape, position)?.id ?? "");
  const node = live.kind === "blame" ? live.from : live.kind === "grad_a" ? live.node : null;
  if (!node) return null;
  const own = blames(tape).filter(({ id }) => parseId(id).from === node);
  if (own.length === 0) return null;
  const perUnit = scaleOf(tape, own);
  const widthOf = (/** @type {number|null} */ value) => (value === null || value === 0 ? 0 : Math.max(NARROWEST_PX, Math.abs(value) * perUnit));
  const streams = own.map(({ id }) => {
    const { from, to } = parseId(id);
    const [deltaId, weightId] = [`${to}.delta`, `w:${from}>${to}`];
    const value = valueAt(tape, id, position);
    return { id, from: to ?? "", deltaId, weightId, value, widthPx: widthOf(value), delta: known(tape, deltaId), weight: known(tape, weightId) };
  });
  const sum = valueAt(tape, `${node}.grad_a`, position);
  return { node, streams, sumId: `${node}.grad_a`, sum, sumPx: widthOf(sum) };
}

/** @param {Tape} tape */
const blames = (tape) => tape.entries.filter(({ id }) => id.startsWith("blame:"));
/** @param {Tape} tape @param {string} id */
const known = (tape, id) => tape.byId.get(id)?.value ?? 0;

/**
 * Pixels of width per unit: one scale for all shares of the pass, and room for those of any node side by side.
 * @param {Tape} tape @param {{value: number}[]} own
 */
function scaleOf(tape, own) {
  const sizes = (/** @type {{value: number}[]} */ shares) => shares.map(({ value }) => Math.abs(value));
  const largest = Math.max(...sizes(blames(tape)));
  const together = Math.max(sizes(own).reduce((sum, size) => sum + size, 0), largest);
  return largest > 0 ? Math.min(WIDEST_PX / largest, (FILL * own.length * ROW_PX) / together) : 0;
}

/**
 * The outlines of the streams, from their rows at the right (x = 100) to where they lie on each other, and of their sum from there
 * to the node (x = 0); y in px.
 * @param {Streams} picture @returns {{streams: string[], sum: string, middle: number}}
 */
export function outlines({ streams, sumPx }) {
  const middle = (streams.length * ROW_PX) / 2;
  let top = middle - streams.reduce((sum, { widthPx }) => sum + widthPx, 0) / 2;
  const bands = streams.map(({ widthPx }, row) => {
    const start = (row + 0.5) * ROW_PX - widthPx / 2;
    const band = ribbon(100, start, MEET, top, widthPx);
    top += widthPx;
    return band;
  });
  return { streams: bands, sum: arrow(middle, sumPx), middle };
}

/** The sum on its way to the node, with a point. @param {number} middle @param {number} width */
function arrow(middle, width) {
  if (width === 0) return "";
  const [top, bottom, tip] = [middle - width / 2, middle + width / 2, Math.max(width, TIP_PX) / 2];
  const r = (/** @type {number} */ v) => Math.round(v * 10) / 10;
  return `M${MEET + 1} ${r(top)}H${TIP}V${r(middle - tip)}L0 ${r(middle)}L${TIP} ${r(middle + tip)}V${r(bottom)}H${MEET + 1}Z`;
}

/** A band of one width from (x0, y0) to (x1, y1), its upper edges. @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} width */
function ribbon(x0, y0, x1, y1, width) {
  const xm = (x0 + x1) / 2;
  const r = (/** @type {number} */ v) => Math.round(v * 10) / 10;
  return `M${x0} ${r(y0)}C${xm} ${r(y0)} ${xm} ${r(y1)} ${x1} ${r(y1)}V${r(y1 + width)}C${xm} ${r(y1 + width)} ${xm} ${r(y0 + width)} ${x0} ${r(y0 + width)}Z`;
}

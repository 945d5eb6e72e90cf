// @ts-check
// Blame times slope is delta, as bars: how long each is, and what can be said of them. No DOM.
import { layerOf, parseId } from "./ids.js";
import { liveEntry, valueAt } from "./tape.js";

/** @typedef {import("./tape.js").Tape} Tape */
/** One bar: `share` of its full length, null while its number is not known. @typedef {{id: string, value: number|null, share: number|null}} Bar */
/** What there is to say. @typedef {"waiting"|"shut"|"flat"|"whole"|"partly"|"fused"} Remark */
/**
 * `whole` is the delta that the blame would leave at the steepest slope, as a share: the outline that the last bar fills.
 * @typedef {object} Product
 * @property {string} node
 * @property {Bar|null} blame null where the slope drops out
 * @property {Bar|null} slope
 * @property {Bar} delta
 * @property {number|null} whole
 * @property {number|null} steepest
 * @property {Remark} remark
 */

const FLAT_BELOW = 0.1; // of the steepest slope: docs/conventions.md

/**
 * The product of the node whose blame, slope or delta is the live entry; null elsewhere. A hidden node's blame is a sum of streams
 * first (streams-picture.js).
 * @param {Tape} tape @param {number} position
 * @param {(node: string) => number|null} steepestOf the steepest slope of a node's activation
 * @returns {Product|null}
 */
export function productAt(tape, position, steepestOf) {
  const { node, kind } = parseId(liveEntry(tape, position)?.id ?? "");
  if (!node || !["grad_a", "slope", "delta"].includes(kind)) return null;
  if (kind === "grad_a" && !node.startsWith("o")) return null;
  const value = (/** @type {string} */ name) => valueAt(tape, `${node}.${name}`, position);
  const full = fullBlame(tape, node);
  const steepest = steepestOf(node);
  const delta = value("delta");
  const fused = !tape.byId.has(`${node}.slope`) || steepest === null;
  if (fused) {
    const bar = { id: `${node}.delta`, value: delta, share: share(delta, full) };
    return { node, blame: null, slope: null, delta: bar, whole: null, steepest: null, remark: "fused" };
  }
  const [blame, slope] = [value("grad_a"), value("slope")];
  return {
    node, steepest, whole: share(blame, full), remark: remarkOn(slope, delta, steepest),
    blame: { id: `${node}.grad_a`, value: blame, share: share(blame, full) },
    slope: { id: `${node}.slope`, value: slope, share: share(slope, steepest) },
    delta: { id: `${node}.delta`, value: delta, share: share(delta, full * steepest) },
  };
}

/** @param {number|null} slope @param {number|null} delta @param {number} steepest @returns {Remark} */
function remarkOn(slope, delta, steepest) {
  if (slope === null || delta === null) return "waiting";
  if (slope === 0) return "shut";
  if (slope < FLAT_BELOW * steepest) return "flat";
  return slope === 1 ? "whole" : "partly";
}

/** The blame that fills a bar: a round number above those of the node's whole layer, so that they can be compared. @param {Tape} tape @param {string} node */
function fullBlame(tape, node) {
  const blames = tape.entries.filter(({ id }) => {
    const { kind, node: other } = parseId(id);
    const own = kind === "grad_a" || (kind === "delta" && !tape.byId.has(`${other}.slope`));
    return own && other !== null && layerOf(other) === layerOf(node);
  });
  return roundAbove(Math.max(...blames.map(({ value }) => Math.abs(value))));
}

/** The least 1, 2 or 5 times a power of ten that is no less. @param {number} size */
export function roundAbove(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const unit = 10 ** Math.floor(Math.log10(size));
  return unit * ([1, 2, 5].find((step) => size <= step * unit) ?? 10);
}

/** @param {number|null} value @param {number} full */
const share = (value, full) => (value === null ? null : Math.min(1, Math.abs(value) / full));

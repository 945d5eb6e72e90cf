// @ts-check
// Points of a drawing and lines between them, in px. No DOM.

/** @typedef {[x: number, y: number]} Point */
/** @typedef {{from: Point, to: Point}} Line */

/** @param {Point} a @param {Point} b */
export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** @param {Point} a @param {Point} b @param {number} share @returns {Point} */
export const between = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

/** As a path has it. @param {Point} point */
export const px = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** How far a point is from a line. @param {Point} at @param {Line} line */
export function fromLine(at, { from, to }) {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const u = ((at[0] - from[0]) * x + (at[1] - from[1]) * y) / (x * x + y * y || 1);
  return distance(at, between(from, to, Math.min(1, Math.max(0, u))));
}

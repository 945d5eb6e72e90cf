// @ts-check
// Where the words of the hill's picture go: to the first place where they sit on nothing. No DOM.

/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** A place for a text: where it is anchored. @typedef {{x: number, y: number, anchor: "start"|"middle"|"end"}} Spot */

const CHAR_PX = 7.6, LINE_PX = 19; // of a label of 15 px

/** The box of a text at a spot; y is its baseline. @param {Spot} spot @param {string} text @returns {Box} */
export function boxOf({ x, y, anchor }, text) {
  const w = text.length * CHAR_PX + 4;
  return { x: x - (anchor === "middle" ? w / 2 : anchor === "end" ? w : 0), y: y - LINE_PX * 0.78, w, h: LINE_PX };
}

/** @param {number} x @param {number} y @param {number} r @returns {Box} */
export const around = (x, y, r) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });

/** Small boxes along a line. @param {{x: number, y: number}[]} points @param {number} thickPx @returns {Box[]} */
export const along = (points, thickPx) => points.map(({ x, y }) => around(x, y, thickPx / 2));

/** @param {{x: number, y: number}} from @param {{x: number, y: number}} to @param {number} everyPx @returns {{x: number, y: number}[]} */
export function between(from, to, everyPx) {
  const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / everyPx));
  return Array.from({ length: count + 1 }, (_, k) => ({ x: from.x + ((to.x - from.x) * k) / count, y: from.y + ((to.y - from.y) * k) / count }));
}

/** How much of a box is covered by another. @param {Box} a @param {Box} b */
export function overlap(a, b) {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/**
 * The first spot whose text lies inside the frame and on no obstacle; where there is none, the one least covered.
 * @param {string} text @param {Spot[]} spots @param {Box[]} obstacles @param {Box} frame @returns {Spot}
 */
export function place(text, spots, obstacles, frame) {
  let best = spots[0], least = Infinity;
  for (const spot of spots) {
    const box = boxOf(spot, text);
    const cost = obstacles.reduce((sum, obstacle) => sum + overlap(box, obstacle), 4 * (box.w * box.h - overlap(box, frame)));
    if (cost < least) [best, least] = [spot, cost];
    if (cost === 0) break;
  }
  return best;
}

/** Spots around a place, the nearest first. @param {number} x @param {number} y @param {number} gapPx @returns {Spot[]} */
export function spotsAround(x, y, gapPx) {
  return [
    { x, y: y - gapPx, anchor: "middle" }, { x: x + gapPx, y: y + 5, anchor: "start" }, { x: x - gapPx, y: y + 5, anchor: "end" },
    { x, y: y + gapPx + 12, anchor: "middle" }, { x: x + gapPx, y: y - gapPx, anchor: "start" }, { x: x - gapPx, y: y - gapPx, anchor: "end" },
    { x: x + gapPx, y: y + gapPx + 12, anchor: "start" }, { x: x - gapPx, y: y + gapPx + 12, anchor: "end" },
  ];
}

// @ts-check
// The mark of each lane, as a path around 0, 0: disc, square, triangle, diamond, ring, cross. Lane 0 is a lane of its own. No DOM.

/** @param {number} r */
const disc = (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** @type {((r: number) => string)[]} */
const SHAPES = [
  disc,
  disc,
  (r) => `M${-r * 0.9} ${-r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`,
  (r) => `M0 ${-r * 1.2}L${r * 1.15} ${r * 0.85}H${-r * 1.15}z`,
  (r) => `M0 ${-r * 1.3}L${r * 1.3} 0L0 ${r * 1.3}L${-r * 1.3} 0z`,
  (r) => `${disc(r)}M${-r * 0.45} 0a${r * 0.45} ${r * 0.45} 0 1 1 ${r * 0.9} 0a${r * 0.45} ${r * 0.45} 0 1 1 ${-r * 0.9} 0z`,
  (r) => { const a = r * 0.42; return `M${-a} ${-r * 1.1}h${2 * a}v${r * 1.1 - a}h${r * 1.1 - a}v${2 * a}h${-(r * 1.1 - a)}v${r * 1.1 - a}h${-2 * a}v${-(r * 1.1 - a)}h${-(r * 1.1 - a)}v${-2 * a}h${r * 1.1 - a}z`; },
];

/**
 * @param {number} lane 1..6, or 0 for the only curve of a chart
 * @param {number} r about half its width
 * @returns {string} an SVG path; fill it by the non-zero rule
 */
export function lanePath(lane, r) {
  return (SHAPES[lane] ?? disc)(r);
}

// @ts-check
// Cubic curves as plain arrays of eight numbers: x0 y0 x1 y1 x2 y2 x3 y3. No DOM.

/** @typedef {[number, number, number, number, number, number, number, number]} Curve */

/** @param {number} a @param {number} b @param {number} u */
const mix = (a, b, u) => a + (b - a) * u;

/**
 * A curve that leaves and arrives level (`wide`) or upright (`tall`).
 * @param {number} x0 @param {number} y0 @param {number} x3 @param {number} y3
 * @param {boolean} tall
 * @returns {Curve}
 */
export function sCurve(x0, y0, x3, y3, tall) {
  if (tall) {
    const ym = (y0 + y3) / 2;
    return [x0, y0, x0, ym, x3, ym, x3, y3];
  }
  const xm = (x0 + x3) / 2;
  return [x0, y0, xm, y0, xm, y3, x3, y3];
}

/**
 * The point at u in 0..1.
 * @param {Curve} c @param {number} u @returns {{x: number, y: number}}
 */
export function pointAt(c, u) {
  const v = 1 - u;
  const k0 = v * v * v;
  const k1 = 3 * v * v * u;
  const k2 = 3 * v * u * u;
  const k3 = u * u * u;
  return {
    x: k0 * c[0] + k1 * c[2] + k2 * c[4] + k3 * c[6],
    y: k0 * c[1] + k1 * c[3] + k2 * c[5] + k3 * c[7],
  };
}

/**
 * The part of the curve from 0 to u (de Casteljau).
 * @param {Curve} c @param {number} u @returns {Curve}
 */
export function head(c, u) {
  const ax = mix(c[0], c[2], u), ay = mix(c[1], c[3], u);
  const bx = mix(c[2], c[4], u), by = mix(c[3], c[5], u);
  const dx = mix(c[4], c[6], u), dy = mix(c[5], c[7], u);
  const abx = mix(ax, bx, u), aby = mix(ay, by, u);
  const bdx = mix(bx, dx, u), bdy = mix(by, dy, u);
  return [c[0], c[1], ax, ay, abx, aby, mix(abx, bdx, u), mix(aby, bdy, u)];
}

/** The same curve, walked from its end. @param {Curve} c @returns {Curve} */
export function reversed(c) {
  return [c[6], c[7], c[4], c[5], c[2], c[3], c[0], c[1]];
}

/** As an SVG path. @param {Curve} c */
export function path(c) {
  const r = c.map((v) => Math.round(v * 10) / 10);
  return `M${r[0]} ${r[1]}C${r[2]} ${r[3]} ${r[4]} ${r[5]} ${r[6]} ${r[7]}`;
}

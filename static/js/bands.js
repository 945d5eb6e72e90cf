// @ts-check
// The colours of a decision surface: ten steps from the colour of 0 through paper to the colour of 1. No DOM.

/** @typedef {readonly [number, number, number]} Rgb red, green, blue, 0..255 */

export const BANDS = 10;
/** How much of the end's colour each step has, from the outermost in. The middle is nearly paper: it is undecided. */
const SHARES = [0.62, 0.5, 0.38, 0.26, 0.13];

/**
 * The ten colours, mixed in Oklab, where equal steps look equal.
 * @param {Rgb} zero colour of 0 @param {Rgb} one colour of 1 @param {Rgb} paper
 * @returns {Rgb[]}
 */
export function bandColours(zero, one, paper) {
  return [...SHARES.map((share) => mix(paper, zero, share)), ...[...SHARES].reverse().map((share) => mix(paper, one, share))];
}

/**
 * Read a computed colour: `rgb(37, 105, 122)`.
 * @param {string} text
 * @returns {Rgb} black where it is written in some other way
 */
export function parseRgb(text) {
  const [r, g, b] = (/^rgba?\(([^)]*)\)$/.exec(text)?.[1] ?? "").split(/[\s,/]+/).map(Number);
  return [r || 0, g || 0, b || 0];
}

/** @param {Rgb} a @param {Rgb} b @param {number} share of b @returns {Rgb} */
export function mix(a, b, share) {
  const p = toOklab(a), q = toOklab(b);
  return fromOklab([0, 1, 2].map((k) => p[k] + (q[k] - p[k]) * share));
}

/** @param {Rgb} rgb @returns {number[]} Oklab (B. Ottosson, 2020) */
function toOklab(rgb) {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {number[]} lab @returns {Rgb} */
function fromOklab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [red, green, blue] = linear.map((v) => {
    const held = Math.min(1, Math.max(0, v));
    return Math.round(255 * (held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055));
  });
  return [red, green, blue];
}

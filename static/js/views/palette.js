// @ts-check
// The colours of decision surfaces: read off the page's style once for each theme, as reading makes the browser lay out the page.
import { bandColours, parseRgb } from "../bands.js";
import { watchTheme } from "./theme-watch.js";

/** @typedef {{bands: import("../bands.js").Rgb[], ink: import("../bands.js").Rgb}} Palette */

/** @type {Palette|null} */
let kept = null;
watchTheme(() => { kept = null; });

/** The canvas's own style names the colours of 1, of 0, of paper and of the line (runs.css). @param {HTMLCanvasElement} canvas @returns {Palette} */
export function paletteOf(canvas) {
  kept ??= read(getComputedStyle(canvas));
  return kept;
}

/** @param {CSSStyleDeclaration} style @returns {Palette} */
function read(style) {
  const zero = parseRgb(style.outlineColor), one = parseRgb(style.color), paper = parseRgb(style.backgroundColor);
  return { bands: bandColours(zero, one, paper), ink: parseRgb(style.caretColor) };
}

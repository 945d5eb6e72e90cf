// @ts-check
// A field as pixels: flat bands with smooth edges, and a line where the field crosses one half. No DOM.
import { BANDS } from "./bands.js";

/** @typedef {import("./bands.js").Rgb} Rgb */
/** @typedef {import("./surface-field.js").Field} Field */

const TOP_BYTE = 255;
const HALF = BANDS / 2;

/** A colour as one opaque pixel (little-endian, as every browser's machine is). @param {Rgb} rgb */
export const pixel = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r;

/**
 * Fill `out` with the field, its row 0 at the bottom.
 *
 * The value between points is bilinear; how far a pixel is from a band's edge follows from value and slope, and says how
 * much of either colour the pixel has. Where no edge comes near, a whole stretch of pixels is filled at once.
 * @param {Int32Array} out px × px
 * @param {number} px
 * @param {Field} field 0..255
 * @param {readonly Rgb[]} bands BANDS colours
 * @param {Rgb} ink of the line
 * @param {number} linePx width of the line
 */
export function paint(out, px, { values, side }, bands, ink, linePx) {
  const colours = Int32Array.from(bands, pixel);
  const line = pixel(ink);
  const scale = (side - 1) / px;
  const toBands = BANDS / TOP_BYTE;
  const reach = linePx / 2 + 0.5;
  const row = new Float32Array(side), rise = new Float32Array(side);
  const starts = Int32Array.from({ length: side }, (_, i) => Math.max(0, Math.ceil(i / scale - 0.5)));
  starts[side - 1] = px;
  for (let py = 0; py < px; py++) {
    blendRows(values, side, (px - py - 0.5) * scale, toBands, row, rise);
    for (let i = 0; i < side - 1; i++) {
      const a = row[i], step = row[i + 1] - a;
      const from = py * px + starts[i], to = py * px + starts[i + 1];
      const steepest = (Math.abs(step) + Math.max(Math.abs(rise[i]), Math.abs(rise[i + 1]))) * scale * reach;
      const low = Math.floor((step < 0 ? a + step : a) - steepest);
      if (low === Math.floor((step > 0 ? a + step : a) + steepest)) {
        const colour = colours[low < 0 ? 0 : low >= BANDS ? BANDS - 1 : low];
        for (let at = from; at < to; at++) out[at] = colour;
        continue;
      }
      for (let at = from; at < to; at++) {
        const u = (at - py * px + 0.5) * scale - i;
        const up = rise[i] + (rise[i + 1] - rise[i]) * u;
        out[at] = shade(a + step * u, (step * step + up * up) * scale * scale, colours, line, reach);
      }
    }
  }
}

/**
 * The field along one row of pixels, and how it rises upwards there.
 * @param {Float32Array} values @param {number} side @param {number} height @param {number} toBands
 * @param {Float32Array} row @param {Float32Array} rise
 */
function blendRows(values, side, height, toBands, row, rise) {
  const j = Math.min(side - 2, height | 0), v = height - j;
  for (let i = 0; i < side; i++) {
    const low = values[j * side + i] * toBands, high = values[(j + 1) * side + i] * toBands;
    row[i] = low + (high - low) * v;
    rise[i] = high - low;
  }
}

/** @param {number} value in bands, 0..10 @param {number} slope2 bands per pixel, squared @param {Int32Array} colours @param {number} line @param {number} reach */
function shade(value, slope2, colours, line, reach) {
  const fromHalf = value - HALF;
  const edge = Math.round(value);
  const off = value - edge;
  const inner = edge > 0 && edge < BANDS && off * off < slope2 * 0.25;
  const base = inner
    ? blend(colours[edge - 1], colours[edge], 0.5 + off / Math.sqrt(slope2))
    : colours[value <= 0 ? 0 : value >= BANDS ? BANDS - 1 : value | 0];
  if (fromHalf * fromHalf >= slope2 * reach * reach) return base;
  return blend(base, line, Math.min(1, reach - Math.abs(fromHalf) / Math.sqrt(slope2)));
}

/** @param {number} a @param {number} b pixels @param {number} share of b @returns {number} a pixel */
function blend(a, b, share) {
  const k = (share * 256) | 0, rest = 256 - k;
  const redBlue = ((Math.imul(a & 0xff00ff, rest) + Math.imul(b & 0xff00ff, k)) >>> 8) & 0xff00ff;
  const green = ((Math.imul(a & 0x00ff00, rest) + Math.imul(b & 0x00ff00, k)) >>> 8) & 0x00ff00;
  return (255 << 24) | redBlue | green;
}

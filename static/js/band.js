// @ts-check
// A curve that jumps up and down at every step, as the band it jumps in and the line of its middle. No DOM.

/** As wide as this, a column holds several steps up and down, and the band's edges are still smooth to the eye. */
const COLUMN_PX = 7;
const LEAST_STEPS = 6;

/**
 * @typedef {object} Band
 * @property {string} area closed path around what was reached
 * @property {string} d path of the medians
 */

/**
 * The band and the medians of `values[0..known-1]`. What is not a finite number parts it.
 * @param {ArrayLike<number>} values
 * @param {number} known
 * @param {(index: number) => number} x in px, not falling
 * @param {(value: number) => number} y in px
 * @returns {Band}
 */
export function curveBand(values, known, x, y) {
  const stepPx = known > 1 ? (x(known - 1) - x(0)) / (known - 1) : 1;
  const steps = 2 * Math.ceil(Math.max(LEAST_STEPS, Math.round(COLUMN_PX / Math.max(1e-9, stepPx))) / 2); // even: as many ups as downs
  const area = [], line = [];
  for (const [from, to] of stretches(values, known, y)) {
    const columns = Array.from({ length: Math.ceil((to - from) / steps) }, (_, k) => column(values, Math.max(from, Math.min(to - steps, from + k * steps)), Math.min(to, from + (k + 1) * steps), x, y));
    const ends = [{ ...columns[0], x: x(from) }, ...columns, { ...columns[columns.length - 1], x: x(to - 1) }];
    area.push(`M${ends.map((c) => `${px(c.x)} ${px(c.top)}`).join("L")}L${ends.reverse().map((c) => `${px(c.x)} ${px(c.bottom)}`).join("L")}Z`);
    line.push(`M${ends.reverse().map((c) => `${px(c.x)} ${px(c.middle)}`).join("L")}`);
  }
  return { area: area.join(""), d: line.join("") };
}

/**
 * Where it is drawn at all: first indices, and those behind the last.
 * @param {ArrayLike<number>} values @param {number} known @param {(value: number) => number} y
 */
function stretches(values, known, y) {
  /** @type {[number, number][]} */
  const found = [];
  let from = -1;
  for (let k = 0; k <= known; k++) {
    const drawn = k < known && Number.isFinite(y(values[k]));
    if (drawn && from < 0) from = k;
    if (!drawn && from >= 0) {
      found.push([from, k]);
      from = -1;
    }
  }
  return found;
}

/** @param {ArrayLike<number>} values @param {number} from @param {number} to @param {(index: number) => number} x @param {(value: number) => number} y */
function column(values, from, to, x, y) {
  const places = Array.from({ length: to - from }, (_, k) => y(values[from + k])).sort((a, b) => a - b);
  const half = places.length >> 1;
  const middle = places.length % 2 ? places[half] : (places[half - 1] + places[half]) / 2;
  return { x: (x(from) + x(to - 1)) / 2, top: places[0], middle, bottom: places[places.length - 1] };
}

/** @param {number} place */
const px = (place) => Math.round(place * 10) / 10;

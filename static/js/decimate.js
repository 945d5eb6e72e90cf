// @ts-check
// A curve of many points as a path with few: what a pixel column cannot show is not drawn. No DOM.

/**
 * @typedef {object} Drawn
 * @property {string} d the path
 * @property {boolean} dense it goes up and down so much that dashes would be noise
 */

/** A path this many times as long as it is wide is dense. */
const DENSE = 5;

/**
 * The path of `values[0..known-1]`. Where several fall into one pixel column, only its lowest and highest are drawn, in
 * the order in which they came. What is not a number breaks the line.
 * @param {ArrayLike<number>} values
 * @param {number} known
 * @param {(index: number) => number} x in px, not falling
 * @param {(value: number) => number} y in px; NaN for NaN
 * @returns {Drawn}
 */
export function curvePath(values, known, x, y) {
  const line = new Line();
  const perColumn = known > 1 ? (known - 1) / Math.max(1e-9, x(known - 1) - x(0)) : 1;
  if (perColumn <= 1) {
    for (let k = 0; k < known; k++) line.to(x(k), y(values[k]));
    return line.drawn();
  }
  for (let k = 0; k < known;) k = drawColumn(line, values, known, k, x, y);
  return line.drawn();
}

/**
 * @param {Line} line @param {ArrayLike<number>} values @param {number} known @param {number} from
 * @param {(index: number) => number} x @param {(value: number) => number} y
 * @returns {number} where the next column begins
 */
function drawColumn(line, values, known, from, x, y) {
  const column = Math.floor(x(from));
  let top = from, bottom = from, k = from;
  for (; k < known && Math.floor(x(k)) === column; k++) {
    const value = values[k];
    if (Number.isNaN(value)) line.lift();
    if (value > values[top] || Number.isNaN(values[top])) top = k;
    if (value < values[bottom] || Number.isNaN(values[bottom])) bottom = k;
  }
  const first = Math.min(top, bottom), second = Math.max(top, bottom);
  line.to(x(first), y(values[first]));
  if (second !== first) line.to(x(second), y(values[second]));
  return k;
}

/** A pen: it draws to a point, or is lifted. */
class Line {
  /** @type {string[]} */ parts = [];
  down = false;
  lengthPx = 0;
  widthPx = 0;
  x = 0;
  y = 0;

  /** @param {number} x @param {number} y */
  to(x, y) {
    if (Number.isNaN(y)) {
      this.lift();
      return;
    }
    if (this.down) {
      this.lengthPx += Math.abs(x - this.x) + Math.abs(y - this.y);
      this.widthPx += Math.abs(x - this.x);
    }
    this.parts.push(`${this.down ? "L" : "M"}${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`);
    this.down = true;
    this.x = x;
    this.y = y;
  }

  lift() {
    this.down = false;
  }

  /** @returns {Drawn} */
  drawn() {
    return { d: this.parts.join(""), dense: this.parts.length > 20 && this.lengthPx > DENSE * this.widthPx };
  }
}

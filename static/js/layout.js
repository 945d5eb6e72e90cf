// @ts-check
// Where everything in the network picture stands. A pure function of the shape of the network; no DOM, no values.
import { pointAt, sCurve } from "./bezier.js";

/** @typedef {import("./bezier.js").Curve} Curve */
/** @typedef {{id: string, x: number, y: number, w: number, h: number, kind: "input"|"hidden"|"output"}} Cell */
/** @typedef {{x: number, y: number, anchor: "start"|"middle"|"end"}} Spot */
/**
 * @typedef {object} Edge
 * @property {string} id
 * @property {string} from
 * @property {string} to
 * @property {Curve} curve
 * @property {number} pillAt   how far along the curve its pill sits, 0..1
 * @property {{x: number, y: number}} pill
 * @property {Spot} label
 * @property {{x: number, y: number}|null} one   the constant-1 node of a bias
 */
/**
 * @typedef {object} Gap
 * @property {string} output
 * @property {boolean} tall
 * @property {Curve} wire
 * @property {{x: number, y: number}} low
 * @property {{x: number, y: number}} high
 * @property {{above: number, below: number, apart: number}} words where a word and its number stand about a place on the scale
 */
/**
 * @typedef {object} Layout
 * @property {boolean} tall
 * @property {number} width
 * @property {number} height
 * @property {Map<string, Cell>} cells
 * @property {Edge[]} edges
 * @property {Gap[]} gaps
 * @property {Spot} loss
 * @property {Spot} lock   where it is said what a padlock means
 */

export const PILL = { w: 100, h: 30 };

/** How the picture is laid out: by the room it has. @typedef {"roomy"|"compact"|"tall"} Form */
const ROOMY = { first: 512, next: 380, crossed: 464, cell: 214, gap: 216, row: { plain: 172, biased: 208 }, bias: 34, words: { above: 6, below: 12, apart: 44 } };
const COMPACT = { first: 452, next: 356, crossed: 443, cell: 226, gap: 184, row: { plain: 206, biased: 236 }, bias: -4, words: { above: 8, below: 14, apart: 54 } };

/**
 * @param {number[]} layers
 * @returns {string[][]}
 */
export function nodeIds(layers) {
  const last = layers.length - 1;
  return layers.map((width, l) =>
    Array.from({ length: width }, (_, i) => {
      if (l === 0) return `x${i + 1}`;
      if (l === last) return `o${i + 1}`;
      return last === 2 ? `h${i + 1}` : `h${l}_${i + 1}`;
    }),
  );
}

/** @param {number} l @param {number} last @returns {Cell["kind"]} */
const kindOf = (l, last) => (l === 0 ? "input" : l === last ? "output" : "hidden");

/** Where the k-th of n lines meets a side of length `side`, as an offset from its middle. @param {number} k @param {number} n @param {number} side */
const port = (k, n, side) => (n === 1 ? 0 : ((k + 0.5) / n - 0.5) * side);

/** On which side of a row of n a node stands: −1 or 1; 0 alone, where its bias has room beside it. @param {Cell} cell @param {number} width @param {number} n */
const aside = (cell, width, n) => (n === 1 ? 0 : cell.x < width / 2 ? -1 : 1);

/**
 * @param {number[]} layers @param {{biases: boolean, form: Form}} options
 * @returns {Layout}
 */
export function layoutNetwork(layers, { biases, form }) {
  return form === "tall" ? tallLayout(layers, biases) : wideLayout(layers, biases, form === "compact" ? COMPACT : ROOMY);
}

/** @param {number[]} layers @param {boolean} biases @param {typeof ROOMY} space @returns {Layout} */
function wideLayout(layers, biases, space) {
  const ids = nodeIds(layers);
  const last = layers.length - 1;
  const rowStep = biases ? space.row.biased : space.row.plain;
  const rows = Math.max(...layers);
  const top = biases ? 136 : 74;
  const height = top + (rows - 1) * rowStep + 70;
  const middle = top + ((rows - 1) * rowStep) / 2;
  const columnXs = layers.reduce((/** @type {number[]} */ xs, width, l) => {
    return [...xs, l === 0 ? 66 : l === 1 ? space.first : xs[l - 1] + (width > 1 ? space.crossed : space.next)];
  }, []);
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  ids.forEach((column, l) => {
    const x = columnXs[l];
    column.forEach((id, i) => {
      const y = middle + (i - (column.length - 1) / 2) * rowStep;
      const kind = kindOf(l, last);
      cells.set(id, { id, x, y, kind, w: kind === "input" ? 112 : space.cell, h: kind === "input" ? 68 : 82 });
    });
  });
  const at = (/** @type {string} */ id) => /** @type {Cell} */ (cells.get(id));
  /** @type {Edge[]} */
  const edges = [];
  for (let l = 0; l < last; l++) {
    ids[l].forEach((from, i) => {
      ids[l + 1].forEach((to, j) => {
        const a = at(from), b = at(to);
        const y0 = a.y + port(j, ids[l + 1].length, 26);
        const y3 = b.y + port(i, ids[l].length, 44);
        const curve = sCurve(a.x + a.w / 2, y0, b.x - b.w / 2, y3, false);
        const slant = y3 - y0;
        const crossing = ids[l + 1].length > 1 && i !== j;
        const pillAt = ids[l + 1].length === 1 ? 0.5 : crossing ? 0.26 : 0.76;
        const pill = pointAt(curve, pillAt);
        const above = Math.abs(slant) < 30 ? a.y < middle : slant > 0;
        const steep = Math.abs(slant) >= 30;
        edges.push({
          id: `${from}>${to}`, from, to, curve, pillAt, pill, one: null,
          label: { x: pill.x + (steep ? 2 : 0), y: pill.y + (above ? -22 : 33), anchor: steep ? "start" : "middle" },
        });
      });
    });
    if (biases) {
      ids[l + 1].forEach((to) => {
        const b = at(to);
        const x = b.x + space.bias;
        const one = { x, y: b.y - b.h / 2 - 78 };
        const curve = sCurve(x, one.y + 13, x, b.y - b.h / 2, true);
        const pill = { x, y: b.y - b.h / 2 - 35 };
        edges.push({
          id: `b>${to}`, from: "b", to, curve, pillAt: 0.5, pill, one,
          label: { x: x + PILL.w / 2 + 8, y: pill.y + 5, anchor: "start" },
        });
      });
    }
  }
  const outs = ids[last];
  const right = at(outs[0]).x;
  const gaps = outs.map((output) => {
    const c = at(output);
    const x = right + space.gap;
    const half = Math.min(88, rowStep / 2 - (outs.length > 1 ? 34 : 8));
    return {
      output, tall: false, words: space.words, low: { x, y: c.y + half }, high: { x, y: c.y - half },
      wire: sCurve(c.x + c.w / 2, c.y, x, c.y, false),
    };
  });
  const lastGap = gaps[gaps.length - 1];
  return {
    tall: false, width: right + space.gap + 100, height: Math.max(height, lastGap.low.y + 66), cells, edges, gaps,
    loss: { x: lastGap.low.x, y: lastGap.low.y + 34, anchor: "middle" },
    lock: { x: 10, y: at(ids[0][layers[0] - 1]).y + 34 + 34, anchor: "start" },
  };
}

/** @param {number[]} layers @param {boolean} biases @returns {Layout} */
function tallLayout(layers, biases) {
  const ids = nodeIds(layers);
  const last = layers.length - 1;
  const width = Math.max(360, 180 * Math.max(...layers));
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  const rowYs = layers.reduce((/** @type {number[]} */ ys, nodes, l) => {
    if (l === 0) return [38];
    const step = l === 1 ? (biases ? 332 : 246) : nodes > 1 ? (biases ? 362 : 272) : (biases ? 236 : 196);
    return [...ys, ys[l - 1] + step];
  }, []);
  ids.forEach((row, l) => {
    const kind = kindOf(l, last);
    row.forEach((id, i) => {
      const x = (width / row.length) * (i + 0.5) + (kind === "output" && row.length === 1 && biases ? -38 : 0);
      cells.set(id, { id, x, y: rowYs[l], kind, w: kind === "input" ? 104 : 172, h: kind === "input" ? 54 : 74 });
    });
  });
  const at = (/** @type {string} */ id) => /** @type {Cell} */ (cells.get(id));
  /** @type {Edge[]} */
  const edges = [];
  for (let l = 0; l < last; l++) {
    ids[l].forEach((from, i) => {
      ids[l + 1].forEach((to, j) => {
        const a = at(from), b = at(to);
        const x0 = a.x + port(j, ids[l + 1].length, 34);
        const side = aside(b, width, ids[l + 1].length);
        const x3 = b.x + port(i, ids[l].length, 56) - (biases ? side * 32 : 0);
        const curve = sCurve(x0, a.y + a.h / 2, x3, b.y - b.h / 2, true);
        const single = ids[l + 1].length === 1;
        const crossing = !single && i !== j;
        const pillAt = single ? 0.5 : crossing ? (biases ? 0.2 : 0.27) : biases ? 0.44 : 0.7;
        const pill = pointAt(curve, pillAt);
        pill.x = Math.max(PILL.w / 2 + 2, Math.min(width - PILL.w / 2 - 2, pill.x));
        if (crossing) pill.x += (pill.x < width / 2 ? -1 : 1) * 4;
        if (!single && !crossing) pill.x += (pill.x < width / 2 ? -1 : 1) * 14;
        edges.push({
          id: `${from}>${to}`, from, to, curve, pillAt, pill, one: null,
          label: { x: pill.x, y: pill.y + 31, anchor: "middle" },
        });
      });
    });
    if (biases) {
      ids[l + 1].forEach((to) => {
        const b = at(to);
        const side = aside(b, width, ids[l + 1].length);
        if (side === 0) {
          const pill = { x: b.x + b.w / 2 + PILL.w / 2 + 8, y: b.y };
          const one = { x: pill.x, y: b.y - 48 };
          edges.push({
            id: `b>${to}`, from: "b", to, one, pillAt: 0.5, pill,
            curve: [one.x, one.y + 12, one.x, b.y, one.x, b.y, b.x + b.w / 2, b.y],
            label: { x: pill.x, y: pill.y + 31, anchor: "middle" },
          });
          return;
        }
        const x = b.x + side * (b.w / 2 - PILL.w / 2 + 2);
        const one = { x, y: b.y - b.h / 2 - 90 };
        const pill = { x, y: b.y - b.h / 2 - 42 };
        edges.push({
          id: `b>${to}`, from: "b", to, one, pillAt: 0.5, pill,
          curve: sCurve(one.x, one.y + 12, one.x, b.y - b.h / 2, true),
          label: { x, y: pill.y + 31, anchor: "middle" },
        });
      });
    }
  }
  const several = ids[last].length > 1;
  const gaps = ids[last].map((output) => {
    const c = at(output);
    const y = c.y + 112;
    return {
      output, tall: true, words: ROOMY.words, low: { x: several ? c.x - 62 : 40, y }, high: { x: several ? c.x + 62 : width - 40, y },
      wire: sCurve(c.x, c.y + c.h / 2, c.x, y, true),
    };
  });
  const end = gaps[gaps.length - 1].low.y;
  return { tall: true, width, height: end + 96, cells, edges, gaps, loss: { x: width / 2, y: end + 62, anchor: "middle" }, lock: { x: width / 2 - 76, y: 0, anchor: "start" } };
}

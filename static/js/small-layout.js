// @ts-check
// Where everything stands in the small picture of a network: nodes as squares and circles, edges as curves. No DOM, no values.
import { nodeIds } from "./layout.js";
import { placeLabels } from "./small-labels.js";

/** @typedef {import("./bezier.js").Curve} Curve */
/** @typedef {{id: string, layer: number, x: number, y: number, r: number, bias: number|null}} SmallNode `bias` is its place among the parameters */
/** @typedef {{from: SmallNode, to: SmallNode, index: number, curve: Curve, label: {x: number, y: number}|null}} SmallEdge */
/** @typedef {{width: number, height: number, nodes: SmallNode[], edges: SmallEdge[], biasLabels: boolean}} SmallLayout */

/** Room of a weight's label: five characters, and some air. */
export const LABEL = { w: 44, h: 20 };
/** Room under a node for its bias. */
export const BIAS = { w: 56, h: 16, below: 15 };

/**
 * @param {readonly number[]} layers
 * @param {{width: number, height: number, biases: boolean, detail: boolean}} options
 * @returns {SmallLayout}
 */
export function smallLayout(layers, { width, height, biases, detail }) {
  const most = Math.max(...layers);
  const foot = detail && biases ? BIAS.h : 0;
  const r = detail ? Math.min(19, (height / most - foot) * 0.34) : Math.min(7, (height / most) * 0.3);
  const columns = columnsOf(layers, biases, { width, height, r, foot });
  const edges = columns.slice(1).flatMap((column, l) => edgesBetween(columns[l], column, offsetOf(layers, biases, l)));
  const nodes = columns.flat();
  const biasLabels = detail && biases && r >= 11;
  if (detail) {
    const solid = [...nodes.map((n) => box(n.x, n.y, 2 * n.r, 2 * n.r)), ...(biasLabels ? nodes.filter((n) => n.layer > 0).map(biasBox) : [])];
    placeLabels(edges, solid, LABEL);
  }
  return { width, height, nodes, edges, biasLabels };
}

/** @param {number} x @param {number} y @param {number} w @param {number} h */
const box = (x, y, w, h) => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });

/** @param {SmallNode} node */
const biasBox = (node) => box(node.x, node.y + node.r + BIAS.below - 4, BIAS.w, BIAS.h);

/** Where the weights of layer l begin among the parameters. @param {readonly number[]} layers @param {boolean} biases @param {number} l */
function offsetOf(layers, biases, l) {
  let offset = 0;
  for (let k = 0; k < l; k++) offset += layers[k] * layers[k + 1] + (biases ? layers[k + 1] : 0);
  return offset;
}

/**
 * @param {readonly number[]} layers @param {boolean} biases
 * @param {{width: number, height: number, r: number, foot: number}} room
 * @returns {SmallNode[][]}
 */
function columnsOf(layers, biases, { width, height, r, foot }) {
  const ids = nodeIds([...layers]);
  const margin = r + 3;
  const step = (width - 2 * margin) / (layers.length - 1);
  const usable = height - 2 * margin - foot;
  return ids.map((column, l) => {
    const n = column.length;
    const pitch = n > 1 ? Math.min(usable / (n - 1), usable * 0.56) : 0;
    const first = offsetOf(layers, biases, l - 1) + (l > 0 ? layers[l - 1] * n : 0);
    return column.map((id, i) => ({
      id, layer: l, r, x: margin + l * step, y: margin + usable / 2 + (i - (n - 1) / 2) * pitch,
      bias: biases && l > 0 ? first + i : null,
    }));
  });
}

/**
 * Lines fan out and in a little, so that thick ones do not melt into one.
 * @param {SmallNode[]} sources @param {SmallNode[]} targets @param {number} offset
 * @returns {SmallEdge[]}
 */
function edgesBetween(sources, targets, offset) {
  return sources.flatMap((from, i) => targets.map((to, j) => {
    const y0 = from.y + port(j, targets.length, from.r * 0.9);
    const y3 = to.y + port(i, sources.length, to.r * 1.1);
    const x0 = from.layer === 0 ? from.x + from.r : from.x + onCircle(from.r, y0 - from.y);
    const x3 = to.x - onCircle(to.r, y3 - to.y);
    const bend = (x3 - x0) * 0.5;
    /** @type {Curve} */
    const curve = [x0, y0, x0 + bend, y0, x3 - bend, y3, x3, y3];
    return { from, to, index: offset + i * targets.length + j, curve, label: null };
  }));
}

/** @param {number} k @param {number} n @param {number} side */
const port = (k, n, side) => (n === 1 ? 0 : (k / (n - 1) - 0.5) * side);

/** @param {number} r @param {number} dy */
const onCircle = (r, dy) => Math.sqrt(Math.max(0, r * r - dy * dy));


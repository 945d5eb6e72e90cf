// @ts-check
/**
 * Tapes to test with. `answerFor` builds one of any shape by itself (sigmoid, half squared error), in the order that
 * docs/protocol.md lays down; `textbookAnswer` is one that the engine made.
 */
import { readFileSync } from "node:fs";

/** @typedef {import("../../static/js/types.js").Entry} Entry */
/** @typedef {import("../../static/js/types.js").Given} Given */
/** @typedef {import("../../static/js/types.js").Phase} Phase */
/** @typedef {import("../../static/js/types.js").Piece} Piece */

/** @param {number} z */
const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** @param {number[]} layers @returns {string[][]} */
function nodesOf(layers) {
  const last = layers.length - 1;
  return layers.map((width, layer) => Array.from({ length: width }, (_, i) => {
    if (layer === 0) return `x${i + 1}`;
    if (layer === last) return `o${i + 1}`;
    return last === 2 ? `h${i + 1}` : `h${layer}_${i + 1}`;
  }));
}

/**
 * Build the givens and entries of one pass.
 * @param {{layers?: number[], biases?: boolean, fused?: boolean}} [shape] `fused`: only a delta at the outputs
 * @returns {{givens: Given[], entries: Entry[]}}
 */
export function answerFor({ layers = [2, 2, 1], biases = true, fused = false } = {}) {
  /** @type {Given[]} */
  const givens = [];
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Map<string, number>} */
  const values = new Map();
  const nodes = nodesOf(layers);
  const outputs = /** @type {string[]} */ (nodes.at(-1));

  /** @param {string} id @param {number} value */
  const give = (id, value) => {
    values.set(id, value);
    givens.push({ id, symbol: `s_{${id}}`, value, place: id.replace("w:", ""), meaning: "a given" });
  };
  /** @param {Phase} phase @param {string} id @param {number} value @param {string[]} parents */
  const put = (phase, id, value, parents) => {
    values.set(id, value);
    const pieces = parents.map((ref) => ({ tex: "#", ref, meaning: "a parent" }));
    const place = id.replace(/^\w+:/, "").replace(/\.\w+$/, "");
    entries.push({ id, phase, symbol: `s_{${id}}`, formula: "", substituted: "", value, parents, because: "So it is.", place, pieces });
  };
  /** @param {string} id @returns {number} */
  const get = (id) => /** @type {number} */ (values.get(id));
  /** @param {string} node */
  const output = (node) => (node.startsWith("x") ? node : `${node}.a`);
  /** @param {number} layer @param {string} node @returns {string[]} */
  const edgesInto = (layer, node) => [...nodes[layer - 1], ...(biases ? ["b"] : [])].map((from) => `${from}>${node}`);

  for (const [i, node] of nodes[0].entries()) give(node, 0.35 * (i + 1));
  for (const i of outputs.keys()) give(`t${i + 1}`, 0.5);
  for (let layer = 1; layer < nodes.length; layer += 1) {
    for (const [j, node] of nodes[layer].entries()) {
      for (const [i, edge] of edgesInto(layer, node).entries()) give(`w:${edge}`, ((7 * i + 3 * j + layer) % 11) / 10 - 0.4);
    }
  }
  give("eta", 1);

  for (let layer = 1; layer < nodes.length; layer += 1) {
    for (const node of nodes[layer]) {
      const froms = edgesInto(layer, node).map((edge) => ({ edge, from: edge.split(">")[0] }));
      const z = froms.reduce((sum, { edge, from }) => sum + get(`w:${edge}`) * (from === "b" ? 1 : get(output(from))), 0);
      put("forward", `${node}.z`, z, froms.flatMap(({ edge, from }) => (from === "b" ? [`w:${edge}`] : [`w:${edge}`, output(from)])));
      put("forward", `${node}.a`, sigmoid(z), [`${node}.z`]);
    }
  }
  const ends = outputs.map((node, i) => ({ node, target: `t${i + 1}`, miss: get(`${node}.a`) - 0.5 }));
  if (ends.length > 1) for (const { node, target, miss } of ends) put("loss", `${node}.loss`, miss ** 2 / 2, [`${node}.a`, target]);
  const lossParents = ends.length > 1 ? ends.map(({ node }) => `${node}.loss`) : ["o1.a", "t1"];
  put("loss", "loss", ends.reduce((sum, { miss }) => sum + miss ** 2 / 2, 0), lossParents);

  /** @param {string} node */
  const throughSlope = (node) => {
    const a = get(`${node}.a`);
    put("backward", `${node}.slope`, a * (1 - a), [`${node}.a`]);
    put("backward", `${node}.delta`, get(`${node}.grad_a`) * get(`${node}.slope`), [`${node}.grad_a`, `${node}.slope`]);
  };
  for (const { node, target, miss } of ends) {
    if (fused) put("backward", `${node}.delta`, miss, [`${node}.a`, target]);
    else {
      put("backward", `${node}.grad_a`, miss, [`${node}.a`, target]);
      throughSlope(node);
    }
  }
  /** @type {string[]} */
  const changed = [];
  for (let layer = nodes.length - 1; layer > 0; layer -= 1) {
    for (const node of nodes[layer]) {
      for (const edge of edgesInto(layer, node)) {
        const [from] = edge.split(">");
        const carried = from === "b" ? [] : [output(from)];
        put("backward", `grad:${edge}`, get(`${node}.delta`) * carried.reduce((_, id) => get(id), 1), [`${node}.delta`, ...carried]);
        changed.push(edge);
      }
    }
    if (layer === 1) break;
    for (const node of nodes[layer - 1]) {
      const blames = nodes[layer].map((next) => `${node}>${next}`);
      for (const edge of blames) put("backward", `blame:${edge}`, get(`w:${edge}`) * get(`${edge.split(">")[1]}.delta`), [`w:${edge}`, `${edge.split(">")[1]}.delta`]);
      put("backward", `${node}.grad_a`, blames.reduce((sum, edge) => sum + get(`blame:${edge}`), 0), blames.map((edge) => `blame:${edge}`));
      throughSlope(node);
    }
  }
  for (const edge of changed) put("update", `change:${edge}`, -get("eta") * get(`grad:${edge}`), ["eta", `grad:${edge}`]);
  for (const edge of changed) put("update", `new:${edge}`, get(`w:${edge}`) + get(`change:${edge}`), [`w:${edge}`, `change:${edge}`]);
  return { givens, entries };
}

/**
 * Read the engine's own tape of the textbook's worked example, with biases of zero.
 * @returns {{givens: Given[], entries: Entry[]}}
 */
export function textbookAnswer() {
  return JSON.parse(readFileSync(new URL("../data/tape_textbook_biases.json", import.meta.url), "utf8"));
}

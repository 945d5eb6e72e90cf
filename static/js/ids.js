// @ts-check
/**
 * The names of the tape: `h1.z`, `grad:x1>h1`, `w:b>o1`, taken apart.
 */

/**
 * What an id names.
 * @typedef {"input" | "target" | "rate" | "weight" | "z" | "a" | "own_loss" | "loss" | "grad_a" | "slope" | "delta"
 *   | "blame" | "grad" | "change" | "new" | "node" | "edge" | "other"} Kind
 */

/**
 * An id taken apart. `node` is set for what sits in a node, `edge`, `from` and `to` for what sits on an edge.
 * @typedef {object} IdParts
 * @property {Kind} kind
 * @property {string | null} node
 * @property {string | null} edge
 * @property {string | null} from
 * @property {string | null} to
 */

/** @type {ReadonlyMap<string, Kind>} */
const NODE_KINDS = new Map([
  ["z", "z"], ["a", "a"], ["loss", "own_loss"], ["grad_a", "grad_a"], ["slope", "slope"], ["delta", "delta"],
]);
/** @type {ReadonlyMap<string, Kind>} */
const EDGE_KINDS = new Map([
  ["w", "weight"], ["blame", "blame"], ["grad", "grad"], ["change", "change"], ["new", "new"],
]);
const EDGE = /^(?:(\w+):)?(\w+)>(\w+)$/;
const OF_NODE = /^(\w+)\.(\w+)$/;
const NODE = /^(?:b|o\d+|h\d+(?:_\d+)?)$/;

/** @param {Kind} kind @param {string | null} node @returns {IdParts} */
const atNode = (kind, node) => ({ kind, node, edge: null, from: null, to: null });

/**
 * Take an id apart; an id of no known form is of kind "other".
 * @param {string} id
 * @returns {IdParts}
 */
export function parseId(id) {
  const onEdge = EDGE.exec(id);
  if (onEdge) {
    const [, prefix, from, to] = onEdge;
    const kind = prefix === undefined ? "edge" : EDGE_KINDS.get(prefix) ?? "other";
    return { kind, node: null, edge: `${from}>${to}`, from, to };
  }
  const ofNode = OF_NODE.exec(id);
  if (ofNode) return atNode(NODE_KINDS.get(ofNode[2]) ?? "other", ofNode[1]);
  if (id === "loss") return atNode("loss", "loss");
  if (id === "eta") return atNode("rate", null);
  if (/^x\d+$/.test(id)) return atNode("input", id);
  if (/^t\d*$/.test(id)) return atNode("target", id);
  if (NODE.test(id)) return atNode("node", id);
  return atNode("other", null);
}

/**
 * Name the layer of a node: "x" inputs, "h1" "h2" ... hidden, "o" outputs.
 *
 * With one hidden layer its nodes are h1, h2 (layer "h1" for all of them); deeper nodes are hL_i.
 * @param {string} node
 * @returns {string}
 */
export function layerOf(node) {
  if (!node.startsWith("h")) return node.replace(/\d+$/, "");
  const cut = node.indexOf("_");
  return cut < 0 ? "h1" : node.slice(0, cut);
}

/**
 * Tell whether an edge carries a bias.
 * @param {string} edge
 * @returns {boolean}
 */
export function isBiasEdge(edge) {
  return edge.startsWith("b>");
}

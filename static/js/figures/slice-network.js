// @ts-check
// The network that figure `hill` can be a slice of: a pass, and its weights as choices in a list.

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("./hill-session.js").HillNetwork} HillNetwork */

/** @param {Spec} spec @param {number} pass @param {{id: string, value: number}[]} givens @returns {HillNetwork} */
export function sliceNetwork(spec, pass, givens) {
  const weights = givens.filter(({ id }) => id.startsWith("w:")).map(({ id, value }) => ({ id: id.slice(2), name: spokenEdge(id.slice(2)), value }));
  return { spec, pass, weights };
}

/** A weight as a choice in a list. @param {string} edge */
function spokenEdge(edge) {
  const [from, to] = edge.split(">");
  return from === "b" ? `bias of ${to}` : `${from} → ${to}`;
}

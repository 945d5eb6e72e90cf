// @ts-check
// The whole network at a glance: where its nodes and edges stand, and what is lit there by name. No DOM.
import { smallLayout } from "./small-layout.js";

/** @typedef {import("./tape.js").Tape} Tape */
/** @typedef {import("./small-layout.js").SmallNode} SmallNode */
/** @typedef {import("./small-layout.js").SmallEdge} SmallEdge */
/** @typedef {import("./types.js").Phase} Phase */
/** @typedef {{id: string, value: number, phase: Phase|"given"}} Lit what is lit at a place: one number of the pass */
/** @typedef {{nodes: SmallNode[], edges: (SmallEdge & {id: string})[], width: number, height: number, wire: {x0: number, x1: number, y: number}|null}} Glance */

const SIZE = { width: 420, height: 230 };
const LOSS_ROOM = 84;

/** @param {readonly number[]} layers @returns {Glance} `wire` leads from the output to the loss, where there is one output */
export function glanceLayout(layers) {
  const { nodes, edges } = smallLayout(layers, { width: SIZE.width - LOSS_ROOM, height: SIZE.height, biases: false, detail: true });
  const outputs = nodes.filter(({ layer }) => layer === layers.length - 1);
  const [only] = outputs;
  return {
    ...SIZE, nodes,
    edges: edges.map((edge) => ({ ...edge, id: `${edge.from.id}>${edge.to.id}` })),
    wire: outputs.length === 1 ? { x0: only.x + only.r, x1: SIZE.width - LOSS_ROOM + 26, y: only.y } : null,
  };
}

/**
 * What is lit, by the place where it stands; the last named of a place counts.
 * @param {Tape} tape @param {readonly string[]} ids @returns {Map<string, Lit>}
 */
export function litPlaces(tape, ids) {
  /** @type {Map<string, Lit>} */
  const places = new Map();
  for (const id of ids) {
    const item = tape.byId.get(id);
    if (item) places.set(item.place, { id, value: item.value, phase: "phase" in item ? item.phase : "given" });
  }
  return places;
}

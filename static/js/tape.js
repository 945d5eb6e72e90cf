// @ts-check
/**
 * The tape as the page sees it. A position p (0..length) means: the first p entries are known. Every view is a function
 * of a tape and a position; none computes a number of its own.
 */
import { parseId } from "./ids.js";

export { equation } from "./equation.js";
export { nextStop, previousStop } from "./stops.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./types.js").Phase} Phase */
/** @typedef {import("./types.js").SignName} SignName */
/** @typedef {import("./stops.js").Granularity} Granularity */
/** @typedef {import("./equation.js").EquationPiece} EquationPiece */

/**
 * The positions of a phase: from before its first entry to after its last.
 * @typedef {{readonly phase: Phase, readonly from: number, readonly to: number}} PhaseSpan
 */

/**
 * @typedef {object} Tape
 * @property {readonly Entry[]} entries
 * @property {readonly Given[]} givens
 * @property {ReadonlyMap<string, Entry | Given>} byId
 * @property {ReadonlyMap<string, readonly string[]>} children ids computed directly from an id, in the tape's order
 * @property {readonly PhaseSpan[]} phases
 * @property {number} length
 * @property {SignName} sign how its derivatives of the loss are written
 * @property {(id: string) => number} indexOf position from which an id is known: 0 for a given, Infinity for no id of this tape
 */

/**
 * Make the tape of an answer.
 * @param {{readonly givens: readonly Given[], readonly entries: readonly Entry[]}} answer
 * @param {SignName} [sign] that the answer's spec has
 * @returns {Tape}
 */
export function makeTape({ givens, entries }, sign = "gradient") {
  /** @type {Map<string, Entry | Given>} */
  const byId = new Map();
  /** @type {Map<string, number>} */
  const knownFrom = new Map();
  for (const given of givens) {
    byId.set(given.id, given);
    knownFrom.set(given.id, 0);
  }
  entries.forEach((entry, index) => {
    byId.set(entry.id, entry);
    knownFrom.set(entry.id, index + 1);
  });
  return Object.freeze({
    entries,
    givens,
    byId,
    children: childrenOf(byId.keys(), entries),
    phases: phasesOf(entries),
    length: entries.length,
    sign,
    indexOf: (/** @type {string} */ id) => knownFrom.get(id) ?? Infinity,
  });
}

/** @param {Iterable<string>} ids @param {readonly Entry[]} entries @returns {Map<string, string[]>} */
function childrenOf(ids, entries) {
  /** @type {Map<string, string[]>} */
  const children = new Map();
  for (const id of ids) children.set(id, []);
  for (const { id, parents } of entries) {
    for (const parent of new Set(parents)) children.get(parent)?.push(id);
  }
  return children;
}

/** @param {readonly Entry[]} entries @returns {PhaseSpan[]} */
function phasesOf(entries) {
  /** @type {PhaseSpan[]} */
  const spans = [];
  entries.forEach(({ phase }, index) => {
    const last = spans.at(-1);
    if (last?.phase === phase) spans[spans.length - 1] = { ...last, to: index + 1 };
    else spans.push({ phase, from: index, to: index + 1 });
  });
  return spans;
}

/**
 * Tell whether an id's value is known at a position.
 * @param {Tape} tape
 * @param {string} id
 * @param {number} position
 * @returns {boolean}
 */
export function isKnown(tape, id, position) {
  return tape.indexOf(id) <= position;
}

/**
 * Read an id's value, null while it is not known.
 * @param {Tape} tape
 * @param {string} id
 * @param {number} position
 * @returns {number | null}
 */
export function valueAt(tape, id, position) {
  return isKnown(tape, id, position) ? tape.byId.get(id)?.value ?? null : null;
}

/**
 * Find the entry that became known last, null at the start.
 * @param {Tape} tape
 * @param {number} position
 * @returns {Entry | null}
 */
export function liveEntry(tape, position) {
  return tape.entries[position - 1] ?? null;
}

/**
 * Name the phase of the live entry; at the start, where none is live, "forward".
 * @param {Tape} tape
 * @param {number} position
 * @returns {Phase}
 */
export function phaseAt(tape, position) {
  return liveEntry(tape, position)?.phase ?? "forward";
}

/**
 * Find where running a phase ends; the position itself where the tape has no such phase.
 * @param {Tape} tape
 * @param {number} position
 * @param {Phase} phase
 * @returns {number}
 */
export function phaseEnd(tape, position, phase) {
  return tape.phases.find((span) => span.phase === phase)?.to ?? position;
}

/**
 * A row of the table "Nodes". No `gradientId`: no gradient is needed there (inputs, the loss itself).
 * @typedef {object} NodeRow
 * @property {string} node
 * @property {string} valueId
 * @property {number | null} value
 * @property {string | null} gradientId
 * @property {number | null} gradient
 * @property {boolean} live the live entry belongs to this node
 */

/**
 * List the rows of the table "Nodes": inputs, hidden and output nodes (value a, gradient delta), the loss.
 * @param {Tape} tape
 * @param {number} position
 * @returns {NodeRow[]}
 */
export function nodeRows(tape, position) {
  const live = liveEntry(tape, position);
  const liveNode = live?.phase === "loss" ? "loss" : live && parseId(live.id).node;
  return nodesOf(tape).map(({ node, valueId }) => {
    const gradientId = tape.byId.has(`${node}.delta`) ? `${node}.delta` : null;
    return {
      node,
      valueId,
      value: valueAt(tape, valueId, position),
      gradientId,
      gradient: gradientId === null ? null : valueAt(tape, gradientId, position),
      live: node === liveNode,
    };
  });
}

/** @param {Tape} tape @returns {{node: string, valueId: string}[]} */
function nodesOf(tape) {
  return [...tape.byId.keys()].flatMap((valueId) => {
    const { kind, node } = parseId(valueId);
    return node && (kind === "input" || kind === "a" || kind === "loss") ? [{ node, valueId }] : [];
  });
}

/**
 * A row of the table "Weights": next = value + change, each null while it is not known.
 * @typedef {object} WeightRow
 * @property {string} edge
 * @property {string} weightId
 * @property {number} value
 * @property {string} gradientId
 * @property {number | null} gradient
 * @property {string} changeId
 * @property {number | null} change
 * @property {string} newId
 * @property {number | null} next
 * @property {boolean} live the live entry belongs to this edge
 * @property {boolean} locked the backward pass is using this value: it may not move before the update
 */

/**
 * List the rows of the table "Weights", biases among them, in the order of the givens.
 * @param {Tape} tape
 * @param {number} position
 * @returns {WeightRow[]}
 */
export function weightRows(tape, position) {
  const live = liveEntry(tape, position);
  const liveEdge = live && parseId(live.id).edge;
  const locked = live?.phase === "backward";
  return tape.givens.flatMap(({ id: weightId, value }) => {
    const { kind, edge } = parseId(weightId);
    if (kind !== "weight" || edge === null) return [];
    const gradientId = `grad:${edge}`;
    const changeId = `change:${edge}`;
    const newId = `new:${edge}`;
    return [{
      edge,
      weightId,
      value,
      gradientId,
      gradient: valueAt(tape, gradientId, position),
      changeId,
      change: valueAt(tape, changeId, position),
      newId,
      next: valueAt(tape, newId, position),
      live: edge === liveEdge,
      locked,
    }];
  });
}

/**
 * Where a number came from: its entry or its given (neither for an id that this tape has not), and its parents.
 * @typedef {object} Derivation
 * @property {string} id
 * @property {Entry | null} entry
 * @property {Given | null} given
 * @property {number | null} value null while it is not known
 * @property {readonly string[]} parents
 */

/**
 * Derive a number: what it was computed from.
 * @param {Tape} tape
 * @param {string} id
 * @param {number} position
 * @returns {Derivation}
 */
export function derivation(tape, id, position) {
  const found = tape.byId.get(id);
  const entry = found && "parents" in found ? found : null;
  const given = found && !("parents" in found) ? found : null;
  return { id, entry, given, value: valueAt(tape, id, position), parents: entry?.parents ?? [] };
}

/**
 * Find everything computed from an id, through any number of entries; the id itself is not among it.
 * @param {Tape} tape
 * @param {string} id
 * @returns {Set<string>}
 */
export function affectedBy(tape, id) {
  /** @type {Set<string>} */
  const affected = new Set();
  const toVisit = [...(tape.children.get(id) ?? [])];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    if (affected.has(next)) continue;
    affected.add(next);
    toVisit.push(...(tape.children.get(next) ?? []));
  }
  return affected;
}

// @ts-check
// What is on its way at a play head t: a pure function of tape, layout and t. No DOM.
import { easeOut, easeTravel, progress, travelled } from "./clock.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./tape.js").Tape} Tape */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Edge} Edge */
/**
 * @typedef {object} Pulse
 * @property {Edge} edge
 * @property {number} from   start of the trail along the edge, 0..1
 * @property {number} at     where the tag is, 0..1
 * @property {"forward"|"backward"} direction
 * @property {number} value
 */
/**
 * @typedef {object} Scene
 * @property {Entry|null} entry      the entry under way, or the last one that arrived
 * @property {number} fraction       how far it has come, 1 when it is there
 * @property {Pulse[]} pulses
 */

const CLEAR = 0.14; // a tag stays clear of the cells at both ends of its edge

const KEY = /^(grad|blame|change|new):(.+)$/;

/**
 * @param {Tape} tape @param {Layout} layout @param {number} t
 * @returns {Scene}
 */
export function sceneAt(tape, layout, t) {
  const { index, fraction } = progress(t);
  if (fraction === 0 || index >= tape.length) {
    return { entry: index > 0 ? tape.entries[Math.min(index, tape.length) - 1] : null, fraction: 1, pulses: [] };
  }
  const entry = tape.entries[index];
  const moved = travelled(entry, fraction);
  return { entry, fraction: moved, pulses: moved < 1 ? pulsesOf(entry, moved, tape, layout) : [] };
}

/**
 * @param {Entry} entry @param {number} fraction @param {Tape} tape @param {Layout} layout
 * @returns {Pulse[]}
 */
function pulsesOf(entry, fraction, tape, layout) {
  const along = CLEAR + (1 - 2 * CLEAR) * easeTravel(fraction);
  if (entry.phase === "forward" && entry.id.endsWith(".z")) {
    return layout.edges
      .filter((edge) => edge.to === entry.place)
      .map((edge) => ({ edge, from: 0, at: along, direction: /** @type {const} */ ("forward"), value: carried(edge, tape) }));
  }
  const match = KEY.exec(entry.id);
  const edge = match ? layout.edges.find((e) => e.id === match[2]) : undefined;
  if (!match || !edge) return [];
  if (match[1] === "blame") return [{ edge, from: 1, at: 1 - along, direction: "backward", value: entry.value }];
  if (match[1] === "grad") {
    return [{ edge, from: 1, at: 1 - easeOut(fraction) * (1 - edge.pillAt), direction: "backward", value: entry.value }];
  }
  return [];
}

/** The number that a forward pulse carries: what its source says. @param {Edge} edge @param {Tape} tape */
function carried(edge, tape) {
  if (edge.from === "b") return 1;
  const source = tape.byId.get(`${edge.from}.a`) ?? tape.byId.get(edge.from);
  return source ? source.value : 0;
}

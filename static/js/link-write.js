// @ts-check
// A figure's state with everything that is as at the beginning left out. No DOM.
import { differences, nearest } from "./link-specs.js";
import { FIRST_DEPTH, LANDSCAPES, SLICE, presetOf } from "./link-states.js";
import { REDUCTIONS } from "./reductions.js";

/** @typedef {import("./link-states.js").Catalog} Catalog */
/** @typedef {import("./link-states.js").FigureName} FigureName */
/** @typedef {import("./link-states.js").RunState} RunState */
/** @typedef {import("./link-states.js").States} States */

/**
 * What sets a state apart from the figure's first one; {} for the first itself.
 * @template {FigureName} F
 * @param {F} name @param {States[F]} state @param {Catalog} catalog @returns {Record<string, unknown>}
 */
export function written(name, state, catalog) {
  return pruned(WRITERS[name](/** @type {any} */ (state), catalog));
}

/** @param {Record<string, unknown>} fields */
const pruned = (fields) => Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined));
/** @template T @param {T} value @param {T} first */
const unless = (value, first) => (value === first ? undefined : value);

/** @type {{[F in FigureName]: (state: States[F], catalog: Catalog) => Record<string, unknown>}} */
const WRITERS = {
  passes: (state, { presets }) => {
    const runs = state.runs.map(({ first, spec }, k) => [first, (k > 0 && differences(state.runs[k - 1].spec, spec)) || nearest(presets, spec)]);
    const same = runs.length === 1 && runs[0][0] === 0 && Object.keys(runs[0][1]).length === 0;
    return { runs: same ? undefined : runs, pass: unless(state.pass, 0), at: unless(state.at, 0),
      length: unless(state.length, state.pass + 1), start: state.start ?? undefined };
  },
  hill: (state, { presets }) => ({
    landscape: unless(state.landscape, LANDSCAPES[0]),
    weight: state.landscape === SLICE ? state.weight : undefined, rate: state.rate ?? undefined, start: state.start ?? undefined,
    moves: state.moves.length ? state.moves : undefined,
    network: state.network ? { ...nearest(presets, state.network.spec), pass: unless(state.network.pass, 0) } : undefined,
  }),
  race: (state, catalog) => runWritten(state, catalog, "race"),
  xor: (state, catalog) => runWritten(state, catalog, "xor"),
  depth: ({ depth }) => ({ depth: unless(depth, FIRST_DEPTH) }),
  batch: ({ reduction, at }) => ({ reduction: unless(reduction, REDUCTIONS[0]), at: unless(at, 0) }),
  twins: ({ nudged, epoch }) => ({ nudged: unless(nudged, false), epoch: unless(epoch, 0) }),
};

/** @param {RunState} state @param {Catalog} catalog @param {string} figure */
function runWritten({ preset, spec, epochs, epoch, speed, log }, catalog, figure) {
  const example = presetOf(catalog, preset);
  const fields = differences(example.spec, spec) ?? { ...spec };
  return { preset: unless(preset, figure), spec: Object.keys(fields).length ? fields : undefined, epochs: unless(epochs, example.epochs),
    epoch: unless(epoch, 0), speed: unless(speed, Infinity), log: unless(log, figure === "race") };
}

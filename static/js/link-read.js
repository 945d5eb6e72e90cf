// @ts-check
// The state of a figure from what a link says of it; what cannot be read is told and left out. No DOM.
import { STOPS } from "./batch-stops.js";
import { Fields, anyNumber, oneOf, shortText, whole, yesOrNo } from "./link-fields.js";
import { isFields, quoted, specFrom } from "./link-specs.js";
import { FIRST_DEPTH, LANDSCAPES, SLICE, presetOf } from "./link-states.js";
import { REDUCTIONS } from "./reductions.js";
import { EPOCH_SPEEDS } from "./run-pace.js";

/** @typedef {import("./link-states.js").Catalog} Catalog */
/** @typedef {import("./link-states.js").FigureName} FigureName */
/** @typedef {import("./link-states.js").PassesState} PassesState */
/** @typedef {import("./link-states.js").RunState} RunState */
/** @typedef {import("./link-states.js").States} States */
/** @typedef {import("./types.js").GivenInitial} GivenInitial */
/** @template T @typedef {import("./link-states.js").Read<T>} Read */

const MOST_RUNS = 12; // of the passes so far; each is a question to the engine
const MOST_PASSES = 12_000, LONGEST_TAPE = 100_000, MOST_STEPS = 1000;
const SPEEDS = EPOCH_SPEEDS.filter(Number.isFinite);

/**
 * The state that was written, as far as it can be read.
 * @template {FigureName} F
 * @param {F} name @param {unknown} value @param {Catalog} catalog @returns {Read<States[F]>}
 */
export function read(name, value, catalog) {
  const fields = new Fields(isFields(value) ? value : {});
  if (!isFields(value)) fields.faults.push("it takes fields with names");
  const state = /** @type {States[F]} */ (READERS[name](fields, catalog));
  return { state, faults: fields.all };
}

/** @type {{[F in FigureName]: (fields: Fields, catalog: Catalog) => States[F]}} */
const READERS = {
  passes: (fields, { presets }) => {
    const runs = runsFrom(fields, presets);
    const pass = fields.take("pass", "the pass", whole(0, MOST_PASSES), 0);
    return { runs, pass, at: fields.take("at", "the position in the pass", whole(0, LONGEST_TAPE), 0),
      length: Math.max(fields.take("length", "the number of passes", whole(1, MOST_PASSES), pass + 1), pass + 1),
      start: fields.take("start", "what Reset returns to", weightsOf(/** @type {PassesState["runs"][number]} */ (runs.at(-1)).spec), null) };
  },
  hill: (fields, { presets }) => {
    const landscape = fields.take("landscape", "the landscape", oneOf(LANDSCAPES), LANDSCAPES[0]);
    const state = { landscape, weight: fields.take("weight", "the weight of the slice", shortText, ""),
      rate: fields.take("rate", "the learning rate", /** @type {import("./link-fields.js").Kind<number|null>} */ (anyNumber), null),
      start: fields.take("start", "where the ball begins", /** @type {import("./link-fields.js").Kind<number|null>} */ (anyNumber), null),
      moves: fields.take("moves", "the ball’s way", { takes: "pairs of a rate and a number of steps", is: areMoves }, /** @type {[number, number][]} */ ([])),
      network: networkFrom(fields, presets, landscape) };
    if (landscape !== SLICE || state.network) return state;
    fields.faults.push("a slice takes a network");
    return { ...state, landscape: LANDSCAPES[0], moves: [], start: null, rate: null };
  },
  race: (fields, catalog) => runFrom(fields, catalog, "race"),
  xor: (fields, catalog) => runFrom(fields, catalog, "xor"),
  depth: (fields, { limits }) => ({ depth: fields.take("depth", "the number of layers", whole(limits.depth?.min ?? 1, limits.depth?.max ?? FIRST_DEPTH), FIRST_DEPTH) }),
  batch: (fields) => ({ reduction: fields.take("reduction", "how the rows are put together", /** @type {import("./link-fields.js").Kind<"sum"|"mean">} */ (oneOf(REDUCTIONS)), REDUCTIONS[0]),
    at: fields.take("at", "the step", whole(0, STOPS.length), 0) }),
  twins: (fields, { limits }) => ({ nudged: fields.take("nudged", "whether one is nudged", yesOrNo, false), epoch: fields.take("epoch", "the epoch", whole(0, limits.epoch.max - 1), 0) }),
};

/** The weights of a network of this form; its layers are as somebody wrote them. @param {import("./types.js").Spec} spec @returns {import("./link-fields.js").Kind<GivenInitial|null>} */
function weightsOf({ layers }) {
  const list = (/** @type {unknown} */ value, /** @type {number} */ length, /** @type {(each: unknown, k: number) => boolean} */ is) => Array.isArray(value) && value.length === length && value.every(is);
  const numbers = (/** @type {unknown} */ value, /** @type {number} */ length) => list(value, length, anyNumber.is);
  const [into, from] = Array.isArray(layers) ? [layers.slice(1), layers] : [[], []];
  const areBiases = (/** @type {unknown} */ value) => list(value, into.length, (each, l) => numbers(each, into[l]));
  const areWeights = (/** @type {unknown} */ value) => list(value, into.length, (rows, l) => list(rows, from[l], (row) => numbers(row, into[l])));
  return { takes: `weights of the layers ${from.join(", ")}`, is: (value) => isFields(value) && value.kind === "given" && areWeights(value.weights) && (!value.biases || areBiases(value.biases)) };
}

/** @param {unknown} moves */
function areMoves(moves) {
  if (!Array.isArray(moves)) return false;
  const steps = moves.reduce((sum, move) => sum + (Array.isArray(move) && move.length === 2 && anyNumber.is(move[0]) && whole(1, MOST_STEPS).is(move[1]) ? move[1] : Infinity), 0);
  return steps <= MOST_STEPS;
}

/** @param {Fields} fields @param {Catalog["presets"]} presets @param {string} landscape */
function networkFrom(fields, presets, landscape) {
  const value = fields.raw("network");
  if (value === undefined) return null;
  if (landscape !== SLICE) {
    fields.faults.push(`the landscape ${landscape} takes no network`);
    return null;
  }
  const { pass = 0, ...spec } = isFields(value) ? value : { of: value };
  const found = specFrom(presets, spec);
  if ("fault" in found) fields.faults.push(found.fault);
  else if (whole(0, MOST_PASSES).is(pass)) return { spec: found.spec, pass: Number(pass) };
  else fields.faults.push(`the network’s pass takes a whole number, but got ${quoted(pass)}`);
  return null;
}

/** @param {Fields} fields @param {Catalog["presets"]} presets */
function runsFrom(fields, presets) {
  const first = [{ first: 0, spec: presets[0].spec }];
  const value = fields.raw("runs");
  if (value === undefined) return first;
  /** @type {PassesState["runs"]} */ const runs = [];
  const broken = (/** @type {string} */ why) => {
    fields.faults.push(why);
    return first;
  };
  if (!Array.isArray(value) || value.length < 1 || value.length > MOST_RUNS) return broken(`the runs take a list of 1 to ${MOST_RUNS}`);
  for (const one of value) {
    const [from, spec] = Array.isArray(one) ? one : [];
    const last = runs.at(-1);
    if (!whole(last ? last.first + 1 : 0, last ? MOST_PASSES : 0).is(from)) return broken(`a run takes the pass from which it holds, but got ${quoted(from)}`);
    const found = specFrom(last && isFields(spec) && spec.of === undefined ? [{ name: "", spec: last.spec }] : presets, spec);
    if ("fault" in found) return broken(found.fault);
    runs.push({ first: from, spec: found.spec });
  }
  return runs;
}

/** @param {Fields} fields @param {Catalog} catalog @param {string} figure @returns {RunState} */
function runFrom(fields, catalog, figure) {
  const preset = fields.take("preset", "the example", oneOf(catalog.run_presets.map(({ name }) => name)), figure);
  const example = presetOf(catalog, preset);
  const found = specFrom([example], fields.raw("spec") ?? {});
  if ("fault" in found) fields.faults.push(found.fault);
  const most = catalog.limits.epoch.max;
  const epochs = fields.take("epochs", "the number of epochs", whole(1, most), example.epochs);
  return { preset, spec: "fault" in found ? example.spec : found.spec, epochs, epoch: fields.take("epoch", "the epoch", whole(0, epochs), 0),
    speed: fields.take("speed", "the speed", { takes: `one of ${SPEEDS.join(", ")}`, is: (value) => SPEEDS.includes(Number(value)) && typeof value === "number" }, Infinity),
    log: fields.take("log", "the scale of the losses", yesOrNo, figure === "race") };
}

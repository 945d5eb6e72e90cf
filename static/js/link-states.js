// @ts-check
// What a link holds of each figure. No DOM.

/** @typedef {import("./types.js").Spec} Spec */
/** @typedef {import("./types.js").RunSpec} RunSpec */
/** @typedef {import("./types.js").GivenInitial} GivenInitial */
/** @typedef {Pick<import("./types.js").Catalog, "presets"|"run_presets"|"limits">} Catalog */
/**
 * Figure `passes`: every run that the passes so far belong to, from which pass on; the pass shown; the position in its tape;
 * how many passes there are; the weights that Reset returns to, null: those of the first run.
 * @typedef {{runs: {first: number, spec: Spec}[], pass: number, at: number, length: number, start: GivenInitial|null}} PassesState
 */
/** Figures `race` and `xor`. @typedef {{preset: string, spec: RunSpec, epochs: number, epoch: number, speed: number, log: boolean}} RunState */
/**
 * Figure `hill`: where the ball began (null: where the landscape has it begin), and how many steps it took at which rates.
 * @typedef {{landscape: string, weight: string, rate: number|null, start: number|null, moves: [rate: number, steps: number][], network: {spec: Spec, pass: number}|null}} HillState
 */
/** @typedef {{depth: number}} DepthState */
/** Figure `batch`: the rows put together by their sum or their mean, and how many stops are reached. @typedef {{reduction: "sum"|"mean", at: number}} BatchState */
/** Figure `twins`: one weight nudged or none, and the epoch. @typedef {{nudged: boolean, epoch: number}} TwinsState */
/** @typedef {{passes: PassesState, hill: HillState, race: RunState, xor: RunState, depth: DepthState, batch: BatchState, twins: TwinsState}} States */
/** @typedef {keyof States} FigureName */
/** @template T @typedef {{state: T, faults: string[]}} Read */

/** @type {FigureName[]} */
export const FIGURES = ["passes", "hill", "race", "xor", "depth", "batch", "twins"];
/** The landscape that is a network’s own. */
export const SLICE = "slice";
export const LANDSCAPES = ["bowl", "double_valley", "ravine", SLICE];
export const FIRST_DEPTH = 15;

/** @param {Catalog} catalog @param {string} name */
export const presetOf = ({ run_presets: presets }, name) => presets.find((preset) => preset.name === name) ?? presets[0];

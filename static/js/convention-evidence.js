// @ts-check
// What changed and what did not when a convention was switched: read from two tapes of the same pass, or from two first
// frames of the same run. No DOM, and no number of its own.
import { becauseOf } from "./because-links.js";
import { adaptiveNote, reductionNote } from "./convention-notes.js";
import { number } from "./format.js";

/** @typedef {import("./tape.js").Tape} Tape */
/** @typedef {import("./types.js").LaneFrame} LaneFrame */
/** @typedef {{what: string, before: string, after: string}} Changed */
/** @typedef {{what: string, value: string}} Same */
/** `where` is the run that the note is about. @typedef {{changed: Changed[], same: Same[], note: string, where?: string}} Evidence */
/** @typedef {"sign"|"half"|"reduction"} ConventionName */

const RULES = { gradient: "w − η ∂L/∂w", error_term: "w + η (−∂L/∂w)" };

/**
 * What the sign, or the one half, changes in a pass.
 * @param {"sign"|"half"} name @param {Tape} before @param {Tape} after @param {string} [half] that is in force after
 * @returns {Evidence}
 */
export function passEvidence(name, before, after, half = "whole") {
  const edge = becauseOf(after)?.grad.id.slice("grad:".length) ?? "";
  const arrow = edge.replace(">", "→");
  /** @type {[string, string, boolean][]} id, what it is called, whether a plus is written */
  const numbers = [
    ["loss", "loss", false], ["o1.a", "what o1 says", false], ["o1.delta", "delta of o1", true], [`grad:${edge}`, gradientOf(edge), true],
    [`change:${edge}`, `change of ${arrow}`, true],
  ];
  const evidence = sorted(numbers.flatMap(([id, what, sign]) => {
    const [old, now] = [before.byId.get(id), after.byId.get(id)];
    return old && now ? [{ what, before: number(old.value, { sign }), after: number(now.value, { sign }), equal: old.value === now.value }] : [];
  }));
  return name === "sign" ? withRule(evidence, before, after) : withMinimum(evidence, before, after, half === "whole");
}

/** @param {Evidence} evidence @param {Tape} before @param {Tape} after @returns {Evidence} */
function withRule({ changed, same }, before, after) {
  const weights = idsOf(after, (id) => id.startsWith("new:"));
  const all = weights.length > 0 && weights.every((id) => valueOf(before, id) === valueOf(after, id));
  return {
    changed: [...changed, { what: "rule", before: RULES[before.sign], after: RULES[after.sign] }],
    same: [...same, ...(all ? [{ what: "new weights", value: `all ${weights.length}, every digit` }] : [])],
    note: all ? "Two minuses make a plus: every weight goes where it went." : weights.length ? "" : "The update is held back: nothing moves either way.",
  };
}

/** @param {Evidence} evidence @param {Tape} before @param {Tape} after @param {boolean} grown @returns {Evidence} */
function withMinimum({ changed, same }, before, after, grown) {
  const gradients = idsOf(after, (id) => id.startsWith("grad:"));
  const alike = gradients.every((id) => Math.sign(valueOf(before, id)) === Math.sign(valueOf(after, id)));
  const targets = after.givens.filter(({ id, value }) => /^t\d+$/.test(id) && valueOf(before, id) === value);
  const scaled = grown ? "twice as large, as if the learning rate were doubled" : "half as large, as if the learning rate were halved";
  return {
    changed,
    same: [...same, ...(alike ? [{ what: "sign of each gradient", value: `all ${gradients.length}` }] : []),
      ...targets.map(({ id, value }) => ({ what: targets.length > 1 ? `minimum of ${id.replace("t", "o")} at` : "minimum at", value: number(value) }))],
    note: changed.length ? `All ${scaled}.` : "",
  };
}

/**
 * What the one half, or adding up instead of averaging, changes in a run before its first update.
 * @param {"half"|"reduction"} name @param {string} where @param {LaneFrame} before @param {LaneFrame} after
 * @param {import("./convention-notes.js").Steps} spec @returns {Evidence}
 */
export function runEvidence(name, where, before, after, spec) {
  /** @type {[string, number|null, number|null][]} */
  const numbers = [["loss", before.loss, after.loss], ["length of the gradient", before.gradNorm, after.gradNorm], ["first answer", before.outputs[0], after.outputs[0]]];
  const { changed, same } = sorted(numbers.flatMap(([what, old, now]) => (
    old === null || now === null ? [] : [{ what: `${where}: ${what}`, before: number(old), after: number(now), equal: old === now }])));
  return { changed, same, where, note: name === "reduction" ? reductionNote(spec) : changed.length ? adaptiveNote(spec) : "" };
}

/** One pass takes one row, which is its own mean. @param {Tape} tape @returns {Evidence} */
export function onePassEvidence(tape) {
  const edge = becauseOf(tape)?.grad.id ?? "";
  const same = [["loss", "loss"], [edge, gradientOf(edge.slice("grad:".length))]]
    .flatMap(([id, what]) => (tape.byId.has(id) ? [{ what: `one pass: ${what}`, value: number(valueOf(tape, id)) }] : []));
  return { changed: [], same, note: "One pass takes one row, so it does not change at all." };
}

/** @param {string} edge */
const gradientOf = (edge) => `gradient of ${edge.replace(">", "→")}`;

/** @param {(Changed & {equal: boolean})[]} rows */
const sorted = (rows) => ({
  changed: rows.filter(({ equal }) => !equal).map(({ what, before, after }) => ({ what, before, after })),
  same: rows.filter(({ equal }) => equal).map(({ what, after }) => ({ what, value: after })), note: "",
});

/** @param {Tape} tape @param {(id: string) => boolean} wanted */
const idsOf = (tape, wanted) => tape.entries.map(({ id }) => id).filter(wanted);
/** @param {Tape} tape @param {string} id */
const valueOf = (tape, id) => tape.byId.get(id)?.value ?? NaN;


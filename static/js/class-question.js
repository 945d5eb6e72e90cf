// @ts-check
// What a teacher may ask of a weight before its change is shown: the choices, and which one is right. No DOM.
import { spokenName } from "./format.js";

/** @typedef {import("./tape.js").Tape} Tape */
/** @typedef {"direction"|"size"} Kind */

/** @type {Kind[]} */
export const KINDS = ["direction", "size"];
const CHANGE = "change:";
const DIRECTIONS = ["up", "down", "stays"];
/** A size is the range between two neighbours; the first begins at nothing, the last has no end. */
const BORDERS = [0.0001, 0.001, 0.01, 0.1, 1];

/** The choices in words. @param {Kind} kind @returns {string[]} */
export function choicesOf(kind) {
  if (kind === "direction") return DIRECTIONS;
  const ranges = BORDERS.slice(1).map((high, k) => `${BORDERS[k]} to ${high}`);
  return [`below ${BORDERS[0]}`, ...ranges, `${BORDERS[BORDERS.length - 1]} or more`];
}

/** Which choice a change makes right. @param {Kind} kind @param {number} change */
export function rightChoice(kind, change) {
  if (kind === "direction") return change > 0 ? 0 : change < 0 ? 1 : 2;
  const above = BORDERS.findIndex((border) => Math.abs(change) < border);
  return above < 0 ? BORDERS.length : above;
}

/** The weights whose change is not known at a position, in the order in which it will be: `x1>h1`. @param {Tape} tape @param {number} position @returns {string[]} */
export function weightsAhead(tape, position) {
  return tape.entries.slice(position).flatMap(({ id }) => (id.startsWith(CHANGE) ? [id.slice(CHANGE.length)] : []));
}

/** The change of a weight. @param {string} edge */
export const changeOf = (edge) => `${CHANGE}${edge}`;

/** The weight that a change is of; null for another quantity. @param {string} about */
export const edgeOf = (about) => (about.startsWith(CHANGE) ? about.slice(CHANGE.length) : null);

/** The last position at which a number is not shown; Infinity where this pass has no such number. @param {Tape} tape @param {string} about */
export const standBefore = (tape, about) => Math.max(0, tape.indexOf(about) - 1);

/** The question for somebody who hears it. @param {Kind} kind @param {string} about */
export function spokenQuestion(kind, about) {
  const edge = edgeOf(about);
  const weight = edge === null ? spokenName(about) : spokenName(edge);
  return kind === "direction" ? `Will the ${weight} go up or down?` : `How large will the change of the ${weight} be?`;
}

/** How many, in words. @param {number} n @param {string} one @param {string} more */
export const counted = (n, one, more) => `${n} ${n === 1 ? one : more}`;

/** What became of the answers, for somebody who hears it. @param {Kind} kind @param {number[]} counts @param {number|null} right */
export function spokenResult(kind, counts, right) {
  const all = counts.reduce((sum, n) => sum + n, 0);
  const choices = choicesOf(kind);
  const chosen = counts.flatMap((n, k) => (n > 0 ? [`${n} said ${choices[k]}`] : []));
  const split = all === 0 ? "Nobody answered" : chosen.join(", ");
  return right === null ? `${split}.` : `${split}. Right is: ${choices[right]}.`;
}

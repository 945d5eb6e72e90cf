// @ts-check
// A figure's state as the text of a link, and back. No DOM.
import { checkOf, packed, unpacked } from "./link.js";
import { read } from "./link-read.js";
import { written } from "./link-write.js";

/** @typedef {import("./link-states.js").Catalog} Catalog */
/** @typedef {import("./link-states.js").FigureName} FigureName */
/** @typedef {import("./link-states.js").States} States */
/** @template T @typedef {import("./link-states.js").Read<T>} Read */

const CHANGED = "what it stands for is not what it stood for when it was made, so a number may be another";

/** What specs had not when the first links were made: where it is as it was then, it is left out, so that those links hold. @type {Record<string, unknown>} */
const SINCE = { sign: "gradient", hold: false };

/** The check of a state. @param {unknown} state */
export const checkOfState = (state) => checkOf(JSON.parse(JSON.stringify(state, (name, value) => (name in SINCE && SINCE[name] === value ? undefined : value))));

/**
 * The text of a state; "" for a figure as it begins.
 * @template {FigureName} F
 * @param {F} name @param {States[F]} state @param {Catalog} catalog @returns {Promise<string>}
 */
export async function textOf(name, state, catalog) {
  const fields = written(name, state, catalog);
  return Object.keys(fields).length ? packed(fields, checkOfState(read(name, fields, catalog).state)) : "";
}

/**
 * The state of a text, as far as it can be read, and what was wrong with it; the figure as it begins for "".
 * @template {FigureName} F
 * @param {F} name @param {string} text @param {Catalog} catalog @returns {Promise<Read<States[F]>>}
 */
export async function stateOf(name, text, catalog) {
  const found = text === "" ? { value: {}, check: null } : await unpacked(text);
  if ("fault" in found) return { state: read(name, {}, catalog).state, faults: [found.fault] };
  const { state, faults } = read(name, found.value, catalog);
  const changed = found.check !== null && faults.length === 0 && found.check !== checkOfState(state);
  return { state, faults: changed ? [CHANGED] : faults };
}

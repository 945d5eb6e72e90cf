// @ts-check
// A spec as what sets it apart from an example of the page, and back. No DOM.
import { canonical } from "./link.js";

/** @template S @typedef {{name: string, spec: S}} Example */
/** @typedef {Record<string, unknown>} Fields */

/** Whether this can be a spec at all; the server says the rest. @param {unknown} value @returns {value is Fields} */
export const isFields = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The fields in which a spec differs from another; null where one lacks a field that the other has.
 * @param {object} base @param {object} spec @returns {Fields|null}
 */
export function differences(base, spec) {
  const [old, now] = [/** @type {Fields} */ (base), /** @type {Fields} */ (spec)];
  if (Object.keys(old).some((name) => now[name] === undefined)) return null;
  return Object.fromEntries(Object.entries(now).filter(([name, field]) => canonical(field) !== canonical(old[name])));
}

/**
 * A spec as the fewest fields: those in which it differs from the example that is nearest, `of` naming the example if it
 * is not the first; a spec that is near none is itself.
 * @param {readonly Example<object>[]} examples @param {object} spec @returns {Fields}
 */
export function nearest(examples, spec) {
  const ways = examples.flatMap(({ name, spec: base }, k) => {
    const fields = differences(base, spec);
    return fields ? [k === 0 ? fields : { of: name, ...fields }] : [];
  });
  return [...ways, { ...spec }].sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)[0];
}

/**
 * The spec that was written by `nearest`; words where it names an example that there is not.
 * @template {object} S
 * @param {readonly Example<S>[]} examples @param {unknown} written @returns {{spec: S}|{fault: string}}
 */
export function specFrom(examples, written) {
  if (!isFields(written)) return { fault: "the spec takes fields with names" };
  const { of, ...fields } = written;
  if ("v" in fields) return { spec: /** @type {S} */ (fields) };
  const example = of === undefined ? examples[0] : examples.find(({ name }) => name === of);
  if (!example) return { fault: `the example it starts from, ${quoted(of)}, is not on this page` };
  return { spec: { ...example.spec, ...fields } };
}

/** What was got, in a sentence. @param {unknown} value */
export function quoted(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "nothing";
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}

// @ts-check
// Reading the fields of a link one by one: what is wrong is said in words and left out, the rest is kept. No DOM.
import { quoted } from "./link-specs.js";

/** @template T @typedef {{takes: string, is: (value: unknown) => boolean, type?: T}} Kind */

const finite = (/** @type {unknown} */ value) => typeof value === "number" && Number.isFinite(value);

/** @param {number} low @param {number} high @returns {Kind<number>} */
export const whole = (low, high) => ({ takes: `a whole number from ${low} to ${high}`, is: (value) => Number.isInteger(value) && Number(value) >= low && Number(value) <= high });
/** @type {Kind<number>} */
export const anyNumber = { takes: "a number", is: finite };
/** @type {Kind<boolean>} */
export const yesOrNo = { takes: "true or false", is: (value) => typeof value === "boolean" };
/** @type {Kind<string>} */
export const shortText = { takes: "a short text", is: (value) => typeof value === "string" && value.length <= 40 };
/** @param {readonly string[]} names @returns {Kind<string>} */
export const oneOf = (names) => ({ takes: `one of ${names.join(", ")}`, is: (value) => typeof value === "string" && names.includes(value) });

/** The fields of one link, and what was wrong with them. */
export class Fields {
  /** @param {Record<string, unknown>} written */
  constructor(written) {
    this.written = written;
    /** @type {string[]} */ this.faults = [];
    /** @type {Set<string>} */ this.known = new Set();
  }

  /**
   * A field, or what holds where it is not there or cannot be read.
   * @template T
   * @param {string} name @param {string} spoken @param {Kind<T>} kind @param {T} otherwise @returns {T}
   */
  take(name, spoken, kind, otherwise) {
    const value = this.raw(name);
    if (value === undefined) return otherwise;
    if (kind.is(value)) return /** @type {T} */ (value);
    this.faults.push(`${spoken} takes ${kind.takes}, but got ${quoted(value)}`);
    return otherwise;
  }

  /** A field that somebody else reads. @param {string} name */
  raw(name) {
    this.known.add(name);
    return this.written[name];
  }

  /** Everything that was wrong; fields that nobody asked for are too. */
  get all() {
    const unknown = Object.keys(this.written).filter((name) => !this.known.has(name));
    return [...this.faults, ...unknown.map((name) => `${quoted(name)} is not known here`)];
  }
}

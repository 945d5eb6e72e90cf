// @ts-check
// How derivatives of the loss are written: as they are, or as the error term, which is minus them. Names only; no arithmetic.
import { parseId } from "./ids.js";

/** @typedef {import("./types.js").SignName} SignName */

export const GRADIENT = /** @type {const} */ ("gradient");
const TURNING = new Set(["grad_a", "delta", "blame", "grad"]);

/** The sign that a spec is written with. @param {{sign?: SignName}} spec @returns {SignName} */
export const signOf = ({ sign = GRADIENT }) => sign;

/** Whether it is minus the derivative that is written. @param {SignName} sign */
export const isTurned = (sign) => sign !== GRADIENT;

/** What dL/dz of a node is called, however it is written. @param {SignName} sign */
export const deltaName = (sign) => (isTurned(sign) ? "error term" : "delta");

/** Whether a number is a derivative of the loss: what the sign turns. @param {string} id */
export const turns = (id) => TURNING.has(parseId(id).kind);

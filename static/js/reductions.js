// @ts-check
// The two ways in which rows are put together. No DOM.

/** @typedef {"sum"|"mean"} Reduction */

/** The first is how it begins, as everywhere on the page. @type {readonly Reduction[]} */
export const REDUCTIONS = Object.freeze(/** @type {Reduction[]} */ (["mean", "sum"]));

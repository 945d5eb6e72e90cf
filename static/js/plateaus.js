// @ts-check
// Whether four outputs stand where XOR rests unsolved. No DOM.

/** A plateau: its name, and every set of outputs that it may have. @typedef {{name: string, outputs: number[][]}} Plateau */

/**
 * The name of the plateau at which these outputs stand, each within so much; null: none.
 * @param {ArrayLike<number>} outputs @param {readonly Plateau[]} plateaus @param {number} within
 */
export function plateauAt(outputs, plateaus, within) {
  const stands = (/** @type {number[]} */ wanted) => wanted.length === outputs.length && wanted.every((value, row) => Math.abs(outputs[row] - value) <= within);
  return plateaus.find((plateau) => plateau.outputs.some(stands))?.name ?? null;
}

// @ts-check
/**
 * The right-hand side of an entry, piece by piece: with symbols, and with this pass's numbers.
 */
import { texNumber } from "./format.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./types.js").Piece} Piece */

/**
 * A piece of an equation, ready to be typeset in either way.
 * @typedef {object} EquationPiece
 * @property {string} tex as the engine sent it, with `#`
 * @property {string} symbolTex `#` replaced by the operand's symbol, in brackets if that begins with a minus
 * @property {string} numberTex `#` replaced by the operand's rounded value
 * @property {string | null} ref
 * @property {string} meaning
 * @property {number | null} value
 */

/** @param {string} symbol */
const beside = (symbol) => (symbol.startsWith("-") ? `\\left(${symbol}\\right)` : symbol);

/**
 * Fill the pieces of an entry's right-hand side.
 * @param {{readonly pieces: readonly Piece[]}} entry
 * @param {{readonly byId: ReadonlyMap<string, Entry | Given>}} tape
 * @returns {EquationPiece[]}
 */
export function equation(entry, tape) {
  return entry.pieces.map(({ tex, ref, meaning }) => {
    const operand = ref === null ? undefined : tape.byId.get(ref);
    if (!operand) return { tex, symbolTex: tex, numberTex: tex, ref, meaning, value: null };
    return {
      tex,
      symbolTex: tex.replaceAll("#", () => beside(operand.symbol)),
      numberTex: tex.replaceAll("#", () => texNumber(operand.value, 4, { parens: true })),
      ref,
      meaning,
      value: operand.value,
    };
  });
}

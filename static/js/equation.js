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

/**
 * How the first derivative of a pass reads, as the sum or the activation that it is taken by; null for any other entry.
 * @param {{readonly id: string}} entry
 * @param {{readonly entries: readonly Entry[]}} tape
 * @returns {"a" | "z" | null}
 */
export function firstDerivative(entry, tape) {
  const first = tape.entries.find(({ phase }) => phase === "backward");
  if (!first || first.id !== entry.id) return null;
  return entry.id.endsWith(".grad_a") ? "a" : "z";
}

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

/**
 * The formula with its fractions on one line: `1/(1+e^{-z})`. One of two digits is left as it is.
 * @param {string} tex @returns {string}
 */
export function onOneLine(tex) {
  const at = /\\[dt]?frac(?=\{)/.exec(tex);
  if (!at) return tex;
  const from = at.index + at[0].length;
  const above = groupEnd(tex, from), below = groupEnd(tex, above);
  const rest = onOneLine(tex.slice(below));
  if (/^\{\d\}\{\d\}$/.test(tex.slice(from, below))) return tex.slice(0, below) + rest;
  return `${tex.slice(0, at.index)}${asPart(tex.slice(from + 1, above - 1))}/${asPart(tex.slice(above + 1, below - 1))}${rest}`;
}

/** @param {string} tex of a numerator or denominator @returns {string} in brackets where it is a sum */
function asPart(tex) {
  const line = onOneLine(tex);
  const outside = line.replace(/[\^_]\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, "");
  return /.[+-]/.test(outside) ? `(${line})` : line;
}

/** @param {string} tex @param {number} from the group's opening brace @returns {number} behind its closing one */
function groupEnd(tex, from) {
  let depth = 0;
  for (let k = from; k < tex.length; k++) {
    if (tex[k] === "{") depth += 1;
    else if (tex[k] === "}" && --depth === 0) return k + 1;
  }
  return tex.length;
}

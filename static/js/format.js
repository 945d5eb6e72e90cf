// @ts-check
/**
 * Numbers and names as people read them. The only place where a number is rounded.
 */
import { isBiasEdge, parseId } from "./ids.js";
import { GRADIENT, deltaName, isTurned } from "./signs.js";

const MINUS = "\u2212";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SCIENTIFIC_FROM = 100000;

/**
 * A rounded magnitude: fixed decimals, or mantissa and exponent where those would say nothing.
 * @param {number} magnitude finite, not negative
 * @param {number} digits
 * @returns {{digits: string, exponent: number | null}}
 */
function rounded(magnitude, digits) {
  const fixed = magnitude.toFixed(digits);
  const lost = magnitude > 0 && Number(fixed) === 0;
  if (!lost && magnitude < SCIENTIFIC_FROM) return { digits: fixed, exponent: null };
  const [mantissa, exponent] = magnitude.toExponential(1).split("e");
  return { digits: mantissa, exponent: Number(exponent) };
}

/** @param {number} exponent @returns {string} */
function superscript(exponent) {
  const raised = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return exponent < 0 ? `⁻${raised}` : raised;
}

/**
 * Write a number with fixed decimals and a true minus: `0.3500`, `−0.0312`, `4.7·10⁻¹⁰`.
 *
 * The scientific form is taken where the fixed one would show only zeros for a number that is not zero, and from
 * 100000 on. Zero never has a sign.
 * @param {number} value
 * @param {{digits?: number, sign?: boolean}} [options] `sign`: a + before positive numbers
 * @returns {string}
 */
export function number(value, { digits = 4, sign = false } = {}) {
  if (Number.isNaN(value)) return "not a number";
  const before = value < 0 ? MINUS : sign && value > 0 ? "+" : "";
  if (!Number.isFinite(value)) return `${before}∞`;
  const shown = rounded(Math.abs(value), digits);
  if (shown.exponent === null) return before + shown.digits;
  return `${before}${shown.digits}·10${superscript(shown.exponent)}`;
}

/**
 * Write every digit that tells this float from its neighbours, with a true minus.
 * @param {number} value
 * @returns {string}
 */
export function exact(value) {
  return String(value).replaceAll("-", MINUS).replace("Infinity", "∞").replace("NaN", "not a number");
}

/**
 * Write a number for an input field: ASCII minus, no trailing zeros, never zero unless it is.
 * @param {number} value
 * @param {number} [maxDigits] decimals kept; below 1, significant digits kept
 * @returns {string}
 */
export function plain(value, maxDigits = 6) {
  if (!Number.isFinite(value)) return "";
  const kept = Math.abs(value) < 1 ? value.toPrecision(Math.max(1, maxDigits)) : value.toFixed(maxDigits);
  return String(Number(kept));
}

const SIGNED = /^([+-]?)\s*(.*)$/s;
const GROUPED = /^\d{1,3}(?:\s\d{3})+(?![\d\s])/;
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const PERHAPS_THOUSANDS = /^[1-9]\d{0,2},\d{3}$/;

/**
 * Read a number as typed: `0.35`, `−0.35`, `0,35`, `1e-3`, `1 000`.
 *
 * Refuses (null) what is empty, not finite, or could mean two numbers: `1,234`, `1,234.5`.
 * @param {string} text
 * @returns {number | null}
 */
export function parseNumber(text) {
  const ascii = text.trim().replace(/[\u2212\u2013]/g, "-");
  const [, sign, body] = /** @type {RegExpExecArray} */ (SIGNED.exec(ascii));
  if (PERHAPS_THOUSANDS.test(body)) return null;
  const joined = body.replace(GROUPED, (groups) => groups.replace(/\s/g, ""));
  const dotted = joined.includes(".") ? joined : joined.replace(",", ".");
  if (!DECIMAL.test(dotted)) return null;
  const value = Number(sign + dotted);
  return Number.isFinite(value) ? value + 0 : null;
}

/**
 * Write a number as TeX, rounded as `number` rounds: `0.3500`, `-0.0312`, `1.2\times10^{-7}`.
 * @param {number} value
 * @param {number} [digits]
 * @param {{parens?: boolean}} [options] `parens`: brackets where a neighbour could be misread (negative, scientific)
 * @returns {string}
 */
export function texNumber(value, digits = 4, { parens = false } = {}) {
  if (Number.isNaN(value)) return "\\text{not a number}";
  const before = value < 0 ? "-" : "";
  const shown = Number.isFinite(value) ? rounded(Math.abs(value), digits) : { digits: "\\infty", exponent: null };
  const power = shown.exponent === null ? "" : `\\times10^{${shown.exponent}}`;
  const tex = before + shown.digits + power;
  return parens && (before || power) ? `(${tex})` : tex;
}

/** @param {string} node @returns {string} */
function spokenNode(node) {
  const deep = /^h(\d+)_(\d+)$/.exec(node);
  return deep ? `node ${deep[2]} of hidden layer ${deep[1]}` : node;
}

/** @param {string} edge @param {string} [adjective] @returns {string} */
function spokenEdge(edge, adjective = "") {
  const [from, to] = edge.split(">");
  if (isBiasEdge(edge)) return `${adjective}bias of ${spokenNode(to)}`;
  return `${adjective}weight from ${spokenNode(from)} to ${spokenNode(to)}`;
}

/**
 * Say what an id names, in words for a label or a screen reader: `grad:x1>h1` is "gradient of the weight from x1 to h1".
 * @param {string} id of a given, an entry, a node or an edge
 * @param {import("./types.js").SignName} [sign] how derivatives are written
 * @returns {string}
 */
export function spokenName(id, sign = GRADIENT) {
  const { kind, node, edge, from, to } = parseId(id);
  const at = spokenNode(node ?? "");
  const on = edge ?? "";
  const gradient = isTurned(sign) ? "minus the gradient" : "gradient";
  switch (kind) {
    case "input": return `input ${id}`;
    case "target": return id === "t" ? "target" : `target of o${id.slice(1)}`;
    case "rate": return "learning rate";
    case "loss": return "loss";
    case "own_loss": return `loss of ${at}`;
    case "z": return `sum z into ${at}`;
    case "a": return `activation of ${at}`;
    case "grad_a": return `blame of ${at}`;
    case "slope": return `slope of ${at}`;
    case "delta": return `${deltaName(sign)} of ${at}`;
    case "blame": return `share handed from ${spokenNode(to ?? "")} to ${spokenNode(from ?? "")}`;
    case "grad": return `${gradient} of the ${spokenEdge(on)}`;
    case "change": return `change of the ${spokenEdge(on)}`;
    case "new": return spokenEdge(on, "new ");
    case "weight": case "edge": return spokenEdge(on);
    case "node": return spokenPlainNode(id);
    default: return id;
  }
}

/** @param {string} node @returns {string} */
function spokenPlainNode(node) {
  if (node === "b") return "constant 1 for the biases";
  if (node.startsWith("o")) return `output node ${node}`;
  return node.includes("_") ? spokenNode(node) : `hidden node ${node}`;
}

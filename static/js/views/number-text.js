// @ts-check
import { html, nothing } from "../../vendor/lit.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
const PLAIN = "0123456789−";

/**
 * A formatted number with its exponent as markup: few faces carry every superscript digit.
 * @param {string} text
 */
export function numberText(text) {
  const at = [...text].findIndex((c) => RAISED.includes(c));
  if (at < 0) return html`${text}`;
  const exponent = [...text.slice(at)].map((c) => PLAIN[RAISED.indexOf(c)] ?? c).join("");
  return html`${text.slice(0, at)}${exponent ? html`<sup>${exponent}</sup>` : nothing}`;
}

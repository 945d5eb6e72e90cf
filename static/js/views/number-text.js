// @ts-check
import { html, svg } from "../../vendor/lit.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
const PLAIN = "0123456789−";

/**
 * A formatted number with its exponent as markup, or a text with such numbers in it: few faces carry every superscript digit.
 * @param {string} text
 */
export function numberText(text) {
  const parts = parted(text);
  return parts.length === 1 ? html`${text}` : html`${parts.map((part, i) => (i % 2 ? html`<sup>${part}</sup>` : part))}`;
}

/** The same inside a picture. @param {string} text */
export function svgNumberText(text) {
  return svg`${parted(text).map((part, i) => (i % 2 ? svg`<tspan class="power" dy="-5">${part}</tspan>` : i ? svg`<tspan dy="5">${part}</tspan>` : part))}`;
}

const EXPONENT = new RegExp(`([${RAISED}]+)`);

/** A text, every second part of it an exponent. @param {string} text */
const parted = (text) => text.split(EXPONENT).map((part, i) => (i % 2 ? [...part].map((c) => PLAIN[RAISED.indexOf(c)]).join("") : part));

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
const PLAIN = "0123456789−";

/**
 * A formatted number with its exponent as markup: few faces carry every superscript digit.
 * @param {string} text
 */
export function numberText(text) {
  const { before, exponent, after } = parted(text);
  return html`${before}${exponent ? html`<sup>${exponent}</sup>` : nothing}${after}`;
}

/** The same inside a picture. @param {string} text */
export function svgNumberText(text) {
  const { before, exponent, after } = parted(text);
  return svg`${before}${exponent ? svg`<tspan class="power" dy="-5">${exponent}</tspan><tspan dy="5">${after}</tspan>` : nothing}`;
}

const EXPONENT = new RegExp(`[${RAISED}]+`);

/** A text in front of its first exponent, that, and what follows. @param {string} text */
function parted(text) {
  const [raised] = EXPONENT.exec(text) ?? [""];
  const [before, after = ""] = raised ? text.split(raised) : [text];
  return { before, exponent: [...raised].map((c) => PLAIN[RAISED.indexOf(c)]).join(""), after };
}

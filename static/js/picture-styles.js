// @ts-check
/**
 * What a style sheet says of an element of a picture, written into the element: so that it looks the same without the sheet.
 */

/** Properties that a child has from its parent, and that SVG knows as attributes. */
const INHERITED = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity",
  "font-family", "font-size", "font-weight", "font-style", "text-anchor", "letter-spacing", "visibility", "paint-order",
];
/** Those that it has not, with what they are where nothing is said. @type {[string, string][]} */
const OWN = [["opacity", "1"], ["dominant-baseline", "auto"], ["text-decoration-line", "none"], ["clip-path", "none"], ["transform", "none"]];
/** What a style sheet may say of a circle's or a corner's size. */
const SIZES = ["r", "rx"];
/** Those that are no attributes. */
const STYLES = ["font-variant-numeric", "font-feature-settings"];
const OF_THE_PAGE = /^(class|style|tabindex|role|part|aria-|data-)/;

/**
 * Copy a picture with its looks. Leaves out what is not shown.
 * @param {Element} original @returns {Element}
 */
export function copyWithLooks(original) {
  const copy = /** @type {SVGElement} */ (original.cloneNode(true));
  dress(original, copy, null);
  return copy;
}

/** @param {Element} original @param {SVGElement} copy @param {CSSStyleDeclaration|null} around the parent's looks */
function dress(original, copy, around) {
  const looks = getComputedStyle(original);
  for (const { name } of [...copy.attributes]) if (OF_THE_PAGE.test(name)) copy.removeAttribute(name);
  for (const name of INHERITED) {
    const value = looks.getPropertyValue(name);
    if (value && value !== around?.getPropertyValue(name)) copy.setAttribute(name, value);
    else if (around) copy.removeAttribute(name);
  }
  for (const [name, usual] of OWN) {
    const value = looks.getPropertyValue(name);
    if (value && value !== usual && !copy.hasAttribute(name)) copy.setAttribute(name === "text-decoration-line" ? "text-decoration" : name, value);
  }
  for (const name of SIZES) if (looks.getPropertyValue(name).endsWith("px") && looks.getPropertyValue(name) !== "0px") copy.setAttribute(name, looks.getPropertyValue(name));
  for (const name of STYLES) {
    const value = looks.getPropertyValue(name);
    if (value !== "normal" && value !== around?.getPropertyValue(name)) copy.style.setProperty(name, value);
  }
  const children = [...original.childNodes], copies = [...copy.childNodes];
  children.forEach((child, i) => {
    if (child.nodeType === Node.COMMENT_NODE) copies[i].remove();
    else if (child instanceof Element) {
      if (getComputedStyle(child).display === "none") copies[i].remove();
      else dress(child, /** @type {SVGElement} */ (copies[i]), looks);
    }
  });
}

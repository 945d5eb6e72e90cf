// @ts-check
// What is scrolled to comes to rest below the bar of the class, however tall that is just now.
import { bringIntoSight } from "./lesson.js";

/** @typedef {import("../views/light-element.js").LightElement} LightElement */

/** Tell the style sheet how tall the bar is. @param {HTMLElement} bar */
export const measure = (bar) => document.documentElement.style.setProperty("--class-height", `${bar.offsetHeight}px`);

/** Scroll to a figure once the bar is drawn as it is about to be. @param {LightElement} bar @param {HTMLElement} figure */
export async function bringBelow(bar, figure) {
  await bar.updateComplete;
  await Promise.all([...bar.querySelectorAll("bp-class-choices")].map((part) => /** @type {LightElement} */ (part).updateComplete));
  measure(bar);
  bringIntoSight(figure);
}

/** Whoever stands in the question with the keyboard stays there, though the button under the focus goes. @param {LightElement} bar */
export async function keepFocus(bar) {
  if (!bar.querySelector(".class-panel")?.contains(document.activeElement)) return;
  await bar.updateComplete;
  await Promise.all([...bar.querySelectorAll("bp-class-choices")].map((part) => /** @type {LightElement} */ (part).updateComplete));
  const panel = /** @type {HTMLElement|null} */ (bar.querySelector(".class-panel"));
  if (!panel?.contains(document.activeElement)) panel?.focus({ preventScroll: true });
}

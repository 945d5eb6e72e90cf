// @ts-check
import { Swipe } from "../swipe.js";

/**
 * Let a finger that goes down the page scroll it, though it was put on a slider: browsers move the slider at once. What
 * it says is held back until the finger goes across, or is lifted where it was put.
 * @param {HTMLInputElement} range
 */
export function calmTouch(range) {
  const swipe = new Swipe();
  /** What it said before the finger came, and would say now. @type {{before: string, now: string}|null} */
  let held = null;
  const say = (/** @type {string} */ value) => {
    held = null;
    if (range.value === value) return;
    range.value = value;
    range.dispatchEvent(new Event("input", { bubbles: true }));
  };
  range.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    swipe.began(event);
    held = { before: range.value, now: range.value };
  });
  range.addEventListener("input", (event) => {
    if (!held || !event.isTrusted) return;
    event.stopImmediatePropagation();
    held.now = range.value;
    range.value = held.before;
  }, { capture: true });
  range.addEventListener("pointermove", (event) => {
    if (swipe.turnsAcross(event) && held) say(held.now);
  });
  range.addEventListener("pointerup", () => {
    const { now, before } = held ?? { now: range.value, before: range.value };
    say(swipe.ended() ? now : before);
  });
  range.addEventListener("pointercancel", () => {
    swipe.ended();
    if (held) range.value = held.before;
    held = null;
  });
}

// @ts-check
// Figures that sleep begin all the same, one after the other: when the page has been left alone for long, or when somebody is about to search it.
import { isAwake, wake } from "./waking.js";

/** @typedef {import("../views/light-element.js").LightElement} LightElement */

/** Nobody did anything for as long: the first figure is in use by then, or nobody is there. */
const QUIET_MS = 20_000;
/** The browser offers so much time only where no frame is about to be drawn: nothing runs. */
const FREE_MS = 30;
const GAP_MS = 1000;
const ACTS = ["keydown", "pointerdown", "wheel", "scroll"];

/** @param {LightElement[]} figures in the order of the page */
export function wakeLater(figures) {
  const next = () => figures.find((figure) => !isAwake(figure));
  document.addEventListener("keydown", (event) => {
    if (isSearch(event)) void wakeAll(figures);
  });
  if (!("requestIdleCallback" in window) || isSpared()) return;
  let acted = false;
  const act = () => { acted = true; };
  for (const name of ACTS) addEventListener(name, act, { passive: true, capture: true });
  const look = () => {
    if (!next()) return ACTS.forEach((name) => removeEventListener(name, act, { capture: true }));
    if (acted || document.hidden) {
      acted = false;
      return void setTimeout(look, QUIET_MS);
    }
    requestIdleCallback((deadline) => {
      const figure = next();
      if (figure && !acted && deadline.timeRemaining() >= FREE_MS) void wake(figure);
      setTimeout(look, GAP_MS);
    });
  };
  setTimeout(look, QUIET_MS);
}

/** The browser is about to search the page: what sleeps has no words yet. @param {KeyboardEvent} event */
const isSearch = ({ key, ctrlKey, metaKey, altKey }) => key === "F3" || ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === "f");

/** A phone, or somebody who pays for what is sent: they get what they come to. */
function isSpared() {
  const { connection } = /** @type {Navigator & {connection?: {saveData?: boolean}}} */ (navigator);
  return connection?.saveData === true || matchMedia("(pointer: coarse)").matches;
}

/** @param {LightElement[]} figures */
async function wakeAll(figures) {
  for (const figure of figures) {
    await wake(figure);
    await new Promise((drawn) => { setTimeout(drawn); });
  }
}

// @ts-check
// In which figure somebody acts, from what happens on the page: a press, an edit, a key. Scrolling and pointing are no acts.
import { FIGURES } from "../link-states.js";
import { figureOf } from "./lesson.js";

/** @typedef {import("../link-states.js").FigureName} FigureName */

const EVENTS = ["click", "input", "change", "keydown", "hold", "seek", "go-to-pass"];
const CONTROLS = "button, input, select, label, [role=button], [role=slider]";
/** Nothing that these do changes what a figure shows. */
const HARMLESS = "[data-ask], summary, .tabs, bp-take-away, bp-help, [data-act=help], bp-transport :is(.by, .speed)";
const KEYS = ["ArrowRight", "ArrowLeft", " ", "Home", "End"];

/**
 * Tell of every act, before the figure does anything about it.
 * @param {(figure: FigureName|null) => void} tell null: a switch of the page, which more than one figure follows
 */
export function watchActs(tell) {
  for (const name of EVENTS) {
    document.addEventListener(name, (event) => {
      const act = actOf(event);
      if (act !== undefined) tell(act);
    }, { capture: true });
  }
}

/** @param {Event} event @returns {FigureName|null|undefined} undefined: no act */
function actOf(event) {
  const target = event.target instanceof Element ? event.target : document.body;
  const figure = FIGURES.find((name) => target.closest(`bp-${name}`));
  if (event instanceof KeyboardEvent) return isKeyOfPasses(event, target) ? "passes" : undefined;
  if (figure) return event instanceof CustomEvent || (target.closest(CONTROLS) && !target.closest(HARMLESS)) ? figure : undefined;
  if (event.type === "change" && target.closest("bp-convention")) return null;
  if (event.type !== "click") return undefined;
  const shows = target.closest("[data-show]")?.getAttribute("data-show");
  if (shows) return figureOf(shows) ?? undefined;
  return target.closest("[data-textbook], bp-because-chain [data-ask]") ? "passes" : undefined;
}

/** The keys that figure `passes` listens to, wherever on the page nothing else does. @param {KeyboardEvent} event @param {Element} target */
function isKeyOfPasses({ key, ctrlKey, metaKey, altKey }, target) {
  if (ctrlKey || metaKey || altKey || !KEYS.includes(key) || target.closest("dialog[open], input, select, textarea, summary")) return false;
  if (target !== document.body && !target.closest("bp-passes")) return false;
  return key !== " " || !target.closest("button, a, [role=button]");
}

// @ts-check
// What the learner does to figure `passes`: pointer, focus and keys, and the events of its views.

import { replacing } from "./your-numbers.js";

/** @typedef {import("./passes.js").PassesFigure} PassesFigure */

/** @param {EventTarget|null} target @param {string} selector */
const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

/** @param {PassesFigure} figure */
export function moves(figure) {
  const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ react) =>
    figure.addEventListener(name, (event) => react(/** @type {CustomEvent} */ (event).detail));
  on("act", (act) => figure.act(act));
  on("seek", (position) => figure.session?.move((head) => head.seek(position)));
  on("granularity", (granularity) => { figure.granularity = granularity; figure.refresh(); });
  on("speed", (speed) => { if (figure.session) figure.session.head.speed = speed; figure.refresh(); });
  on("edit", ({ id, text }) => void figure.session?.edit(id, text));
  on("preset", (name) => void figure.session?.choosePreset(name));
  on("row", (row) => void figure.session?.chooseRow(row));
  on("change-spec", (change) => void figure.session?.change(change));
  on("two-outputs", () => void replacing(figure, () => figure.giveTwoOutputs()));
  on("go-to-pass", (k) => void figure.session?.goTo(k, lossPosition(figure)));
  on("toggle-editing", () => void figure.toggleEditing());
  on("ask-back", (index) => { figure.trail = figure.trail.slice(0, index + 1); figure.refresh(); });
  on("close-derivation", () => figure.closeDerivation());
  figure.addEventListener("click", (event) => {
    const opener = closest(event.target, "[data-ask]");
    const id = opener?.getAttribute("data-ask");
    if (opener && id) figure.askWhere(id, opener);
  });
  for (const name of ["pointerover", "focusin"]) figure.addEventListener(name, (event) => point(figure, event.target));
  figure.addEventListener("pointerleave", () => point(figure, null));
  document.addEventListener("keydown", (event) => key(figure, event));
}

/** Where the loss stands in the tape: a past pass is shown there. @param {PassesFigure} figure */
const lossPosition = (figure) => figure.session?.tape.indexOf("loss") ?? 0;

/** Light up what is pointed at, in the picture, the tables and the equation alike. @param {PassesFigure} figure @param {EventTarget|null} target */
function point(figure, target) {
  const id = closest(target, "[data-ask]")?.getAttribute("data-ask") ?? null;
  const tape = figure.session?.tape;
  const place = id ? tape?.byId.get(id)?.place : closest(target, "[data-place]")?.getAttribute("data-place");
  const lit = new Set([id, place].filter((one) => typeof one === "string"));
  if (!id && place) for (const item of tape?.byId.values() ?? []) if (item.place === place) lit.add(item.id);
  if (lit.size === figure.lit.size && [...lit].every((one) => figure.lit.has(one))) return;
  figure.lit = lit;
  figure.refresh();
}

/** @param {PassesFigure} figure @param {KeyboardEvent} event */
function key(figure, event) {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog[open]")) return;
  if (target !== document.body && !figure.contains(target)) return;
  if (event.key === "Escape" && target instanceof HTMLInputElement) return target.blur();
  if (event.key === "Escape" && figure.trail.length) return figure.closeDerivation();
  if (target.closest("input, select, textarea, summary")) return;
  const pressable = target.closest("button, a, [role=button]");
  if (pressable?.getAttribute("role") === "button" && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    return figure.askWhere(pressable.getAttribute("data-ask") ?? "", pressable);
  }
  if (event.key === " " && pressable) return;
  /** @type {Record<string, () => unknown>} */
  const bindings = {
    ArrowRight: () => figure.act("step"), ArrowLeft: () => figure.act("back"), " ": () => figure.act("play"),
    Home: () => figure.session?.move((head) => head.seek(0)), End: () => figure.session?.move((head) => head.seek(Infinity)), "?": () => figure.act("help"),
  };
  const react = bindings[event.key];
  if (!react) return;
  event.preventDefault();
  react();
}

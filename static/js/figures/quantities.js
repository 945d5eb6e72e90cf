// @ts-check
// A quantity that a sentence mentions lights up in the figure that shows it, while it is pointed at or has the focus.

/** @typedef {import("./passes.js").PassesFigure} PassesFigure */
/** @typedef {import("../views/glance.js").GlanceView} GlanceView */

const NETWORK = "passes";
const SELECTOR = "[data-quantity], bp-because-chain [data-ask]";

/**
 * `data-quantity="hill slope"` lights the slope of figure `hill`; `data-quantity="passes grad:x1>h1"` numbers of the pass, by name,
 * and a press asks where the first of them comes from. @param {PassesFigure|null} passes @param {GlanceView|null} glance
 */
export function wireQuantities(passes, glance) {
  /** What is pointed at comes before what has the focus. @type {{pointer: Element|null, focus: Element|null}} */
  const at = { pointer: null, focus: null };
  /** @type {Element|null} */ let shown = null;
  const point = (/** @type {"pointer"|"focus"} */ by, /** @type {EventTarget|null} */ target) => {
    at[by] = target instanceof Element ? target.closest(SELECTOR) : null;
    const next = at.pointer ?? at.focus;
    if (next === shown) return;
    light(shown, false);
    light(next, true);
    shown = next;
  };
  const light = (/** @type {Element|null} */ sentence, /** @type {boolean} */ on) => {
    if (!sentence) return;
    const [figure, ...ids] = wordsOf(sentence);
    if (figure === NETWORK) {
      passes?.light(on ? ids : []);
      if (glance) glance.lit = on ? ids : [];
    } else if (on) host(figure)?.setAttribute("data-lit", ids.join(" "));
    else host(figure)?.removeAttribute("data-lit");
  };
  document.addEventListener("pointerover", (event) => point("pointer", event.target));
  document.addEventListener("focusin", (event) => point("focus", event.target));
  document.addEventListener("focusout", () => point("focus", null));
  document.documentElement.addEventListener("pointerleave", () => point("pointer", null));
  document.addEventListener("click", (event) => {
    const [figure, ...ids] = wordsOf(/** @type {Element} */ (event.target).closest("[data-quantity]"));
    const known = ids.find((id) => passes?.session?.tape.byId.has(id));
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (figure !== NETWORK || !known || elsewhere) return; // the link leads to the figure by itself
    event.preventDefault();
    passes?.ask(known);
  });
}

/** @param {string} figure */
const host = (figure) => document.querySelector(`bp-${figure}`);

/** @param {Element|null} sentence */
function wordsOf(sentence) {
  const chained = sentence?.getAttribute("data-ask");
  return chained ? [NETWORK, chained] : (sentence?.getAttribute("data-quantity") ?? "").split(" ").filter(Boolean);
}

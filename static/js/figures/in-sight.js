// @ts-check
// What happens is kept between the bar and the controls, wherever a window is too small for all of a figure.

const MARGIN_PX = 100, EDGE_PX = 8;
const DECKS = ".deck, bp-epoch-deck"; // they stay at the window's lower edge

const barsBottom = () => Math.max(0, ...[...document.querySelectorAll(".bar, .class-bar")].map((bar) => bar.getBoundingClientRect().bottom));

/** What of the window a figure's bar and controls leave free. @param {HTMLElement} figure */
const free = (figure) => ({ top: barsBottom(), bottom: figure.querySelector(DECKS)?.getBoundingClientRect().top ?? innerHeight });

/** @returns {ScrollBehavior} */
const pace = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

/** @param {number} by */
const scroll = (by) => scrollBy({ top: by, behavior: pace() });

/** What the keyboard comes to is seen above the buttons that stay at the window's edge: a browser scrolls only until it is in the window. */
export function keepFocusInSight() {
  document.addEventListener("focusin", () => requestAnimationFrame(() => {
    const focused = document.activeElement;
    if (!focused?.matches(":focus-visible")) return;
    const box = focused.getBoundingClientRect();
    for (const deck of document.querySelectorAll(DECKS)) {
      const edge = deck.getBoundingClientRect();
      if (deck.contains(focused) || box.bottom <= edge.top || box.top >= edge.bottom) continue;
      const clear = Math.min(edge.top, innerHeight - edge.height); // where a figure begins, they may be on their way up still
      scrollBy({ top: Math.min(box.bottom + EDGE_PX - clear, Math.max(0, box.top - EDGE_PX - barsBottom())) });
    }
  }));
}

/** Scroll to what stands below the controls. @param {Element|null} part */
export const goTo = (part) => part?.scrollIntoView({ block: "nearest", behavior: pace() });

/** Scroll as little as shows all of a part, or its beginning where there is no room for all. @param {HTMLElement} figure @param {Element} part */
export function bringInSight(figure, part) {
  const { top, bottom } = free(figure);
  const box = part.getBoundingClientRect();
  const over = box.top - EDGE_PX - top, under = box.bottom + EDGE_PX - bottom;
  if (over < 0 || under > 0) scroll(over < 0 ? over : Math.min(under, over));
}

/** On a phone the network is taller than the window. @param {HTMLElement} figure @param {import("./session.js").PassesSession} session */
export function keepInSight(figure, session) {
  const entry = session.tape.entries[session.position - 1];
  const spot = figure.querySelector(".net .live, .net .strong");
  const key = entry ? `${session.pass} ${entry.place}` : "";
  if (!spot || key === figure.dataset.inSight) return;
  figure.dataset.inSight = key;
  const box = spot.getBoundingClientRect();
  const { top, bottom } = free(figure);
  const over = box.top - MARGIN_PX - top;
  const under = box.bottom + MARGIN_PX - bottom;
  if (over < 0 || under > 0) scroll(over < 0 ? over : Math.min(under, over));
}

// @ts-check
// On a phone the network is taller than the window: keep what happens between the bar and the controls.

const MARGIN_PX = 100;

/** @param {HTMLElement} figure @param {import("./session.js").PassesSession} session */
export function keepInSight(figure, session) {
  const entry = session.tape.entries[session.position - 1];
  const spot = figure.querySelector(".net .live, .net .strong");
  const key = entry ? `${session.pass} ${entry.place}` : "";
  if (!spot || key === figure.dataset.inSight) return;
  figure.dataset.inSight = key;
  const box = spot.getBoundingClientRect();
  const top = Math.max(0, ...[...document.querySelectorAll(".bar, .class-bar")].map((bar) => bar.getBoundingClientRect().bottom));
  const bottom = figure.querySelector(".deck")?.getBoundingClientRect().top ?? innerHeight;
  const over = box.top - MARGIN_PX - top;
  const under = box.bottom + MARGIN_PX - bottom;
  if (over < 0 || under > 0) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: over < 0 ? over : Math.min(under, over), behavior: calm ? "auto" : "smooth" });
  }
}

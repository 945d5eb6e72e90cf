// @ts-check
// On paper a figure that has not begun stands still, as it does for readers without scripts.

/** @param {Element} figure beside the `noscript` that holds its still picture */
export function standStill(figure) {
  const without = figure.parentElement?.querySelector(":scope > noscript");
  if (!without) return;
  const still = document.createElement("div");
  still.className = "stands-still";
  still.innerHTML = without.textContent ?? "";
  figure.before(still);
  addEventListener("afterprint", () => still.remove(), { once: true });
}

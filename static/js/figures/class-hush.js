// @ts-check
// A screen reader is not told of every move that somebody else makes: figures that follow keep still.

/** @param {boolean} still */
export function hush(still) {
  const [now, wanted] = still ? ["polite", "off"] : ["off", "polite"];
  for (const place of document.querySelectorAll(`main [aria-live="${now}"]`)) place.setAttribute("aria-live", wanted);
}

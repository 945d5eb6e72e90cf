// @ts-check

/**
 * Be told when the page turns light or dark, by the system or by the theme's radios: for what is painted, not styled.
 * @param {() => void} changed
 * @returns {() => void} stop
 */
export function watchTheme(changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "theme") changed();
  };
  system.addEventListener("change", changed);
  document.addEventListener("change", chosen);
  return () => {
    system.removeEventListener("change", changed);
    document.removeEventListener("change", chosen);
  };
}

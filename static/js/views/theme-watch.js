// @ts-check

/**
 * Be told when the page turns light or dark, by the system, by the theme's radios or for the printer: for what is painted, not styled.
 * @param {() => void} changed
 * @returns {() => void} stop
 */
export function watchTheme(changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "theme") changed();
  };
  const paper = matchMedia("print");
  for (const query of [system, paper]) query.addEventListener("change", changed);
  document.addEventListener("change", chosen);
  return () => {
    for (const query of [system, paper]) query.removeEventListener("change", changed);
    document.removeEventListener("change", chosen);
  };
}

// @ts-check
// Light, dark, or as the system has it; remembered in this browser where it allows that.

const KEY = "backprop-theme";
const NAMED = ["light", "dark"];

/** The theme that an address names. @param {string} search */
export function themeIn(search) {
  const theme = new URLSearchParams(search).get("theme");
  return theme !== null && NAMED.includes(theme) ? theme : null;
}

/** The theme chosen on the page; null: as the system has it. */
export function themeNow() {
  const chosen = /** @type {HTMLInputElement|null} */ (document.querySelector('input[name="theme"]:checked'))?.value ?? "";
  return NAMED.includes(chosen) ? chosen : null;
}

/** What the address names holds on this page only: it is not kept. */
export function keepTheme() {
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name="theme"]'));
  const first = themeIn(location.search) ?? read() ?? "auto";
  for (const radio of radios) {
    radio.checked = radio.value === first;
    radio.addEventListener("change", () => write(radio.value));
  }
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off: the theme follows the system
  }
}

/** @param {string} theme */
function write(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // storage is switched off: the choice lasts as long as the page
  }
}

// @ts-check
// Light, dark, or as the system has it; remembered in this browser where it allows that.

const KEY = "backprop-theme";

export function keepTheme() {
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name="theme"]'));
  const kept = read();
  for (const radio of radios) {
    radio.checked = radio.value === (kept ?? "auto");
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

// @ts-check
// The page's switches, what they changed, and the text that follows them: all read from the one store.
import "../views/convention-change.js";
import "../views/convention-switch.js";
import { conventions } from "./conventions.js";
import { wake } from "./waking.js";

/** @typedef {import("../convention-evidence.js").ConventionName} ConventionName */

const PATIENCE_MS = 5000;
const TAKERS = "bp-passes, bp-race, bp-batch, bp-xor";

/** Wire whatever of the page follows a convention; text has `data-convention` and `data-value`, and stands only while that is in force. */
export function wireConventions() {
  document.addEventListener("convention", (event) => {
    const { name, value } = /** @type {CustomEvent} */ (event).detail;
    const takers = /** @type {NodeListOf<import("../views/light-element.js").LightElement>} */ (document.querySelectorAll(TAKERS));
    void conventions.chooseWhen(name, value, Promise.all([...takers].map(answered))); // one switch is for them all
  });
  conventions.addEventListener("change", follow);
  follow();
}

/** Wake a figure, and wait for its first numbers: what a switch changes is read from those before and those after. @param {import("../views/light-element.js").LightElement} figure */
async function answered(figure) {
  await wake(figure);
  await new Promise((resolve) => {
    const watch = new MutationObserver(look);
    function look() {
      if (figure.getAttribute("aria-busy") !== "false") return;
      watch.disconnect();
      resolve(undefined);
    }
    setTimeout(resolve, PATIENCE_MS); // one that gets no numbers does not hold up the others
    watch.observe(figure, { attributes: true, attributeFilter: ["aria-busy"] });
    look();
  });
}

function follow() {
  for (const view of /** @type {NodeListOf<import("../views/convention-switch.js").ConventionSwitch>} */ (document.querySelectorAll("bp-convention"))) {
    Object.assign(view, { value: conventions.shown(view.name), closed: !conventions.open(view.name) });
  }
  for (const view of /** @type {NodeListOf<import("../views/convention-change.js").ConventionChange>} */ (document.querySelectorAll("bp-convention-change"))) {
    Object.assign(view, { evidence: conventions.proof(view.name) });
  }
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-convention]"))) {
    text.hidden = text.dataset.value !== conventions.value(/** @type {ConventionName} */ (text.dataset.convention));
  }
}

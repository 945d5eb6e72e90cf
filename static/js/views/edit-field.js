// @ts-check
import { html } from "../../vendor/lit.js";
import { plain } from "../format.js";

/**
 * A number that may be edited in place; `edit` is emitted when the learner leaves the field or presses Enter.
 * @param {string} id @param {number} value @param {string} label @param {boolean} refused
 */
export function editField(id, value, label, refused) {
  return html`<input class="field n" inputmode="decimal" autocomplete="off" spellcheck="false" aria-label=${label} data-field=${id} aria-invalid=${refused ? "true" : "false"}
    .value=${plain(value)} @change=${(/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.currentTarget);
      input.dispatchEvent(new CustomEvent("edit", { detail: { id, text: input.value }, bubbles: true }));
    }}>`;
}

// @ts-check
import { html, live, nothing } from "../../vendor/lit.js";
import { KINDS, changeOf, choicesOf } from "../class-question.js";
import { spokenName } from "../format.js";
import { LightElement } from "./light-element.js";
import { weightText } from "./class-parts.js";

/** What the teacher may ask. Emits `ask` with the kind and what it is about. */
export class ClassAsk extends LightElement {
  static properties = { weights: { attribute: false }, last: { attribute: false }, none: { attribute: false }, kind: { state: true }, weight: { state: true } };

  constructor() {
    super();
    /** Those whose change is still to come. @type {string[]} */ this.weights = [];
    /** The one that was asked about last. @type {string|null} */ this.last = null;
    /** Why there are none. @type {string} */ this.none = "";
    /** @type {import("../class-question.js").Kind} */ this.kind = "direction";
    /** @type {string} */ this.weight = "";
  }

  async open() {
    this.weight = this.weights.find((edge) => edge !== this.last) ?? this.weights[0] ?? "";
    await this.updateComplete;
    this.querySelector("dialog")?.showModal();
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    if (/** @type {HTMLButtonElement|null} */ (event.submitter)?.value === "ask") this.emit("ask", { kind: this.kind, about: changeOf(this.weight) });
  }

  render() {
    const { kind, weights, weight } = this;
    const words = { direction: html`Will it go up or down?`, size: html`How large will its change be?` };
    return html`<dialog class="class-ask" aria-labelledby="class-ask-title">
      <form method="dialog" @submit=${this.submit}>
        <h2 id="class-ask-title">Ask for a prediction</h2>
        ${weight === "" ? html`<p>${this.none}</p>` : html`
        <p>Everybody’s figure stops before the answer until you reveal it.</p>
        <p class="ask-weight"><label for="class-ask-weight">About the weight</label>
          <select id="class-ask-weight" class="pick" .value=${live(weight)} @change=${(/** @type {Event} */ e) => { this.weight = /** @type {HTMLSelectElement} */ (e.currentTarget).value; }}>
            ${weights.map((edge) => html`<option value=${edge} ?selected=${edge === weight}>${edge.startsWith("b>") ? `bias of ${edge.slice(2)}` : edge.replace(">", " → ")}</option>`)}</select></p>
        <fieldset class="ask-kinds"><legend class="vh">The question about ${spokenName(weight)}</legend>${KINDS.map((each) => html`<label class="ask-kind">
          <input type="radio" name="class-ask-kind" value=${each} .checked=${live(each === kind)} @change=${() => { this.kind = each; }}>
          <span><b>${words[each]}</b><small>${choicesOf(each).join(" · ")}</small></span></label>`)}</fieldset>`}
        <div class="ask-buttons"><button class="btn" value="cancel">${weight ? "Cancel" : "Close"}</button>${weight ? html`<button class="go" value="ask"><span>Ask about ${weightText(changeOf(weight))}</span></button>` : nothing}</div>
      </form>
    </dialog>`;
  }
}

customElements.define("bp-class-ask", ClassAsk);

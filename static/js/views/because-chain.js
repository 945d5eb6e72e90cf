// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { becauseOf } from "../because-links.js";
import { isTurned } from "../signs.js";
import { askNumber } from "./ask-number.js";
import { LightElement } from "./light-element.js";
import { nodeName } from "./name.js";

/** The chain of "because" of the pass that figure `passes` shows; each number can be asked where it comes from. */
export class BecauseChain extends LightElement {
  static properties = { tape: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../tape.js").Tape|null} */ this.tape = null;
  }

  /** What the server wrote here for whoever runs no script makes room for what is live. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("tape") && this.tape && !this.live) {
      this.replaceChildren();
      this.live = true;
    }
  }

  /** @param {unknown} written */
  so(written) {
    return this.tape && isTurned(this.tape.sign) ? html`So minus that weight’s gradient is ${written}.`
      : html`So that weight answers for ${written} of the loss per unit that it moves.`;
  }

  render() {
    const links = this.tape ? becauseOf(this.tape) : null;
    if (!links) return nothing;
    const { loss, said, wanted, sum, hidden, sent, weight, grad } = links;
    return html`<p>The loss is ${askNumber(loss.id, loss.value)}</p>
      <p>because the output said ${askNumber(said.id, said.value)}, not <span class="kept">${askNumber(wanted.id, wanted.value)},</span></p>
      <p>because its sum was <span class="kept">${askNumber(sum.id, sum.value)},</span></p>
      <p>because ${nodeName(hidden)} sent ${askNumber(sent.id, sent.value)} through a weight of <span class="kept">${askNumber(weight.id, weight.value)}.</span></p>
      <p class="so">${this.so(askNumber(grad.id, grad.value, { sign: true, mark: "backward" }))}</p>`;
  }
}

customElements.define("bp-because-chain", BecauseChain);

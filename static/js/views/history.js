// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { number } from "../format.js";
import { lossCeiling } from "../scales.js";
import { LightElement } from "./light-element.js";
import { numberText } from "./number-text.js";

const BOX = { w: 340, h: 84, left: 6, right: 6, top: 10, bottom: 12 };

/** The loss of each pass so far; any of them can be gone back to, exactly. */
export class HistoryView extends LightElement {
  static properties = { losses: { attribute: false }, pass: { attribute: false }, period: { attribute: false } };

  constructor() {
    super();
    /** @type {number[]} */ this.losses = [];
    /** @type {number} */ this.pass = 0;
    /** How many rows take turns: a loss is compared with its own row's. @type {number} */ this.period = 1;
  }

  render() {
    const { losses, pass } = this;
    if (losses.length === 0) return nothing;
    return html`<section class="history" aria-label="History of passes">
      <h2>Loss, pass by pass</h2>
      <div class="spark-box">
        ${this.spark()}
        <input class="vh" type="range" min="1" max=${Math.max(1, losses.length)} .value=${String(pass + 1)} aria-label="Pass"
          aria-valuetext="Pass ${pass + 1} of ${losses.length}, loss ${number(losses[pass] ?? 0)}"
          ?disabled=${losses.length < 2}
          @change=${(/** @type {Event} */ e) => this.emit("go-to-pass", Number(/** @type {HTMLInputElement} */ (e.currentTarget).value) - 1)}>
      </div>
      <p>${this.words()}</p>
      ${losses.length > 1 ? html`<details><summary>As a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Loss of each pass"><table>
        <caption class="vh">Loss of each pass</caption>
        <thead><tr><th scope="col">Pass</th><th scope="col" class="num">Loss</th></tr></thead>
        <tbody>${losses.map((loss, k) => html`<tr class=${k === pass ? "touch" : ""}><th scope="row"><button type="button" class="num-b" @click=${() => this.emit("go-to-pass", k)} aria-label="Go back to pass ${k + 1}">${k + 1}</button></th><td class="num">${numberText(number(loss))}</td></tr>`)}</tbody>
      </table></div></details>` : nothing}
    </section>`;
  }

  spark() {
    const { losses, pass } = this;
    const top = lossCeiling(losses);
    const span = Math.max(11, losses.length - 1);
    const x = (/** @type {number} */ k) => BOX.left + (k / span) * (BOX.w - BOX.left - BOX.right);
    const y = (/** @type {number} */ v) => BOX.h - BOX.bottom - (v / top) * (BOX.h - BOX.top - BOX.bottom);
    const dots = losses.length <= 40;
    const pick = (/** @type {MouseEvent} */ event) => {
      const box = /** @type {SVGElement} */ (event.currentTarget).getBoundingClientRect();
      const k = Math.round((((event.clientX - box.left) / box.width) * BOX.w - BOX.left) / (x(1) - x(0)));
      this.emit("go-to-pass", Math.max(0, Math.min(losses.length - 1, k)));
    };
    return html`<svg class="spark" viewBox="0 0 ${BOX.w} ${BOX.h}" aria-hidden="true" @click=${pick}>
      <path class="base" d="M0 ${BOX.h - BOX.bottom + 0.5}H${BOX.w}"></path>
      ${Array.from({ length: Math.min(this.period, losses.length) }, (_, row) => svg`<path class="curve-line" d="M${losses
        .map((v, k) => (k % this.period === row ? `${x(k).toFixed(1)} ${y(v).toFixed(1)}` : "")).filter(Boolean).join("L")}"></path>`)}
      ${dots ? losses.map((v, k) => svg`<circle class="past" cx=${x(k)} cy=${y(v)} r="3.5"></circle>`) : nothing}
      <circle class="now" cx=${x(pass)} cy=${y(losses[pass] ?? 0)} r="6"></circle></svg>`;
  }

  words() {
    const { losses, pass, period } = this;
    const last = losses.length - 1;
    if (last === 0) return html`One pass so far. The next one starts from the weights that this one leaves.`;
    const back = pass < last ? html`You are back at pass <span class="n">${pass + 1}</span> of <span class="n">${last + 1}</span>, exactly as it was. ` : html`Pass <span class="n">${pass + 1}</span>. `;
    const first = last % period;
    if (period > 1 && first === last) return html`${back}The rows take turns, a curve each; this row had its first.`;
    const moved = losses[last] < losses[first] ? "fell to" : losses[last] > losses[first] ? "rose to" : "is still";
    return html`${back}${period > 1 ? "On this row the loss: " : ""}<span class="n">${numberText(number(losses[first]))}</span> ${moved} <span class="n">${numberText(number(losses[last]))}</span>.`;
  }
}

customElements.define("bp-history", HistoryView);

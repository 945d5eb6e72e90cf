// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { alwaysLarger, growthRows } from "../growth-picture.js";
import { LightElement } from "./light-element.js";
import { withNames } from "./name.js";
import { numberText } from "./number-text.js";
import "./tex.js";

/** How the steps of a run grew until a number could not be written down any more: a table whose cells are bars. */
export class GrownView extends LightElement {
  static properties = { diverged: { attribute: false }, first: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../types.js").Divergence|null} */ this.diverged = null;
    /** Passes of the page before the run's first. @type {number} */ this.first = 0;
  }

  render() {
    const { growth, entry } = this.diverged ?? {};
    if (!growth?.length) return nothing;
    return html`<figure class="grown">
      <figcaption>${alwaysLarger(growth) ? "Each step was larger than the one before." : "The largest changes of the last passes."} Not a fault of the program: the learning rate is too large.</figcaption>
      <div class="scroll" tabindex="0" role="region" aria-label="The largest changes of the last passes"><table><caption class="vh">Largest change of each pass</caption>
        <thead><tr><th scope="col">Pass</th><th scope="col">Largest change, logarithmic</th><th scope="col" class="num"><span class="vh">Size</span></th></tr></thead>
        <tbody>${growthRows(growth).map(({ pass, largest, share }) => html`<tr class=${largest === null ? "beyond" : ""}><th scope="row" class="n">${this.first + pass + 1}</th>
          <td><svg class="bar-track" height="12" aria-hidden="true"><rect class="fill" y="1" width="${(100 * share).toFixed(2)}%" height="10" rx="1.5"></rect></svg></td>
          <td class="num">${largest === null ? "too large to write" : numberText(number(largest))}</td></tr>`)}</tbody></table></div>
      ${entry ? html`<p class="first-beyond">In pass <span class="n">${this.first + (this.diverged?.pass ?? 0) + 1}</span>: <span class="scroll-x" tabindex="0" role="region" aria-label="The first number too large"><bp-tex .tex=${`${entry.symbol} = ${entry.formula}`}></bp-tex></span>. ${withNames(entry.because)}</p>` : nothing}
    </figure>`;
  }
}

customElements.define("bp-grown", GrownView);

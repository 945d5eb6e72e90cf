// @ts-check
import { plateauAt } from "../plateaus.js";

/** What a run is written with, and where it stands. @typedef {{loss: string, reduction: string, outputs: ArrayLike<number>}} Standing */

/** The table that the server wrote, with marks: the loss in force, and where a run of XOR stands. */
export class StuckTable extends HTMLElement {
  /** @param {Standing} standing */
  show({ loss, reduction, outputs }) {
    for (const row of this.all("[data-loss]")) {
      const inForce = row.dataset.loss === `${loss} ${reduction}`;
      row.classList.toggle("touch", inForce);
      row.classList.toggle("loss-in-force", inForce);
    }
    const heads = this.all("[data-plateau]");
    const plateaus = heads.map(({ dataset }) => ({ name: dataset.plateau ?? "", outputs: /** @type {number[][]} */ (JSON.parse(dataset.outputs ?? "[]")) }));
    const at = plateauAt(outputs, plateaus, Number(this.dataset.within));
    for (const head of heads) /** @type {HTMLElement} */ (head.querySelector(".here")).hidden = head.dataset.plateau !== at;
    for (const cell of this.all("[data-at]")) cell.classList.toggle("stands", cell.dataset.at === at);
  }

  /** @param {string} which @returns {HTMLElement[]} */
  all(which) {
    return [...this.querySelectorAll(which)].map((found) => /** @type {HTMLElement} */ (found));
  }
}

customElements.define("bp-stuck", StuckTable);

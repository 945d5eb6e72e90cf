// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { isTurned } from "../signs.js";
import { weightRows } from "../tape.js";
import { askNumber } from "./ask-number.js";
import { editField } from "./edit-field.js";
import { edgeName } from "./name.js";
import { TapeTable } from "./tape-table.js";

/** @typedef {ReturnType<typeof weightRows>[number]} Row */

/** Table "Weights": value, change and the new value, behind a padlock until all may move at once. */
export class WeightsTable extends TapeTable {
  render() {
    if (!this.tape) return nothing;
    const minus = isTurned(this.tape.sign) ? "−" : "";
    return html`<table class="t-weights"><caption>Weights</caption>
      <thead><tr><th scope="col">Weight</th><th scope="col" class="num">Value</th>
        <th scope="col" class="num">Change Δ<i>w</i></th><th scope="col" class="num">New</th></tr></thead>
      <tbody>${weightRows(this.tape, this.position).map((row) => this.row(row))}</tbody></table>
      <p class="table-note">Δ<i>w</i>, the change: New = Value + Δ<i>w</i>. (Some call it <i>δ</i>; here <i>δ</i> is ${minus}∂<i>L</i>/∂<i>z</i>.)</p>`;
  }

  /** @param {Row} row */
  row(row) {
    const live = this.tape?.entries[this.position - 1];
    const touched = [row.edge, row.weightId, row.changeId, row.gradientId, row.newId].some((id) => this.lit.has(id));
    return html`<tr class="${row.live ? `live ${live?.phase ?? ""}` : ""} ${touched ? "touch" : ""}" data-place=${row.edge}>
      <th scope="row">${edgeName(row.edge)}</th>
      <td class="num">${this.editing ? editField(row.weightId, row.value, `Weight ${row.edge.replace(">", " to ")}`, this.refused === row.weightId) : askNumber(row.weightId, row.value)}</td>
      <td class="num">${this.change(row, live?.id)}</td>
      <td class="num">${this.next(row, live?.id)}</td></tr>`;
  }

  /** The change; before it is known, the gradient that has landed. @param {Row} row @param {string|undefined} liveId */
  change(row, liveId) {
    if (row.change !== null) return askNumber(row.changeId, row.change, { sign: true, strong: liveId === row.changeId });
    if (row.gradient !== null) {
      const turned = this.tape !== null && isTurned(this.tape.sign);
      return html`<span class="pending" title="${turned ? "Minus the" : "The"} gradient has landed; the change comes with the update"><small>${turned ? "−gradient" : "gradient"} only:</small> ${
        askNumber(row.gradientId, row.gradient, { sign: true, mark: "backward", strong: liveId === row.gradientId })}</span>`;
    }
    return this.blank(row.changeId, true);
  }

  /** @param {Row} row @param {string|undefined} liveId */
  next(row, liveId) {
    if (row.next !== null) return askNumber(row.newId, row.next, { strong: liveId === row.newId });
    if (row.locked) {
      return html`<span class="locked"><svg class="lock-i" viewBox="0 0 12 14" aria-hidden="true"><rect x="1" y="6" width="10" height="7" rx="1.5"></rect><path d="M3 6V4a3 3 0 0 1 6 0v2"></path></svg><span class="vh">locked until after the backward pass</span></span>`;
    }
    return this.blank(row.newId, false);
  }

  /** @param {string} id @param {boolean} sign */
  blank(id, sign) {
    const old = this.stale.get(id);
    return old === undefined ? html`<span class="blank" aria-label="not yet">····</span>`
      : html`<s class="stale n" title="Computed before your change">${number(old, { sign })}</s>`;
  }
}

customElements.define("bp-weights-table", WeightsTable);

// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { isTurned } from "../signs.js";
import { nodeRows } from "../tape.js";
import { askNumber } from "./ask-number.js";
import { editField } from "./edit-field.js";
import { nodeName } from "./name.js";
import { TapeTable } from "./tape-table.js";

/** Table "Nodes": what each node says, and its δ. */
export class NodesTable extends TapeTable {
  render() {
    const { tape } = this;
    if (!tape) return nothing;
    return html`<table class="t-nodes"><caption>Nodes</caption>
      <thead><tr><th scope="col">Node</th><th scope="col" class="num">Value</th><th scope="col" class="num"><i>δ</i> = ${isTurned(tape.sign) ? "−" : ""}∂<i>L</i>/∂<i>z</i></th></tr></thead>
      <tbody>${nodeRows(tape, this.position).map((row) => this.row(row))}${tape.givens.filter((g) => /^t\d+$/.test(g.id)).map((g) => this.target(g))}</tbody></table>`;
  }

  /** @param {ReturnType<typeof nodeRows>[number]} row */
  row(row) {
    const input = row.node.startsWith("x");
    const entry = this.tape?.entries[this.position - 1];
    const classes = `${row.live ? `live ${entry?.phase ?? ""}` : ""} ${this.lit.has(row.node) || this.lit.has(row.valueId) ? "touch" : ""}`;
    return html`<tr class=${classes} data-place=${row.node}>
      <th scope="row">${row.node === "loss" ? html`<span class="word">loss</span>` : nodeName(row.node)}</th>
      <td class="num">${input && this.editing ? editField(row.valueId, row.value ?? 0, `Value of ${row.node}`, this.refused === row.valueId) : this.value(row.valueId, row.value, {})}</td>
      <td class="num">${this.gradient(row, input)}</td></tr>`;
  }

  /** @param {ReturnType<typeof nodeRows>[number]} row @param {boolean} input */
  gradient(row, input) {
    if (input) return html`<span class="none">not needed</span>`;
    if (row.gradientId === null) return html`<span class="none">${row.node === "loss" ? "starts here" : ""}</span>`;
    return this.value(row.gradientId, row.gradient, { sign: true, mark: /** @type {const} */ ("backward") });
  }

  /** @param {string} id @param {number|null} value @param {Parameters<typeof askNumber>[2]} options */
  value(id, value, options) {
    if (value !== null) return askNumber(id, value, { ...options, strong: this.tape?.entries[this.position - 1]?.id === id });
    const old = this.stale.get(id);
    return old === undefined ? html`<span class="blank" aria-label="not yet">····</span>`
      : html`<s class="stale n" title="Computed before your change">${number(old, { sign: options?.sign })}</s>`;
  }

  /** @param {import("../types.js").Given} given */
  target(given) {
    return html`<tr data-place=${given.id} class=${this.lit.has(given.id) ? "touch" : ""}><th scope="row"><span class="word">wanted</span></th>
      <td class="num">${this.editing ? editField(given.id, given.value, "Target", this.refused === given.id) : askNumber(given.id, given.value)}</td>
      <td class="num"><span class="none">given</span></td></tr>`;
  }
}

customElements.define("bp-nodes-table", NodesTable);

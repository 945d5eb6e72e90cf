// @ts-check
import { html } from "../../vendor/lit.js";
import { number } from "../format.js";
import { numberText } from "./number-text.js";

/** @typedef {import("../types.js").BatchAnswer} BatchAnswer */
/** @typedef {[x: number, y: number]} Point */

/** The arrows of figure `batch`, number by number. @param {BatchAnswer} answer @param {string[]} names of the rows */
export function batchTables(answer, names) {
  const edges = answer.edges.map((edge) => edge.replace(">", "→"));
  const { moves } = answer.one_at_a_time;
  return html`<div class="batch-tables">${table("All at once", edges, [
    ...answer.rows.map((row, k) => ({ name: `gradient of ${names[k]}`, arrow: row.gradient, length: row.length })),
    ...(/** @type {const} */ (["sum", "mean"]).flatMap((name) => [
      { name: `their ${name}`, arrow: answer[name].gradient, length: answer[name].length },
      { name: `move by the ${name}`, arrow: answer[name].move, length: answer[name].move_length }])),
  ])}${table("One at a time", edges, [
    ...moves.flatMap((move, k) => [
      { name: `gradient of ${names[k]}`, arrow: move.gradient, length: move.length },
      { name: `move for ${names[k]}`, arrow: move.move, length: move.move_length }]),
  ])}${ends(answer, edges)}</div>`;
}

/** @param {string} caption @param {string[]} edges @param {{name: string, arrow: Point, length: number}[]} rows */
function table(caption, edges, rows) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Arrows: ${caption}"><table><caption>${caption}</caption>
    <thead><tr><th scope="col">Arrow</th>${edges.map((edge) => html`<th scope="col" class="num">${edge}</th>`)}<th scope="col" class="num">Length</th></tr></thead>
    <tbody>${rows.map(({ name, arrow, length }) => html`<tr><th scope="row">${name}</th>${arrow.map((value) => cell(value, true))}${cell(length)}</tr>`)}</tbody></table></div>`;
}

/** @param {BatchAnswer} answer @param {string[]} edges */
function ends({ start, loss, sum, mean, one_at_a_time: alone }, edges) {
  const rows = [{ name: "before", at: start, loss }, { name: "the sum’s move", at: sum.end, loss: sum.loss },
    { name: "the mean’s move", at: mean.end, loss: mean.loss }, { name: "one at a time", at: alone.end, loss: alone.loss }];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Where the weights are, and the loss there"><table><caption>Where the weights end</caption>
    <thead><tr><th scope="col">After</th>${edges.map((edge) => html`<th scope="col" class="num">${edge}</th>`)}<th scope="col" class="num">Mean loss</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${row.at.map((value) => cell(value, true))}${cell(row.loss)}</tr>`)}</tbody></table></div>`;
}

/** @param {number} value @param {boolean} [sign] */
const cell = (value, sign = false) => html`<td class="num">${numberText(number(value, { sign }))}</td>`;

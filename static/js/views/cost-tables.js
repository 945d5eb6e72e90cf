// @ts-check
import { html, nothing } from "../../vendor/lit.js";
import { tableRows } from "../cost-picture.js";
import { guessingWords, halfSolved, methodLabel, methodOf, ratesWords, timesAsMany } from "../cost-words.js";
import { number } from "../format.js";
import { count } from "../ticks.js";
import { numberText } from "./number-text.js";

/** @typedef {import("../cost-picture.js").CostResults} CostResults */
/** @typedef {import("../cost-picture.js").CostMethod} CostMethod */
/** @typedef {import("../cost-words.js").Runs} Runs */

/** How both ways fare as tasks grow. @param {CostResults} results */
export function largerTable(results) {
  const xor = { task: "XOR", ...methodOf(results, "guessing"), backpropagation: methodOf(results, "backpropagation_best_rate"), guessing: methodOf(results, "guessing") };
  return html`<div class="cost-larger"><p>The more there is to get right at once, the dearer guessing becomes:</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Evaluations until half of the starts solved it, by task"><table>
    <caption class="vh">Evaluations until half of the starts solved it</caption>
    <thead><tr><th scope="col">Evaluations used</th><th scope="col" class="num">Backprop</th><th scope="col" class="num">Guessing</th><th scope="col" class="num">Times</th></tr></thead>
    <tbody>${[xor, ...results.larger].map((row) => html`<tr><th scope="row">${taskName(row)} <small class="n">${row.layers.join("→")}, ${row.parameters} parameters</small></th>
      <td class="num">${halfSolved(row.backpropagation)}</td><td class="num">${halfSolved(row.guessing)}</td><td class="num">${timesAsMany(row.guessing, row.backpropagation)}</td></tr>`)}</tbody></table></div>
    ${encoderWords(results.larger)}</div>`;
}

/** @param {import("../cost-picture.js").LargerTask[]} tasks */
function encoderWords(tasks) {
  const layers = tasks[tasks.length - 1]?.layers;
  if (!layers) return nothing;
  const [inputs, hidden, outputs] = layers.map((width) => html`<span class="n">${width}</span>`);
  return html`<p class="key">Which of ${inputs}? One of ${inputs} inputs is on; ${outputs} outputs must say which, through ${hidden} neurons: <span class="n">${layers[0] * layers[2]}</span> numbers to get right, where XOR has <span class="n">4</span>.</p>`;
}

/** @param {{task: string, layers: number[]}} row an encoder says which of its inputs is on, through a narrower layer */
const taskName = ({ task, layers }) => (task.startsWith("encoder") ? html`Which of <span class="n">${layers[0]}</span>?` : task);

/** The table twin of the chart. @param {CostResults} results @param {Runs} runs */
export function costTable({ evaluations, methods }, runs) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Loss by evaluations used"><table class="t-cost">
    <caption class="vh">Median of the mean loss, and the middle half of the starts, by evaluations used</caption>
    <thead><tr><th scope="col" class="num">Evaluations</th>${methods.map((m) => html`<th scope="col" class="num">${methodLabel(m, runs)}</th>`)}</tr></thead>
    <tbody>${tableRows(evaluations).map((i) => html`<tr><th scope="row" class="num n">${count(evaluations[i])}</th>${methods.map((m) => html`<td class="num">${cell(m, i)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** @param {CostMethod} method @param {number} i */
function cell({ low, median, high }, i) {
  if (median[i] === null) return html`<span class="none">none yet</span>`;
  const [from, middle, to] = [low[i], median[i], high[i]].map((loss) => numberText(number(loss ?? NaN, { digits: 3 })));
  return html`${middle} <small>${from} to ${to}</small>`;
}

/** The settings, and how they were found. @param {CostResults} results @param {Runs} runs */
export function howMeasured(results, runs) {
  const guess = methodOf(results, "guessing");
  return html`<p class="key">Solved: every output within <span class="n">0.2</span> of its target. Guessing: ${guessingWords(guess.settings)}: the best of <span class="n">${results.tried.guessing.length}</span> settings, as the rate is the best of <span class="n">${results.tried.backpropagation.length}</span>, tried on other starts. ${ratesWords(runs)}</p>`;
}

// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { costPicture } from "../cost-picture.js";
import { halfSolved, isAbove, methodLabel, methodOf, rateOf, timesAsMany } from "../cost-words.js";
import { number, plain } from "../format.js";
import { lanePath } from "../lane-marks.js";
import { howMeasured, largerTable, costTable } from "./cost-tables.js";
import { LightElement } from "./light-element.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../cost-picture.js").CostResults} CostResults */
/** @typedef {import("../cost-picture.js").CostMethod} CostMethod */
/** @typedef {import("../cost-picture.js").CostCurve} CostCurve */
/** @typedef {import("../cost-words.js").Runs} Runs */
/** @typedef {ReturnType<typeof costPicture>} Picture */

const ASPECT = 0.36;
const HEIGHT = { least: 290, most: 400 };
/** @type {Record<string, number>} which of the lanes' marks */
const MARKS = { backpropagation_best_rate: 1, guessing: 2, backpropagation: 5, single_neuron: 3 };

/** What guessing costs beside backpropagation, and what one neuron cannot do: measured once, by bench/guessing.py. */
export class CostChart extends LightElement {
  static properties = { results: { attribute: false }, runs: { attribute: false, hasChanged: (/** @type {Runs|null} */ now, /** @type {Runs|null|undefined} */ before) => now?.above !== before?.above } };

  constructor() {
    super();
    /** @type {CostResults|null} */ this.results = null;
    /** @type {import("../cost-words.js").Runs|null} */ this.runs = null;
    this.width = new WidthWatch(this);
  }

  render() {
    const { results, runs } = this;
    if (!results || !runs) return nothing;
    const { widthPx: width, scale } = this.width;
    const height = Math.round(Math.min(HEIGHT.most, Math.max(HEIGHT.least, width * ASPECT)));
    const picture = width === 0 ? null : costPicture(results, width, height);
    return html`<figure class="cost-chart">
      <figcaption class="finding">${finding(results, runs)}</figcaption>
      ${picture && !picture.labelled ? html`<ul class="cost-key">${results.methods.map((method) => keyRow(method, runs))}</ul>` : nothing}
      <div class="plot">${picture ? chart(picture, results, runs, scale) : nothing}</div>
      <div class="cost-below"><p class="key">${results.counting} A line is the median of <span class="n">${results.starts}</span> starts, its band the middle half of them; a mark stands where half of them had solved it.</p>
      ${largerTable(results)}</div>
      <details><summary>As a table</summary>${costTable(results, runs)}${howMeasured(results, runs)}</details>
    </figure>`;
  }
}

/** @param {CostResults} results @param {Runs} runs */
function finding(results, runs) {
  const [descent, slower, guess] = ["backpropagation_best_rate", "backpropagation", "guessing"].map((name) => methodOf(results, name));
  return html`Half of the starts solved XOR after <span class="n">${halfSolved(descent)}</span> evaluations by backpropagation, after <span
    class="n">${halfSolved(guess)}</span> by guessing and selecting: <span class="n">${timesAsMany(guess, descent)}</span> times as many, each with its best settings${isAbove(descent, runs)
    ? html`, for backpropagation the rate of <span class="n">${plain(rateOf(descent, runs))}</span> used above` : nothing}. At the rate of <span
    class="n">${plain(rateOf(slower, runs))}</span>${isAbove(slower, runs) ? " used above" : ""}, backpropagation took <span class="n">${halfSolved(slower)}</span>, longer than guessing: a gradient followed in steps too small is wasted.`;
}

/** @param {CostMethod} method @param {Runs} runs */
function keyRow(method, runs) {
  return html`<li class="m-${method.name}"><svg width="36" height="14" viewBox="0 0 36 14" aria-hidden="true"><path class="cost-line" d="M0 7H36"></path>${markAt(method.name, 18, 7)}</svg>
    <span>${methodLabel(method, runs)}</span> <span class="n">${method.quartiles[1] === null ? "never" : `half by ${halfSolved(method)}`}</span></li>`;
}

/** @param {CostMethod} method */
const halfWords = (method) => (method.quartiles[1] === null ? "never solves it" : `half solved by ${halfSolved(method)}`);

/** @param {string} name @param {number} x @param {number} y */
const markAt = (name, x, y) => svg`<path class="lane-mark" d=${lanePath(MARKS[name] ?? 0, 5)} transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"></path>`;

/** @param {Picture} p @param {CostResults} results @param {Runs} runs @param {number} scale */
function chart(p, results, runs, scale) {
  const { left, right, top, bottom } = p.plot;
  const backToFront = [...p.curves].reverse();
  return html`<svg width=${p.width * scale} height=${p.height * scale} viewBox="0 0 ${p.width} ${p.height}" role="img" aria-label="Mean loss against network evaluations used; the table below has the numbers">
    <defs><pattern id="cost-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V5"></path></pattern></defs>
    ${p.yTicks.map((tick) => svg`<path class="grid" d="M${left} ${Math.round(tick.y) + 0.5}H${right}"></path><text class="tick" x=${left - 9} y=${tick.y + 4.5} text-anchor="end">${tick.text}</text>`)}
    ${p.xTicks.map((tick) => svg`<path class="base" d="M${Math.round(tick.x) + 0.5} ${bottom}v5"></path><text class="tick" x=${tick.x} y=${bottom + 21} text-anchor="middle">${tick.text}</text>`)}
    <path class="base" d="M${left} ${Math.round(bottom) + 0.5}H${right}"></path>
    <text class="axis-name" x=${left - 26} y=${top - 14}>mean loss</text>
    <text class="axis-name" x=${right} y=${bottom + 42} text-anchor="end">network evaluations used${p.labelled ? "; an epoch of backpropagation takes two" : ""}</text>
    <svg x=${left} y=${top} width=${right - left} height=${bottom - top} viewBox="${left} ${top} ${right - left} ${bottom - top}" class="cut">
      ${backToFront.map((curve) => svg`<path class="cost-band m-${curve.name}" d=${curve.band}></path>`)}</svg>
    <path class="cost-best" d="M${left} ${p.bestY}H${right}"></path>
    <svg x=${left} y=${top} width=${right - left + 4} height=${bottom - top + 2} viewBox="${left} ${top} ${right - left + 4} ${bottom - top + 2}" class="cut">
      ${backToFront.map((curve) => svg`<path class="cost-line m-${curve.name}" d=${curve.line}></path>`)}</svg>
    ${bestWords(p, number(results.perceptron_best, { digits: 3 }))}
    ${backToFront.map((curve) => solvedMark(curve, bottom))}
    ${p.labelled ? p.curves.map((curve, i) => endLabel(curve, results.methods[i], runs)) : nothing}
  </svg>`;
}

/** @param {Picture} p @param {string} best */
function bestWords({ plot: { right }, bestY, labelled }, best) {
  const lines = labelled ? [`the best a single neuron can do: ${best}`] : ["the best a single", `neuron can do: ${best}`];
  return lines.map((line, i) => svg`<text class="direct quiet halo" x=${right} y=${bestY - 9 - 17 * (lines.length - 1 - i)} text-anchor="end">${line}</text>`);
}

/** @param {CostCurve} curve @param {number} bottom */
function solvedMark({ name, mark }, bottom) {
  return mark === null ? nothing
    : svg`<g class="m-${name}"><path class="pole" d="M${Math.round(mark.x) + 0.5} ${mark.y}V${bottom}"></path>${markAt(name, mark.x, mark.y)}</g>`;
}

/** @param {CostCurve} curve @param {CostMethod} method @param {Runs} runs */
function endLabel({ name, end }, method, runs) {
  const y = end.labelY;
  return svg`<g class="m-${name}"><path class="leader" d="M${end.x + 3} ${end.y}L${end.x + 14} ${y}"></path>${markAt(name, end.x + 22, y)}
    <text class="direct" x=${end.x + 34} y=${y + 4}>${methodLabel(method, runs)}</text><text class="tick" x=${end.x + 34} y=${y + 20}>${halfWords(method)}</text></g>`;
}

customElements.define("bp-cost-chart", CostChart);

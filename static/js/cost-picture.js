// @ts-check
// Where everything stands in the chart of what guessing costs. No DOM.
import { spread } from "./spread.js";
import { decadeTicks, linearTicks, niceStep } from "./ticks.js";

/**
 * One way of training, from many starts.
 * @typedef {object} CostMethod
 * @property {string} name
 * @property {Record<string, number>} settings
 * @property {(number|null)[]} low a quarter of the starts had a lower loss by then; null: none has one yet
 * @property {(number|null)[]} median
 * @property {(number|null)[]} high
 * @property {(number|null)[]} quartiles evaluations by which a quarter, a half and three quarters had solved it; null: never
 * @property {number} solved share of the starts
 */
/** @typedef {{task: string, layers: number[], parameters: number, starts: number, backpropagation: {quartiles: (number|null)[]}, guessing: {quartiles: (number|null)[]}}} LargerTask */
/**
 * What bench/guessing.py measured.
 * @typedef {object} CostResults
 * @property {string} counting
 * @property {number} perceptron_best
 * @property {number} starts
 * @property {number[]} evaluations
 * @property {(CostMethod & {layers: number[], parameters: number})[]} methods
 * @property {{backpropagation: unknown[], guessing: unknown[]}} tried
 * @property {LargerTask[]} larger
 */
/** @typedef {{name: string, line: string, band: string, mark: {x: number, y: number}|null, end: {x: number, y: number, labelY: number}}} CostCurve */

const MARGIN = { left: 40, right: 14, rightWithLabels: 232, top: 30, bottom: 48 };
const LABEL_GAP = 42;
const LABELS_FROM = 700;
const TICK_PX = 60;
const CEILING = { least: 1, most: 1.2 };
/** The axis ends where the slowest has long been done: this many times its median. */
const AFTERWARDS = 3.5;

/**
 * @param {CostResults} results @param {number} width @param {number} height
 */
export function costPicture({ evaluations, methods, perceptron_best }, width, height) {
  const labelled = width >= LABELS_FROM;
  const plot = { left: MARGIN.left, right: width - (labelled ? MARGIN.rightWithLabels : MARGIN.right), top: MARGIN.top, bottom: height - MARGIN.bottom };
  const [first, last] = [evaluations[0], lastShown(evaluations, methods)];
  const highest = Math.max(...methods.flatMap((m) => m.high.map((v) => v ?? 0)));
  const ceiling = Math.min(CEILING.most, Math.max(CEILING.least, highest));
  const x = (/** @type {number} */ n) => plot.left + (Math.log(n / first) / Math.log(last / first)) * (plot.right - plot.left);
  const y = (/** @type {number} */ loss) => plot.bottom - (Math.min(loss, ceiling * 1.5) / ceiling) * (plot.bottom - plot.top);
  const ends = methods.map((m) => y(lossAt(m.median, evaluations, last)));
  const labels = spread(ends, LABEL_GAP, plot.top, plot.bottom - 8);
  return {
    width, height, plot, labelled,
    xTicks: decadeTicks(first, last, Math.floor((plot.right - plot.left) / TICK_PX)).map((tick) => ({ ...tick, x: x(tick.value) })),
    yTicks: linearTicks(0, ceiling, 5).map((tick) => ({ ...tick, y: y(tick.value) })),
    bestY: y(perceptron_best),
    curves: methods.map((m, i) => costCurve(m, evaluations, x, y, { x: plot.right, y: ends[i], labelY: labels[i] })),
  };
}

/**
 * Where the axis ends: the next 1, 2 or 5 × 10^k after the slowest is done, or the end of what was measured.
 * @param {number[]} evaluations @param {CostMethod[]} methods
 */
function lastShown(evaluations, methods) {
  const slowest = Math.max(...methods.map((m) => m.quartiles[1] ?? 0));
  const measured = evaluations[evaluations.length - 1];
  return slowest > 0 ? Math.min(niceStep(AFTERWARDS * slowest), measured) : measured;
}

/**
 * @param {CostMethod} method @param {number[]} evaluations
 * @param {(n: number) => number} x @param {(loss: number) => number} y @param {CostCurve["end"]} end
 * @returns {CostCurve}
 */
function costCurve(method, evaluations, x, y, end) {
  const points = (/** @type {(number|null)[]} */ losses) => losses.flatMap((loss, i) => (loss === null ? [] : [`${x(evaluations[i]).toFixed(1)} ${y(loss).toFixed(1)}`]));
  const half = method.quartiles[1];
  return {
    name: method.name, end,
    line: `M${points(method.median).join("L")}`,
    band: `M${[...points(method.high), ...points(method.low).reverse()].join("L")}Z`,
    mark: half === null ? null : { x: x(half), y: y(lossAt(method.median, evaluations, half)) },
  };
}

/**
 * The loss of a curve between the numbers of evaluations at which it is told, straight as it is drawn.
 * @param {(number|null)[]} losses @param {number[]} evaluations rising @param {number} at within them
 */
export function lossAt(losses, evaluations, at) {
  const after = Math.max(1, evaluations.findIndex((n) => n >= at));
  const share = Math.log(at / evaluations[after - 1]) / Math.log(evaluations[after] / evaluations[after - 1]);
  const [from, to] = [losses[after - 1] ?? losses[after] ?? 0, losses[after] ?? 0];
  return from + share * (to - from);
}

/**
 * The places in `evaluations` nearest to 1, 3, 10, 30 … for a table.
 * @param {number[]} evaluations rising
 */
export function tableRows(evaluations) {
  const last = evaluations[evaluations.length - 1];
  const wanted = [];
  for (let power = 1; power <= last; power *= 10) wanted.push(power, 3 * power);
  const nearest = wanted.filter((n) => n <= last).map((n) => evaluations.reduce((best, m, i) => (Math.abs(m - n) < Math.abs(evaluations[best] - n) ? i : best), 0));
  return [...new Set(nearest)];
}

// @ts-check
// What figures that show one answer of the engine have to give: its numbers as the page has them, and the picture.
import { csvText } from "../downloads.js";
import "../views/take-away.js";

/** @typedef {import("../views/take-away.js").TakeAway} TakeAway */
/** @typedef {import("../downloads.js").Cell} Cell */
/** @typedef {import("../types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("../types.js").BatchAnswer} BatchAnswer */
/** @typedef {import("../types.js").PlaneMove} PlaneMove */
/** @typedef {{header: string[], rows: Cell[][]}} Table */

/**
 * @template Answer
 * @param {import("../views/light-element.js").LightElement & {answer: Answer|null}} figure
 * @param {{name: string, title: string, drawings: string, table: (answer: Answer) => Table}} has drawings: selects what is drawn
 * @returns {TakeAway}
 */
function takeAnswer(figure, { name, title, drawings, table }) {
  const shown = () => {
    if (!figure.answer) throw new Error("There is nothing to take away yet.");
    return figure.answer;
  };
  return {
    texts: [
      { act: "csv", label: "Numbers", note: "CSV", make: async () => {
        const { header, rows } = table(shown());
        return { name: `backprop-${name}.csv`, type: "text/csv", text: csvText(header, rows) };
      } },
      { act: "json", label: "All of it", note: "JSON", make: async () => (
        { name: `backprop-${name}.json`, type: "application/json", text: `${JSON.stringify({ format: `backprop ${name}, version 1`, ...shown() }, null, 1)}\n` }) },
    ],
    picture: { title: () => title, name: () => `backprop-${name}`, parts: () => [...figure.querySelectorAll(drawings)] },
    print: null,
  };
}

/** @param {import("./depth.js").DepthFigure} figure @returns {TakeAway} */
export const takeDepth = (figure) => takeAnswer(figure, { name: "depth", title: "Size of the blame by layer", drawings: "bp-depth-chart", table: depthTable });

/** @param {import("./batch.js").BatchFigure} figure @returns {TakeAway} */
export const takeBatch = (figure) => takeAnswer(figure, { name: "batch", title: "All at once, or one at a time", drawings: "bp-batch-plane", table: batchTable });

/** A row for every layer of every curve. @param {DepthAnswer} answer @returns {Table} */
function depthTable({ curves }) {
  const sizes = /** @type {const} */ (["shares", "blame", "gradients"]), parts = /** @type {const} */ (["low", "median", "high"]);
  return {
    header: ["activation", "initializer", "scale", "verdict", "layer", ...sizes.flatMap((size) => parts.map((part) => `${size} ${part}`))],
    rows: curves.flatMap((curve) => curve.blame.median.map((_, i) => [
      curve.activation, curve.initializer, curve.scale, curve.verdict, i + 1, ...sizes.flatMap((size) => parts.map((part) => curve[size][part][i])),
    ])),
  };
}

/**
 * The start, the gradients of the rows, the two ways to put them together, the moves one at a time, and where these end.
 * @param {BatchAnswer} answer @returns {Table}
 */
function batchTable({ edges, learning_rate: rate, start, loss, rows, sum, mean, one_at_a_time: single }) {
  const columns = [...["from", "gradient"].flatMap((what) => edges.map((edge) => `${what} ${edge}`)), "gradient length", ...edges.map((edge) => `move ${edge}`), "move length",
    ...edges.map((edge) => `end ${edge}`), "row’s loss", "mean loss at end", "one at a time ends apart"];
  const none = /** @type {const} */ ([null, null]);
  const move = (/** @type {PlaneMove} */ { gradient, length, move: by, move_length: far, end }, /** @type {readonly Cell[]} */ from) => [...from, ...gradient, length, ...by, far, ...end];
  /** @type {[what: string, ...cells: Cell[]][]} */
  const cells = [
    ["start", ...none, ...none, null, ...none, null, ...start, null, loss, null],
    ...rows.map(({ gradient, length, loss: own }, i) => /** @type {[string, ...Cell[]]} */ ([`row ${i + 1}`, ...start, ...gradient, length, ...none, null, ...none, own, null, null])),
    ["sum", ...move(sum, start), null, sum.loss, single.apart.sum], ["mean", ...move(mean, start), null, mean.loss, single.apart.mean],
    ...single.moves.map((each, i) => /** @type {[string, ...Cell[]]} */ ([`alone, row ${i + 1}`, ...move(each, each.from), null, null, null])),
    ["alone, all rows", ...start, ...none, null, ...none, single.length, ...single.end, null, single.loss, null],
  ];
  return { header: ["what", "learning rate", ...columns], rows: cells.map(([what, ...rest]) => [what, rate, ...rest]) };
}

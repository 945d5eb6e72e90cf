// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { specOf } from "./run-fixture.js";
import { costPicture, lossAt, tableRows } from "../../static/js/cost-picture.js";
import { guessingWords, halfSolved, isAbove, methodLabel, methodOf, ratesWords, timesAsMany } from "../../static/js/cost-words.js";

/** @type {import("../../static/js/cost-picture.js").CostResults} */
const RESULTS = JSON.parse(readFileSync(new URL("../../backprop/data/guessing.json", import.meta.url), "utf8"));
const WIDTHS = [320, 699, 700, 1216];

/** @param {string} path */
const places = (path) => [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

test("a loss between two numbers of evaluations lies where the line is drawn", () => {
  assert.equal(lossAt([1, 0.5, 0], [1, 10, 100], 10), 0.5);
  assert.ok(Math.abs(lossAt([1, 0.5, 0], [1, 10, 100], Math.sqrt(1000)) - 0.25) < 1e-12);
  assert.equal(lossAt([1, 0.5], [1, 10], 1), 1);
  assert.equal(lossAt([null, 0.5], [1, 10], 5), 0.5);
});

test("a table has rows near 1, 3, 10, 30 …, each once", () => {
  const grid = [1, 2, 3, 5, 9, 28, 100, 290];
  assert.deepEqual(tableRows(grid).map((i) => grid[i]), [1, 3, 9, 28, 100]);
  assert.deepEqual(tableRows([1, 2]).map((i) => [1, 2][i]), [1]);
});

for (const width of WIDTHS) {
  test(`marks stand on their curves, and labels apart, at ${width} px`, () => {
    const picture = costPicture(RESULTS, width, 300);
    const { left, right, top, bottom } = picture.plot;
    picture.curves.forEach((curve, i) => {
      const drawn = places(curve.line);
      assert.equal(drawn.length, RESULTS.methods[i].median.filter((loss) => loss !== null).length);
      assert.ok(drawn.every(([x], k) => k === 0 || x >= drawn[k - 1][0]));
      if (curve.mark === null) return;
      const { x, y } = curve.mark;
      const after = drawn.findIndex(([at]) => at >= x);
      const [[x0, y0], [x1, y1]] = [drawn[after - 1], drawn[after]];
      assert.ok(Math.abs(y0 + ((x - x0) / (x1 - x0)) * (y1 - y0) - y) < 0.5);
      assert.ok(x > left && x < right && y > top && y < bottom);
    });
    const labels = picture.curves.map((curve) => curve.end.labelY).sort((a, b) => a - b);
    labels.forEach((y, i) => assert.ok(i === 0 || y - labels[i - 1] >= 41.9));
    assert.equal(picture.labelled, width >= 700);
    assert.ok(picture.xTicks.every((tick, i) => i === 0 || tick.x - picture.xTicks[i - 1].x >= 50));
    assert.ok(picture.xTicks.every((tick) => tick.x >= left - 0.01 && tick.x <= right + 0.01));
    assert.ok(picture.bestY > top && picture.bestY < bottom);
  });
}

test("the axis ends soon after the slowest that solves it", () => {
  const none = RESULTS.methods.map((method) => ({ ...method, quartiles: [null, null, null] }));
  const beyond = (/** @type {import("../../static/js/cost-picture.js").CostResults} */ results) => {
    const { plot, xTicks } = costPicture(results, 1000, 300);
    return plot.right - (xTicks.find((tick) => tick.value === 1000)?.x ?? NaN);
  };
  assert.ok(Math.abs(beyond(RESULTS)) < 0.01);
  assert.ok(beyond({ ...RESULTS, methods: none }) > 100);
});

/** The run above the chart, and the one that was measured. @param {Partial<import("../../static/js/types.js").RunSpec>} [change] @param {number} [rate] */
function runs(change = {}, rate = 0.5) {
  const measured = { ...specOf([0.5]), data: { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] } };
  return { above: { ...measured, ...change, lanes: specOf([rate]).lanes }, measured };
}

test("rates are those of the convention in force, and the one above is told", () => {
  const rates = (/** @type {ReturnType<typeof runs>} */ each) => RESULTS.methods.slice(0, 2).map((method) => [methodLabel(method, each).replace(/.* /, ""), isAbove(method, each)]);
  assert.deepEqual(rates(runs()), [["0.5", true], ["2", false]]);
  assert.deepEqual(rates(runs({ reduction: "sum" })), [["0.125", false], ["0.5", true]]);
  assert.deepEqual(rates(runs({ reduction: "sum" }, 0.125)), [["0.125", true], ["0.5", false]]);
  assert.deepEqual(rates(runs({}, 0.3)), [["0.5", false], ["2", false]]);
  assert.deepEqual(rates(runs({ loss: "half_squared_error" })), [["0.5", false], ["2", false]], "other steps");
  assert.deepEqual(rates(runs({ batch: 1, reduction: "sum" })), [["0.125", false], ["0.5", false]]);
  assert.match(ratesWords(runs()), /^Rates are those of the mean over the four rows; with the sum, a quarter of each/);
  assert.match(ratesWords(runs({ reduction: "sum" })), /^Rates are those of the sum over the four rows; with the mean, four times each/);
});

test("words", () => {
  const [fast, slow, never] = [[1, 59, 70], [100, 5900, 9000], [10, null, null]].map((quartiles) => ({ quartiles }));
  assert.equal(halfSolved(slow), "5900");
  assert.equal(halfSolved(never), "never");
  assert.equal(timesAsMany(slow, fast), "100");
  assert.equal(timesAsMany({ quartiles: [1, 155, 2] }, fast), "2.6");
  assert.equal(timesAsMany(never, fast), "–");
  assert.deepEqual(RESULTS.methods.map((method) => methodLabel(method, runs())), ["backpropagation, rate 0.5", "backpropagation, rate 2", "guessing and selecting", "a single neuron"]);
  assert.equal(methodOf(RESULTS, "guessing").name, "guessing");
  assert.throws(() => methodOf(RESULTS, "luck"), /no luck/);
  assert.match(guessingWords({ population: 2, elite: 1, mutation: 0.5, start: 1 }), /^one network is kept, one changed copy of it is tried at a time; .* deviation 0\.5, .* deviation 1$/);
  assert.match(guessingWords({ population: 20, elite: 4, mutation: 0.5, start: 1 }), /^4 networks are kept, 16 changed copies are tried/);
});

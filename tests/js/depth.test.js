// @ts-check
// Figure `depth`, its words and where things stand: by hand, and in the room that there is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { depthPicture, layerTicks } from "../../static/js/depth-picture.js";
import { arrives, byTurns, finding, percent, scaleLabel, size } from "../../static/js/depth-words.js";

/** @typedef {import("../../static/js/types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("../../static/js/types.js").DepthCurve} DepthCurve */

/** Blame that takes the same factor at each layer. @param {import("../../static/js/types.js").ActivationName} activation @param {number} scale @param {number} depth @param {number} factor @returns {DepthCurve} */
function curve(activation, scale, depth, factor) {
  const median = Array.from({ length: depth }, (_, i) => factor ** (depth - 1 - i));
  const sizes = { low: median.map((m) => m / 2), median, high: median.map((m) => m * 2) };
  const ratio = median[0];
  return { activation, initializer: "xavier", scale, verdict: ratio < 1e-3 ? "vanishes" : ratio > 1e3 ? "explodes" : "level", ratio, flat: 0, shares: sizes, blame: sizes, gradients: sizes };
}

/** @param {number} depth @returns {DepthAnswer} */
function answer(depth) {
  return {
    ok: true, depth, width: 16, starts: 20, samples: 16, vanishes_below: 1e-3, explodes_above: 1e3,
    curves: /** @type {const} */ (["sigmoid", "tanh", "relu"]).flatMap((activation) => [[0.5, 0.1], [1, 1], [2, 10]].map(([scale, factor]) => curve(activation, scale, depth, factor))),
  };
}

test("what arrives, in words", () => {
  const said = [[0, "nothing"], [null, "more than a float can hold"], [1.3221e-9, "1 part in 7.6·10⁸"], [4.26e-5, "1 part in 23\u202f000"], [0.227, "1 part in 4.4"],
    [0.0999, "1 part in 10"], [0.5, "0.50 of it"], [0.7529, "0.75 of it"], [0.9949, "0.99 of it"], [0.996, "1.0 times as much"], [5.74, "5.7 times as much"], [9.96, "10 times as much"], [25362, "25\u202f000 times as much"], [999999, "1.0·10⁶ times as much"], [5.4e8, "5.4·10⁸ times as much"]];
  for (const [ratio, words] of said) assert.equal(arrives(/** @type {number|null} */ (ratio)), words);
});

test("sizes keep about three digits, small ones two", () => {
  const shown = [[null, "∞"], [0, "0"], [123.4, "123"], [12.34, "12.3"], [1.234, "1.23"], [0.9998, "1.00"], [9.999, "10.0"], [0.1234, "0.123"], [0.0123, "0.0123"], [0.0012, "1.2·10⁻³"], [5e-28, "5.0·10⁻²⁸"]];
  for (const [value, text] of shown) assert.equal(size(/** @type {number|null} */ (value)), text);
  assert.deepEqual([0, 0.0029, 0.23, 0.5].map(percent), ["0\u202f%", "0.3\u202f%", "23\u202f%", "50\u202f%"]);
  assert.deepEqual([0.5, 1, 2, 0.25].map(scaleLabel), ["× ½", "× 1", "× 2", "× 0.25"]);
});

test("numbers stand apart from words", () => {
  assert.deepEqual(byTurns("1 part in 7.6·10⁸"), ["", "1", " part in ", "7.6·10⁸", ""]);
  assert.deepEqual(byTurns("25\u202f000 times as much"), ["", "25\u202f000", " times as much"]);
  assert.deepEqual(byTurns("nothing"), ["nothing"]);
});

test("the finding names depth and the four curves it speaks of", () => {
  const numbers = finding(answer(15)).filter((piece) => typeof piece !== "string").map((piece) => piece.n);
  assert.deepEqual(numbers, ["15", "1.0 times as much", "1.0 times as much", "1.0 times as much", "1.0·10¹⁴ times as much"]);
});

for (const width of [300, 328, 640, 899, 900, 1216, 1400]) {
  for (const depth of [2, 3, 15, 30]) {
    test(`at ${width} px with ${depth} layers, everything is inside and nothing collides`, () => {
      const p = depthPicture(answer(depth), width);
      assert.equal(new Set(p.panels.map(({ plot }) => plot.top)).size, width >= 900 ? 1 : 3);
      assert.ok(p.panels.filter(({ borders }) => borders).length <= 1);
      for (const { plot, curves, ticks } of p.panels) {
        assert.ok(plot.left >= 40 && plot.right <= width - 120 && plot.right - plot.left > 100);
        assert.ok(plot.top >= 0 && plot.bottom < p.height);
        const labels = curves.map(({ end }) => end.labelY).sort((a, b) => a - b);
        assert.ok(labels[0] >= plot.top && labels[2] <= plot.bottom);
        assert.ok(labels[1] - labels[0] >= 41.9 && labels[2] - labels[1] >= 41.9);
        assert.deepEqual([ticks[0], ticks[ticks.length - 1]], [{ layer: depth, x: plot.left }, { layer: 1, x: plot.right }]);
        ticks.slice(1).forEach((tick, i) => assert.ok(tick.x - ticks[i].x >= 25.9, `${ticks[i].layer} and ${tick.layer}`));
        for (const { end } of curves) assert.ok(end.x === plot.right && end.y >= plot.top - 0.1 && end.y <= plot.bottom + 0.1);
      }
      const places = p.ticks.map(({ place }) => place);
      const height = p.panels[0].plot.bottom - p.panels[0].plot.top;
      places.slice(1).forEach((place, i) => assert.ok((place - places[i]) * height >= 20));
      assert.ok(p.borders[0] > 0 && p.borders[1] < 1 && p.borders[0] < p.one && p.one < p.borders[1]);
    });
  }
}

test("a curve begins at the output, at one, and goes to the first layer", () => {
  const p = depthPicture(answer(4), 1216);
  const { plot, curves } = p.panels[0];
  const [half] = curves;
  const one = plot.bottom - p.one * (plot.bottom - plot.top);
  assert.ok(half.line.startsWith(`M${plot.left.toFixed(1)} ${one.toFixed(1)}L`));
  assert.equal(half.line.split("L").length, 4);
  assert.ok(half.end.y > one && curves[2].end.y < one);
});

test("what left float64 behind is drawn as far as it goes", () => {
  const told = answer(5);
  const { shares } = told.curves[8];
  for (const sizes of [shares.low, shares.median, shares.high]) sizes[0] = sizes[1] = null;
  told.curves[8].ratio = null;
  const p = depthPicture(told, 1216);
  const drawn = p.panels[2].curves[2];
  assert.equal(drawn.line.split("L").length, 3);
  assert.ok(drawn.end.x < p.panels[2].plot.right && Number.isFinite(drawn.end.y));
});

test("layers named under the axis", () => {
  assert.deepEqual(layerTicks(15, 238), [15, 10, 5, 1]);
  assert.deepEqual(layerTicks(2, 238), [2, 1]);
  assert.deepEqual(layerTicks(8, 238), [8, 7, 6, 5, 4, 3, 2, 1]);
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { histogramPicture } from "../../static/js/histogram-picture.js";

const RUN = { counts: [0, 3, 9, 12, 4], binWidth: 25, from: 0, mark: 60, label: "this one", unsolved: 0, width: 400, height: 240 };

test("the bar that holds this run's epoch is marked, its first epoch included, its end not", () => {
  const mine = (/** @type {number|null} */ mark) => histogramPicture({ ...RUN, mark }).bars.map((b) => b.mine).indexOf(true);
  assert.equal(mine(60), 2);
  assert.equal(mine(50), 2);
  assert.equal(mine(49), 1);
  assert.equal(mine(125), -1);
  assert.equal(mine(null), -1);
});

test("the words stand above every bar and within the plot, wherever the bar", () => {
  for (const mark of [0, 30, 60, 124]) {
    const { label, bars, plot } = histogramPicture({ ...RUN, mark });
    assert.ok(label);
    assert.ok(bars.every((b) => b.count === 0 || label.y < b.y));
    const half = (RUN.label.length * 7.2) / 2;
    const left = label.anchor === "start" ? label.x : label.anchor === "end" ? label.x - 2 * half : label.x - half;
    assert.ok(left >= plot.left - 1e-9 && left + 2 * half <= plot.right + 1e-9);
  }
});

test("this run is a dot above its bar, at its own epoch, and no bar is its own", () => {
  for (const mark of [0, 30, 60, 99, 124]) {
    const { label, bars, plot } = histogramPicture({ ...RUN, mark });
    const epochPx = (plot.right - plot.left) / 125;
    const bar = bars[Math.floor(mark / 25)];
    assert.ok(label && label.dotY + 4 < bar.y && label.dotY > label.y);
    assert.ok(Math.abs(label.dotX - (plot.left + mark * epochPx)) < 1e-9);
  }
});

test("heights go as counts; nothing counted has no bar, and the least is seen", () => {
  const { bars } = histogramPicture({ ...RUN, counts: [0, 1, 2000] });
  assert.equal(bars[0].height, 0);
  assert.equal(bars[1].height, 1);
  const two = histogramPicture({ ...RUN, counts: [5, 10] }).bars;
  assert.ok(Math.abs(two[1].height - 2 * two[0].height) < 1e-9);
});

test("this one among those that did not get there: marked, named, and there even if it is the only one", () => {
  for (const unsolved of [0, 12]) {
    const { never, label, bars, plot, width } = histogramPicture({ ...RUN, mark: null, unsolved, never: true });
    assert.ok(never?.mine && label);
    assert.ok(bars.every((b) => !b.mine));
    assert.ok(Math.abs(label.dotX - (never.x + never.width / 2)) < 1e-9 && label.dotX > plot.right && label.dotY < never.y);
    const half = (RUN.label.length * 7.2) / 2;
    const right = label.anchor === "end" ? label.x : label.anchor === "middle" ? label.x + half : label.x + 2 * half;
    assert.ok(right <= width);
  }
  assert.equal(histogramPicture({ ...RUN, unsolved: 12 }).never?.mine, false);
});

test("runs that did not get there stand apart, on the same scale", () => {
  const { never, plot, bars } = histogramPicture({ ...RUN, unsolved: 12 });
  assert.ok(never && never.x > plot.right);
  assert.equal(never.height, bars[3].height);
  assert.equal(histogramPicture(RUN).never, null);
});

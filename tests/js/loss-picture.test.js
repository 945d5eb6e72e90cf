// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { lastKnownLoss, lossPicture } from "../../static/js/loss-picture.js";

/** @param {(epoch: number) => number} loss @param {number} [known] */
const curve = (loss, known = 1001) => ({ losses: Float64Array.from({ length: 1001 }, (_, e) => loss(e)), known, diverged: null });

const CHART = {
  curves: [curve((e) => 0.7 - e * 1e-5), curve((e) => 0.7 / (1 + e / 20)), curve((e) => 0.69 - e * 1e-5)],
  labels: ["η 0.01", "η 0.5", "η 10"], lanes: [1, 2, 3], epochs: 1000, log: true, finish: 0.2231,
  marks: [{ lane: 2, epoch: 86, text: "solved, epoch 86" }], width: 1200, height: 340,
};

test("the axis of epochs does not depend on how much is known", () => {
  const early = lossPicture({ ...CHART, curves: CHART.curves.map((c) => ({ ...c, known: 5 })) });
  assert.equal(early.x(1000), early.plot.right);
  assert.equal(early.x(1000), lossPicture(CHART).x(1000));
});

test("labels at the ends keep apart, that of the dotted line among them", () => {
  const { ends, plot } = lossPicture(CHART);
  assert.equal(ends.length, 4);
  const ys = ends.map((label) => label.y).sort((a, b) => a - b);
  for (let k = 1; k < ys.length; k++) assert.ok(ys[k] - ys[k - 1] >= 18.9);
  assert.ok(ys[0] >= plot.top && ys[ys.length - 1] <= plot.bottom);
});

test("on a phone there are no labels at the ends, and the plot takes their room", () => {
  const { ends, plot, width } = lossPicture({ ...CHART, width: 328 });
  assert.deepEqual(ends, []);
  assert.ok(width - plot.right < 24);
});

test("a mark sits on its lane's curve", () => {
  const picture = lossPicture(CHART);
  const [flag] = picture.flags;
  assert.equal(flag.x, picture.x(86));
  assert.equal(flag.y, picture.y(CHART.curves[1].losses[86]));
});

test("a mark of a lane that is not there is left out", () => {
  assert.deepEqual(lossPicture({ ...CHART, marks: [{ lane: 5, epoch: 1, text: "" }] }).flags, []);
});

test("a curve that jumps does not shake its label", () => {
  const jumping = (/** @type {number} */ known) => lossPicture({ ...CHART, finish: null, curves: [curve((e) => (e % 2 ? 5 : 1), known)], lanes: [1], labels: ["η 10"] }).ends[0].y;
  assert.ok(Math.abs(jumping(900) - jumping(901)) < 4);
});

test("no data yet: axes, but no curve and no label", () => {
  const picture = lossPicture({ ...CHART, curves: CHART.curves.map((c) => ({ ...c, known: 0 })) });
  assert.ok(picture.curves.every((c) => c.d === ""));
  assert.deepEqual(picture.ends.map((label) => label.text), ["every row off by 0.2"]);
  assert.deepEqual(picture.flags, []);
});

test("lastKnownLoss: the last finite loss up to an epoch", () => {
  const blown = { losses: Float64Array.of(1, 2, Infinity, NaN), known: 4, diverged: 2 };
  assert.equal(lastKnownLoss(blown, 3), 2);
  assert.equal(lastKnownLoss({ ...blown, known: 1 }, 3), 1);
  assert.ok(Number.isNaN(lastKnownLoss({ ...blown, known: 0 }, 3)));
});

test("words of flags never fill the plot: the later ones have their mark only", () => {
  const marks = Array.from({ length: 6 }, (_, i) => ({ lane: 1 + (i % 3), epoch: 80 + i, text: `solved, epoch ${80 + i}` }));
  const phone = lossPicture({ ...CHART, marks, width: 328, height: 230 }).flags;
  assert.equal(phone.length, 6);
  assert.equal(phone.filter((flag) => flag.text !== "").length, 2);
});

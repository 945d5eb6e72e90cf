// @ts-check
// Figure `batch`: where its arrows stand at any play head, and what it says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { aloneArrows, endsOf, togetherArrows } from "../../static/js/batch-arrows.js";
import { PAD, batchPlan } from "../../static/js/batch-plan.js";
import { MOVED, STOPS, grown } from "../../static/js/batch-stops.js";
import { batchWords, finding, rowName } from "../../static/js/batch-words.js";

/** @typedef {import("../../static/js/types.js").BatchAnswer} BatchAnswer */
/** @typedef {[number, number]} Point */

const GRADIENTS = /** @type {Point[]} */ ([[-0.5, -0.25], [0.25, -0.25], [-0.5, -0.125], [-0.25, 0.625]]);
const NAMES = ["0 0", "0 1", "1 0", "1 1"];

/** What the engine would say of these gradients, were they the same wherever the weights are. @returns {BatchAnswer} */
function answer() {
  const start = /** @type {Point} */ ([-0.5, 0.5]);
  const tips = GRADIENTS.map((_, k) => /** @type {Point} */ ([0, 1].map((i) => GRADIENTS.slice(0, k + 1).reduce((sum, g) => sum + g[i], 0))));
  const way = (/** @type {Point} */ [x, y]) => /** @type {Point} */ ([-x, -y]);
  const move = (/** @type {Point} */ gradient, /** @type {Point} */ from) => ({ gradient, length: Math.hypot(...gradient), move: way(gradient), move_length: Math.hypot(...gradient),
    end: /** @type {Point} */ ([from[0] - gradient[0], from[1] - gradient[1]]) });
  /** @type {(ReturnType<typeof move> & {from: Point})[]} */ const moves = [];
  for (const gradient of GRADIENTS) {
    const from = moves.at(-1)?.end ?? start;
    moves.push({ from, ...move(gradient, from) });
  }
  const end = moves[3].end;
  const mean = /** @type {Point} */ ([tips[3][0] / 4, tips[3][1] / 4]);
  return { ok: true, edges: ["h1>o1", "h2>o1"], learning_rate: 1, start, loss: 0.9,
    rows: GRADIENTS.map((gradient, k) => ({ gradient, length: Math.hypot(...gradient), tip: tips[k], loss: 0.9 })),
    sum: { ...move(tips[3], start), loss: 0.5 }, mean: { ...move(mean, start), loss: 0.8 },
    one_at_a_time: { moves, end, length: 1, loss: 0.6, apart: { sum: 0, mean: 0.75 } } };
}

const near = (/** @type {Point} */ a, /** @type {Point} */ b, /** @type {number} */ within = 1e-6) => Math.hypot(a[0] - b[0], a[1] - b[1]) <= within;

/** Where an arrow's head ends. @param {{head: string}} arrow */
const tipOf = ({ head }) => /** @type {Point} */ (/** @type {RegExpExecArray} */ (/^M([\d.-]+) ([\d.-]+)/.exec(head)).slice(1).map(Number));

test("each stop brings one arrow to its end, and the first stops bring one on each side", () => {
  const told = answer(), plan = batchPlan(told, 1200);
  for (let t = 0; t <= STOPS.length; t += 1) {
    assert.equal(togetherArrows(told, plan.together, t, "sum", NAMES).length, t);
    assert.equal(aloneArrows(told, plan.alone, t, NAMES).length, Math.min(4, t));
  }
  assert.equal(togetherArrows(told, plan.together, 1.2, "sum", NAMES).length, 2, "the one under way is there");
});

test("the gradients lie head to tail, their sum goes from the first tail to the last head, the move goes the other way", () => {
  const told = answer(), { together } = batchPlan(told, 1200);
  const [a, b, c, d, sum, move] = togetherArrows(told, together, STOPS.length, "sum", NAMES);
  assert.ok(near(a.shaft[0], together.start));
  for (const [one, next] of [[a, b], [b, c], [c, d]]) assert.ok(near(tipOf(one), next.shaft[0], 0.1));
  assert.ok(near(sum.shaft[0], together.start) && near(tipOf(sum), tipOf(d), 0.1));
  assert.ok(near(move.shaft[0], together.start) && near(tipOf(move), together.at(told.sum.end), 0.1));
  const [s, m] = [tipOf(sum), tipOf(move)].map(([x, y]) => [x - together.start[0], y - together.start[1]]);
  assert.ok(Math.abs(s[0] + m[0]) < 0.2 && Math.abs(s[1] + m[1]) < 0.2);
});

test("the mean is a quarter of the sum, and is seen to be the sum first", () => {
  const told = answer(), { together } = batchPlan(told, 1200);
  const long = (/** @type {number} */ t, /** @type {"sum"|"mean"} */ reduction) => {
    const arrow = togetherArrows(told, together, t, reduction, NAMES).find(({ kind }) => kind === "added");
    return arrow ? Math.hypot(tipOf(arrow)[0] - together.start[0], tipOf(arrow)[1] - together.start[1]) : 0;
  };
  assert.ok(Math.abs(long(5, "mean") * 4 - long(5, "sum")) < 0.5);
  const lengths = Array.from({ length: 101 }, (_, k) => long(4 + k / 100, "mean"));
  assert.ok(Math.max(...lengths) > 0.95 * long(5, "sum") && Math.max(...lengths) < long(5, "sum") + 1e-6);
  assert.equal(long(6, "mean"), long(5, "mean"));
});

test("what is drawn depends on the play head alone, and does not jump", () => {
  const told = answer(), { together, alone } = batchPlan(told, 800);
  const at = (/** @type {number} */ t) => JSON.stringify([togetherArrows(told, together, t, "mean", NAMES), aloneArrows(told, alone, t, NAMES)]);
  assert.equal(at(3.4), at(3.4));
  const places = Array.from({ length: 601 }, (_, k) => togetherArrows(told, together, k / 100, "sum", NAMES)[3]).flatMap((arrow) => (arrow ? [tipOf(arrow)] : []));
  places.slice(1).forEach((place, k) => assert.ok(near(place, places[k], 20)));
  assert.deepEqual([grown(0, 0), grown(1, 0), grown(9, 0)], [0, 1, 1]);
});

for (const width of [328, 700, 1216]) {
  test(`at ${width} px both views are inside, at one scale, and no label lies on another arrow's head`, () => {
    const told = answer(), plan = batchPlan(told, width);
    const arrows = [togetherArrows(told, plan.together, 6, "sum", NAMES), aloneArrows(told, plan.alone, 6, NAMES)];
    for (const [view, own] of /** @type {const} */ ([[plan.together, arrows[0]], [plan.alone, arrows[1]]])) {
      assert.ok(view.box.left >= PAD.left - 1 && view.box.right + PAD.right <= width + 1);
      for (const arrow of own) {
        for (const [x, y] of [...arrow.shaft, tipOf(arrow)]) assert.ok(x >= view.box.left - 1 && x <= view.box.right + 1 && y >= view.box.top - 1 && y <= view.box.bottom + 1);
        for (const other of own) assert.ok(arrow === other || Math.hypot(arrow.label[0] - other.label[0], arrow.label[1] - other.label[1]) > 12);
      }
    }
    const unit = (/** @type {import("../../static/js/batch-plan.js").Panel} */ view) => view.at([1, 0])[0] - view.at([0, 0])[0];
    assert.ok(Math.abs(unit(plan.together) - unit(plan.alone)) < 1e-9);
    assert.ok(plan.height > plan.alone.box.bottom);
    for (const reduction of /** @type {const} */ (["sum", "mean"])) {
      const { words } = endsOf(told, plan.alone, reduction, 94);
      assert.ok(words[0] >= plan.alone.box.left - PAD.left + 46 && words[0] <= plan.alone.box.right + PAD.right - 46);
    }
  });
}

test("each stop has its words; the last says what is the same and what is not, with the engine's numbers", () => {
  const told = answer();
  const said = Array.from({ length: STOPS.length + 1 }, (_, k) => batchWords(told, k, "sum"));
  assert.equal(new Set(said).size, said.length);
  assert.equal(said[MOVED + 1], finding(told, "sum"));
  assert.match(said[6], /One move of 1\.00\. The mean’s is a quarter of it, 0\.25, in the same direction\. One at a time ends 0\.00 away/);
  assert.match(batchWords(told, 6, "mean"), /One move of 0\.25, a quarter of the sum’s 1\.00 in the same direction\. One at a time ends 0\.75 away/);
  assert.equal(rowName([0, 1]), "0\u00a01");
});

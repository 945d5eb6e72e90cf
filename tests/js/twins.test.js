// @ts-check
// Figure `twins` and the table of plateaus: alike is alike in every bit, and where a run stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plateauAt } from "../../static/js/plateaus.js";
import { PAIRS, alike, framesUntil, strideOf, twinsPlan } from "../../static/js/twins-plan.js";
import { twinsEvidence, twinsHeadline } from "../../static/js/twins-words.js";

/** @typedef {import("../../static/js/types.js").RunFrame} RunFrame */
/** @typedef {import("../../static/js/types.js").LaneFrame} LaneFrame */

/** @param {number} epoch @param {number} gap @param {LaneFrame["verdict"]["kind"]} [kind] @returns {RunFrame} */
function frame(epoch, gap, kind = "learning") {
  const parameters = Float64Array.of(1, 1 + gap, -0.5, -0.5 - gap, 2, 2 + gap, 0.3 + epoch / 300, 0.3 - gap, 0);
  if (gap === 0) parameters[7] = parameters[6];
  return { epoch, lanes: [{ parameters, outputs: Float64Array.of(0.338, 0.99, 0.33, 0.335), gradNorm: 0.1, loss: 0.485, surface: null, verdict: { kind, at: 250, uphill: 0, steps: epoch } }] };
}

test("alike is alike to the last bit, biases too", () => {
  assert.ok(alike(frame(0, 0).lanes[0].parameters));
  for (const { second } of PAIRS) {
    const parameters = frame(0, 0).lanes[0].parameters.slice();
    parameters[second] *= 1 + Number.EPSILON;
    assert.ok(!alike(parameters));
  }
});

test("the curve is of frames evenly apart, up to the shown epoch and with it", () => {
  const frames = new Map([12, 0, 5, 4, 8, 9, 10].map((epoch) => [epoch, frame(epoch, 0)]));
  assert.deepEqual(framesUntil(frames, 10, 4).map(({ epoch }) => epoch), [0, 4, 8, 10]);
  assert.deepEqual(framesUntil(frames, 3, 4).map(({ epoch }) => epoch), [0]);
});

test("a curve is of at most so many frames as one answer holds, first and last among them", () => {
  assert.deepEqual([1, 250, 251, 1000, 5000, 99_999].map(strideOf), [1, 1, 2, 4, 20, 400]);
  for (const epochs of [1, 999, 5000, 99_999]) assert.ok(Math.floor(epochs / strideOf(epochs)) + 1 <= 256);
});

test("no line is drawn over epochs whose frames have not come", () => {
  const there = [0, 20, 40, 100, 120, 127].map((epoch) => frame(epoch, 0.5));
  for (const { first, second } of twinsPlan(there, there, 5000, 700).panels) {
    for (const path of [first, second]) assert.equal(path.replace(/[^ML]/g, ""), "MLLMLL");
  }
});

for (const width of [284, 519, 520, 700, 1000]) {
  test(`at ${width} px each pair has a chart, its curves inside, its labels apart`, () => {
    for (const gap of [0, 0.001, 3]) {
      const frames = Array.from({ length: 6 }, (_, k) => frame(k * 200, gap));
      const p = twinsPlan(frames, frames, 1000, width);
      assert.equal(p.panels.length, 3);
      assert.ok(p.up.length >= 3);
      for (const { box, first, second, ends } of p.panels) {
        assert.ok(box.left >= 40 && box.right <= width - 30 && box.bottom <= p.height);
        for (const d of [first, second]) {
          const points = d.split(/[ML]/).slice(1).map((pair) => pair.split(" ").map(Number));
          assert.equal(points.length, frames.length);
          for (const [x, y] of points) assert.ok(x >= box.left - 0.1 && x <= box.right + 0.1 && y >= box.top - 0.1 && y <= box.bottom + 0.1);
        }
        if (gap === 0) assert.deepEqual([ends.map(({ text }) => text), first], [["both"], second]);
        else assert.ok(Math.abs(ends[0].y - ends[1].y) >= 14.9, `${ends[0].y} ${ends[1].y}`);
      }
    }
  });
}

test("headline and evidence say what is so, with the numbers of the frame", () => {
  const [same] = frame(1000, 0).lanes, [other] = frame(1000, 0.5, "solved").lanes;
  assert.equal(twinsHeadline(same, 1000), "Alike to the last bit after 1000 epochs");
  assert.equal(twinsHeadline(same, 1), "Alike to the last bit after 1 epoch");
  assert.equal(twinsHeadline(other, 1000), "Parted. Solved at epoch 250");
  assert.match(twinsEvidence(same, 1000, 0.01), /^Mean loss 0\.485\. The four rows get 0\.34, 0\.99, 0\.33, 0\.34\. Same blame/);
  assert.match(twinsEvidence(other, 0, 0.01), /One weight, from A to h1, is 0\.01 larger/);
});

test("outputs stand at a plateau within so much at every row, and at none otherwise", () => {
  const plateaus = [{ name: "half", outputs: [[0.5, 0.5, 0.5, 0.5]] }, { name: "one", outputs: [[0, 2 / 3, 2 / 3, 2 / 3], [1 / 3, 1, 1 / 3, 1 / 3]] }];
  assert.equal(plateauAt([0.5, 0.51, 0.49, 0.5], plateaus, 0.02), "half");
  assert.equal(plateauAt([0.338, 0.99, 0.33, 0.335], plateaus, 0.02), "one");
  assert.equal(plateauAt([0.5, 0.53, 0.5, 0.5], plateaus, 0.02), null);
  assert.equal(plateauAt([0.5, 0.5], plateaus, 0.02), null);
  assert.equal(plateauAt([0.01, 0.99, 0.98, 0.01], plateaus, 0.02), null);
});

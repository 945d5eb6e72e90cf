// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { evidence, headline } from "../../static/js/verdict-words.js";
import { KINDS } from "./run-fixture.js";

/** @typedef {import("../../static/js/types.js").LaneFrame} LaneFrame */

/** @param {LaneFrame["verdict"]["kind"]} kind @param {Partial<LaneFrame["verdict"]> & {loss?: number | null}} [more] @returns {LaneFrame} */
const lane = (kind, { loss = 0.25, ...more } = {}) => ({
  parameters: new Float64Array(), outputs: new Float64Array(), gradNorm: 0, loss, surface: null, verdict: { kind, at: 12345, uphill: 0, steps: 500, ...more },
});

test("headlines", () => {
  assert.deepEqual(KINDS.map((kind) => headline(lane(kind, { at: 86 }).verdict)),
    ["Ready", "Just begun", "Still crawling", "Learning", "Solved at epoch 86", "Stuck", "Worse than at first", "Bouncing", "Going in circles", "Chaotic", "Diverged at epoch 86"]);
  assert.equal(headline(lane("solved").verdict), "Solved at epoch 12\u202f345");
});

test("the evidence has the numbers", () => {
  assert.equal(evidence(lane("ready", { loss: 0.7 }), 0.7), "Loss 0.700. No step taken yet.");
  assert.equal(evidence(lane("crawling", { loss: 0.69 }), 0.72), "After 500 steps, none of them uphill, the loss is only 0.690, from 0.720.");
  assert.equal(evidence(lane("crawling", { loss: 0.69, steps: 1 }), 0.72), "After 1 step, none of them uphill, the loss is only 0.690, from 0.720.");
  assert.equal(evidence(lane("crawling", { uphill: 2 }), 0.3), "After 500 steps the loss is only 0.250, from 0.300. 2 of 500 steps went uphill.");
  assert.equal(evidence(lane("crawling", { loss: 0.7 }), 0.7), "After 500 steps the loss is 0.700, no better than the 0.700 it began with.");
  assert.equal(evidence(lane("learning"), 0.9), "Loss 0.250, from 0.900. No step went uphill.");
  assert.equal(evidence(lane("learning", { uphill: 1, steps: 1 }), 0.9), "Loss 0.250, from 0.900. 1 of 1 step went uphill.");
  assert.equal(evidence(lane("solved", { loss: 0.0001 }), 0.9), "Loss 1.0·10⁻⁴. No step went uphill.");
  assert.equal(evidence(lane("solved", { uphill: 3 }), 0.9), "Loss 0.250. 3 of 500 steps went uphill.");
});

test("what goes on for ever says since when", () => {
  assert.equal(evidence(lane("begun", { loss: 0.7, steps: 3 }), 0.71), "Loss 0.700, from 0.710. No step went uphill.");
  assert.equal(evidence(lane("stuck", { loss: 0.693, at: 0 }), 0.693), "The loss has hardly moved from 0.693 since the start.");
  assert.equal(evidence(lane("stuck", { loss: 3.75, at: 40 }), 0.7), "The loss has hardly moved from 3.750 since epoch 40; it began with 0.700.");
  assert.equal(evidence(lane("worse", { loss: 3.75, uphill: 44, steps: 86 }), 0.7), "The loss is 3.750; it began with 0.700. 44 of 86 steps went uphill.");
  assert.equal(evidence(lane("bouncing", { at: 6, uphill: 250 }), 0.7), "To and fro between the same two losses since epoch 6. 250 of 500 steps went uphill.");
  assert.equal(evidence(lane("cycling", { uphill: 333 }), 0.7), "Round the same few losses since epoch 12\u202f345. 333 of 500 steps went uphill.");
});

test("chaos worse than the start, and not", () => {
  assert.equal(evidence(lane("chaotic", { uphill: 300, loss: 2.5 }), 0.7), "300 of 500 steps went uphill. The loss, 2.500, is worse than at the start.");
  assert.equal(evidence(lane("chaotic", { uphill: 300, loss: 0.5 }), 0.7), "300 of 500 steps went uphill. The loss, 0.500, does not settle.");
});

test("a lane that diverged has no loss to show", () => {
  assert.equal(evidence(lane("diverged", { loss: null, uphill: 40, steps: 43 }), 0.7),
    "40 of 43 steps went uphill, until its numbers could not be written down. You see the last state before that.");
  assert.equal(evidence(lane("diverged", { loss: null }), 0.7), "No step went uphill, until its numbers could not be written down. You see the last state before that.");
});

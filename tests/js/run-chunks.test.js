// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeChunk } from "../../static/js/run-chunks.js";
import { KINDS, answerTo, lossAt } from "./run-fixture.js";

test("losses come lane after lane", () => {
  const { losses, frames } = decodeChunk(answerTo({ epoch: 3, stop: 6 }, { lanes: 3 }), KINDS);
  assert.deepEqual(losses.map((row) => [...row]), [0, 1, 2].map((lane) => [3, 4, 5].map((epoch) => lossAt(1, lane, epoch))));
  assert.deepEqual(frames, []);
});

test("a frame has each lane's own numbers", () => {
  const { frames } = decodeChunk(answerTo({ epoch: 3, stop: 12, every: 4, grid: 2 }, { tag: 5 }), KINDS);
  assert.deepEqual(frames.map(({ epoch }) => epoch), [4, 8]);
  frames.forEach(({ epoch, lanes }) => lanes.forEach((frame, lane) => {
    assert.deepEqual([...frame.parameters], [5, lane, epoch]);
    assert.deepEqual([...frame.outputs], [epoch + 0.25, epoch + 0.5]);
    assert.equal(frame.gradNorm, lane === 1 ? null : 0.125);
    assert.equal(frame.loss, lossAt(5, lane, epoch));
    assert.deepEqual(frame.verdict, { kind: "learning", at: epoch, uphill: lane, steps: epoch });
    assert.deepEqual([...(frame.surface ?? [])], [0, 1, 2, 3].map((k) => epoch + lane + k));
  }));
});

test("no surface where none was asked for", () => {
  const { frames } = decodeChunk(answerTo({ epoch: 0, stop: 1, every: 1 }), KINDS);
  assert.equal(frames[0].lanes[0].surface, null);
  assert.equal(frames[0].lanes[0].verdict.kind, "ready");
});

test("a lane that has diverged has no loss from there on", () => {
  const { frames } = decodeChunk(answerTo({ epoch: 0, stop: 6, every: 1 }, { diverged: [null, 4] }), KINDS);
  assert.deepEqual(frames.map(({ lanes }) => lanes[1].loss === null), [false, false, false, false, true, true]);
  assert.ok(frames.every(({ lanes }) => lanes[0].loss !== null));
});

test("nothing is copied: a frame is a window on the buffer", () => {
  const answer = answerTo({ epoch: 0, stop: 5, every: 1, grid: 3 });
  const { losses, frames } = decodeChunk(answer, KINDS);
  const [{ parameters, surface }] = frames[2].lanes;
  for (const part of [losses[0], parameters, surface]) assert.equal(part?.buffer, answer.body);
});

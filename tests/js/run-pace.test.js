// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { aheadAt, paceAt, strideAt } from "../../static/js/run-pace.js";

const SPEEDS = [1, 10, 60, 61, 100, 1000, Infinity];
const LENGTHS = [1, 2, 240, 241, 1000, 1001, 10000, 100000];

test("every epoch is drawn up to 60 a second, then every second, fifth, tenth, ...", () => {
  assert.deepEqual([1, 10, 60, 61, 120, 121, 300, 1000, 6000].map((speed) => strideAt(speed, 1000)), [1, 1, 1, 2, 2, 5, 5, 20, 100]);
});

test("as fast as it goes: the whole run in three to five seconds of frames, a short one not faster than an epoch a frame", () => {
  assert.deepEqual([100, 240, 241, 1000, 10000, 100000].map((epochs) => strideAt(Infinity, epochs)), [1, 1, 2, 5, 50, 500]);
  for (const epochs of LENGTHS.slice(3)) {
    const seconds = epochs / paceAt(Infinity, epochs);
    assert.ok(seconds > 1.5 && seconds <= 4, `${epochs} epochs in ${seconds} s`);
  }
});

test("no more is drawn than the screen has frames, and no less than the speed asks for", () => {
  for (const speed of SPEEDS) {
    for (const epochs of LENGTHS) {
      assert.ok(paceAt(speed, epochs) / strideAt(speed, epochs) <= 60);
      if (speed !== Infinity) assert.equal(paceAt(speed, epochs), speed);
    }
  }
});

test("what is fetched ahead lasts a second and a half, and is two epochs at least", () => {
  assert.equal(aheadAt(1, 1000), 2);
  assert.equal(aheadAt(100, 1000), 150);
  for (const speed of SPEEDS) {
    for (const epochs of LENGTHS) {
      const ahead = aheadAt(speed, epochs);
      assert.ok(Number.isInteger(ahead) && ahead >= 2 && ahead >= 1.5 * paceAt(speed, epochs));
      assert.ok(ahead >= strideAt(speed, epochs), "the next frame is within reach");
    }
  }
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { count, decadeTicks, linearTicks, niceStep, wholeTicks } from "../../static/js/ticks.js";

const texts = (/** @type {import("../../static/js/ticks.js").Tick[]} */ ticks) => ticks.map((t) => t.text);

test("count: grouped from five digits on, with a space that does not break", () => {
  assert.equal(count(1000), "1000");
  assert.equal(count(10000), "10\u202f000");
  assert.equal(count(1234567), "1\u202f234\u202f567");
  assert.equal(count(-20000), "−20\u202f000");
});

for (const [least, step] of [[1, 1], [1.01, 2], [2.5, 5], [5.1, 10], [0.03, 0.05], [0.1, 0.1], [70, 100]]) {
  test(`niceStep(${least}) is ${step}`, () => assert.equal(niceStep(least), step));
}

test("linearTicks: the same decimals for all, no dust of floating point", () => {
  assert.deepEqual(texts(linearTicks(0, 0.3, 3)), ["0.0", "0.1", "0.2", "0.3"]);
  assert.deepEqual(texts(linearTicks(0, 10, 5)), ["0", "2", "4", "6", "8", "10"]);
  assert.deepEqual(linearTicks(0, 0.3, 3).map((t) => t.value), [0, 0.1, 0.2, 0.3]);
});

test("decadeTicks: decades are written 10, 1, 0.1, 0.01", () => {
  assert.deepEqual(texts(decadeTicks(0.003, 12, 6)), ["0.01", "0.1", "1", "10"]);
});

test("decadeTicks: far ones are powers of ten, and too many are thinned alike", () => {
  const ticks = decadeTicks(1e-12, 10, 5);
  assert.ok(ticks.length <= 5);
  assert.deepEqual(ticks.map((t) => t.power), ["−12", "−9", "−6", null, null]);
  assert.deepEqual(ticks.map((t) => t.value), [1e-12, 1e-9, 1e-6, 1e-3, 1]);
});

test("wholeTicks: labels have room between them at every width and end", () => {
  const charPx = 7.2;
  for (const widthPx of [200, 260, 320, 640, 1216]) {
    for (const end of [1, 7, 50, 86, 500, 1000, 9999, 10000, 250000]) {
      const ticks = wholeTicks(0, end, widthPx, charPx);
      assert.ok(ticks.length >= 1 && ticks.every((t) => Number.isInteger(t.value)), `${end} on ${widthPx}`);
      for (let k = 1; k < ticks.length; k++) {
        const apart = ((ticks[k].value - ticks[k - 1].value) / end) * widthPx;
        const needed = ((ticks[k].text.length + ticks[k - 1].text.length) / 2) * charPx;
        assert.ok(apart > needed + charPx, `${ticks[k].text} of ${end} on ${widthPx}`);
      }
    }
  }
});

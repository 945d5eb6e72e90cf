// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { hoist } from "../../static/js/flags.js";

test("words stand right of their line, and left where they would leave the chart", () => {
  const [first, last] = hoist([{ x: 100, widthPx: 80 }, { x: 570, widthPx: 80 }], 50, 600);
  assert.deepEqual([first.side, first.row], ["start", 0]);
  assert.deepEqual([last.side, last.row], ["end", 0]);
});

test("words that would meet go a row down each", () => {
  const placed = hoist([{ x: 130, widthPx: 100 }, { x: 100, widthPx: 100 }, { x: 150, widthPx: 100 }], 0, 600);
  assert.deepEqual(placed.map((p) => p.row), [1, 0, 2]);
});

test("words wider than the chart stay right of their line", () => {
  assert.equal(hoist([{ x: 60, widthPx: 400 }], 50, 200)[0].side, "start");
});

test("no two words meet, whatever the epochs", () => {
  let state = 11;
  const random = () => { state = (state * 16807) % 2147483647; return state / 2147483647; };
  for (let round = 0; round < 100; round++) {
    const flags = Array.from({ length: 6 }, () => ({ x: 50 + random() * 550, widthPx: 60 + random() * 80 }));
    const placed = hoist(flags, 50, 600);
    placed.forEach((a, i) => placed.forEach((b, j) => {
      if (i < j && a.row === b.row) assert.ok(a.to <= b.from || b.to <= a.from);
    }));
  }
});

// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  advance, cubicBezier, easeOut, easeTravel, entryTime, progress, REST_MS, SPEEDS, travelled, travelTime,
} from "../../static/js/clock.js";
import { answerFor } from "./fixture.js";

const tape = answerFor();
const length = tape.entries.length;
const wholeMs = tape.entries.reduce((sum, entry) => sum + entryTime(entry), 0);
/** @param {number} got @param {number} wanted @param {number} [within] */
const near = (got, wanted, within = 1e-9) => assert.ok(Math.abs(got - wanted) <= within, `${got} is not ${wanted}`);

test("travel times: along an edge 620, in a node 380, landing on a weight 380, changing in place 240", () => {
  const times = Object.fromEntries(["h1.z", "h1.a", "loss", "o1.loss", "o1.grad_a", "o1.slope", "o1.delta", "blame:h1>o1", "grad:h1>o1", "change:b>o1", "new:b>o1"]
    .map((id) => [id, travelTime({ id })]));
  assert.deepEqual(times, {
    "h1.z": 620, "h1.a": 380, loss: 620, "o1.loss": 620, "o1.grad_a": 380, "o1.slope": 380, "o1.delta": 380,
    "blame:h1>o1": 620, "grad:h1>o1": 380, "change:b>o1": 240, "new:b>o1": 240,
  });
});

test("one pass takes about 25 s at speed 1, with biases and without", () => {
  near(wholeMs, 25000, 3000);
  near(answerFor({ biases: false }).entries.reduce((sum, entry) => sum + entryTime(entry), 0), 25000, 3000);
});

test("travelled: an entry sets out at once, arrives, and rests until its time is up", () => {
  const entry = { id: "h1.z" };
  const wholeMs = travelTime(entry) + REST_MS;
  assert.equal(entryTime(entry), wholeMs);
  assert.equal(travelled(entry, 0), 0);
  near(travelled(entry, 310 / wholeMs), 0.5);
  assert.ok(travelled(entry, 619 / wholeMs) < 1);
  assert.equal(travelled(entry, 621 / wholeMs), 1);
  assert.equal(travelled(entry, 1), 1);
});

test("advance: one entry's time is one step; half of it, half a step", () => {
  const first = entryTime(tape.entries[0]);
  assert.equal(advance(0, first, tape, 1), 1);
  assert.equal(advance(0, first / 2, tape, 1), 0.5);
  assert.equal(advance(0, first / 4, tape, 2), 0.5);
  assert.equal(advance(0, 2 * first, tape, 0.25), 0.5);
});

test("advance: crosses several entries at once and comes out where they end", () => {
  const [first, second, third] = tape.entries.map(entryTime);
  near(advance(0, first + second + third / 2, tape, 1), 2.5);
  near(advance(0.5, (first / 2 + second + third) / 16, tape, 16), 3);
});

test("advance: any split of the time ends in the same place", () => {
  for (const dtMs of [1000 / 60, 7, 250, 3000]) {
    let t = 0;
    for (let spent = 0; spent < 10000; spent += dtMs) t = advance(t, Math.min(dtMs, 10000 - spent), tape, 1);
    near(t, advance(0, 10000, tape, 1), 1e-6);
  }
});

test("advance: stops at the end, exactly", () => {
  assert.equal(advance(0, wholeMs * 2, tape, 1), length);
  assert.equal(advance(length, 1000, tape, 16), length);
  assert.equal(advance(0, Infinity, tape, 1), length);
  assert.equal(advance(0, 10, { entries: [] }, 1), 0);
});

test("advance: no time, no way; a head outside the tape is brought in", () => {
  assert.equal(advance(3.25, 0, tape, 16), 3.25);
  assert.equal(advance(3.25, -50, tape, 1), 3.25);
  assert.equal(advance(3.25, NaN, tape, 1), 3.25);
  assert.equal(advance(length + 9, 0, tape, 1), length);
  assert.equal(advance(-1, 0, tape, 1), 0);
});

test("advance: never goes back, not by rounding either, and always gets there", () => {
  let t = 0;
  let frames = 0;
  while (t < length) {
    const next = advance(t, 0.37, tape, 1);
    assert.ok(next > t && next <= length);
    t = next;
    frames += 1;
  }
  near(frames, Math.ceil(wholeMs / 0.37), 1);
});

test("progress: known entries and the fraction of the next", () => {
  assert.deepEqual(progress(0), { index: 0, fraction: 0 });
  assert.deepEqual(progress(3.25), { index: 3, fraction: 0.25 });
  assert.deepEqual(progress(length), { index: length, fraction: 0 });
});

test("speeds rise from a quarter to sixteen, and 1 is among them", () => {
  assert.deepEqual([...SPEEDS], [0.25, 0.5, 1, 2, 4, 16]);
  assert.ok(Object.isFrozen(SPEEDS));
});

test("easings start at 0, end at 1, never turn back, and hold their ends outside", () => {
  for (const ease of [easeTravel, easeOut]) {
    assert.equal(ease(0), 0);
    assert.equal(ease(1), 1);
    assert.equal(ease(-1), 0);
    assert.equal(ease(2), 1);
    let before = 0;
    for (let i = 1; i <= 1000; i += 1) {
      const now = ease(i / 1000);
      assert.ok(now >= before && now <= 1, `at ${i}`);
      before = now;
    }
  }
});

test("a bezier is solved for time: at x(s) it gives y(s)", () => {
  /** @param {number} s @param {number} p @param {number} q */
  const along = (s, p, q) => 3 * (1 - s) ** 2 * s * p + 3 * (1 - s) * s * s * q + s ** 3;
  for (const [x1, y1, x2, y2] of [[0.45, 0.05, 0.35, 1], [0.2, 0.7, 0.2, 1], [0.42, 0, 0.58, 1], [1, 0, 0, 1], [0, 1, 1, 0], [0.3, 1.25, 0.5, 1]]) {
    const ease = cubicBezier(x1, y1, x2, y2);
    for (let i = 1; i < 100; i += 1) {
      if (i === 50 && x1 === 1) continue; // upright there: every y belongs to that x
      near(ease(along(i / 100, x1, x2)), along(i / 100, y1, y2), 1e-6);
    }
  }
  const straight = cubicBezier(1 / 3, 1 / 3, 2 / 3, 2 / 3);
  for (const time of [0.1, 0.5, 0.9]) near(straight(time), time);
});

test("the easings are those of tokens.css", () => {
  const css = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");
  for (const [name, ease] of /** @type {const} */ ([["--ease-travel", easeTravel], ["--ease-out", easeOut]])) {
    const [x1, y1, x2, y2] = new RegExp(`${name}: cubic-bezier\\(([^)]+)\\)`).exec(css)?.[1].split(",").map(Number) ?? [];
    const fromCss = cubicBezier(x1, y1, x2, y2);
    for (const time of [0.1, 0.3, 0.5, 0.7, 0.9]) assert.equal(ease(time), fromCss(time));
  }
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeChunk } from "../../static/js/run-chunks.js";
import { RunStore } from "../../static/js/run-store.js";
import { KINDS, answerTo, lossAt } from "./run-fixture.js";

/** @param {RunStore} store @param {Parameters<typeof answerTo>[0]} asked @param {Parameters<typeof answerTo>[1]} [engine] */
function keep(store, asked, engine) {
  const answer = answerTo(asked, engine);
  store.keep(answer, decodeChunk(answer, KINDS));
}

/** @param {RunStore} store @param {number} lane */
const known = (store, lane) => [...store.curves[lane].losses.subarray(0, store.curves[lane].known)];
/** @param {number} lane @param {number} stop */
const upTo = (lane, stop) => Array.from({ length: stop }, (_, epoch) => lossAt(1, lane, epoch));

test("losses grow as far as they join on", () => {
  const store = new RunStore(2);
  keep(store, { epoch: 0, stop: 3 });
  keep(store, { epoch: 5, stop: 9 }); // a gap: not kept
  assert.equal(store.known, 3);
  keep(store, { epoch: 2, stop: 6 }); // overlaps
  keep(store, { epoch: 0, stop: 4 }); // nothing new
  assert.equal(store.known, 6);
  for (const lane of [0, 1]) assert.deepEqual(known(store, lane), upTo(lane, 6));
});

test("losses of 10 000 epochs, in chunks of any size", () => {
  const store = new RunStore(2);
  for (let epoch = 0; epoch < 10000; epoch += 777) keep(store, { epoch, stop: Math.min(10000, epoch + 777) });
  assert.equal(store.known, 10000);
  assert.deepEqual(known(store, 1), upTo(1, 10000));
});

test("curves are new objects when they have grown, so that views see it, and the same when not", () => {
  const store = new RunStore(2);
  keep(store, { epoch: 0, stop: 3 });
  const before = store.curves;
  keep(store, { epoch: 0, stop: 3 });
  assert.equal(store.curves, before);
  keep(store, { epoch: 3, stop: 4 });
  assert.notEqual(store.curves, before);
  assert.notEqual(store.curves[0], before[0]);
  assert.equal(before[0].known, 3);
});

test("a lane's curve ends where it diverged, the other goes on", () => {
  const store = new RunStore(2);
  keep(store, { epoch: 0, stop: 4 }, { diverged: [null, 6] });
  assert.deepEqual(store.curves.map(({ known: to, diverged }) => [to, diverged]), [[4, null], [4, null]]);
  keep(store, { epoch: 4, stop: 9 }, { diverged: [null, 6] });
  assert.deepEqual(store.curves.map(({ known: to, diverged }) => [to, diverged]), [[9, null], [6, 6]]);
  keep(store, { epoch: 9, stop: 20 }, { diverged: [null, 6] });
  assert.deepEqual(store.curves.map(({ known: to, diverged }) => [to, diverged]), [[20, null], [6, 6]]);
});

test("frames beyond the known losses are kept too", () => {
  const store = new RunStore(2);
  keep(store, { epoch: 0, stop: 1, every: 1 });
  keep(store, { epoch: 700, stop: 701, every: 1 });
  assert.equal(store.known, 1);
  assert.equal(store.frames.get(700)?.lanes[1].parameters[2], 700);
});

test("what is missing: in steps from a multiple, to the end and not beyond", () => {
  const store = new RunStore(2);
  assert.equal(store.missing(0, 5, 20), 0);
  keep(store, { epoch: 0, stop: 11, every: 5 });
  assert.equal(store.missing(0, 5, 20), 15);
  assert.equal(store.missing(3.7, 5, 20), 15);
  assert.equal(store.missing(0, 5, 14), null);
  assert.equal(store.missing(16, 5, 20), 20);
  assert.equal(store.missing(0, 2, 20), 2);
  keep(store, { epoch: 15, stop: 21, every: 5 });
  assert.equal(store.missing(0, 5, 20), null);
});

test("at most 3000 frames are kept: the start, and the newest", () => {
  const store = new RunStore(1);
  for (let epoch = 0; epoch < 4000; epoch += 100) keep(store, { epoch, stop: epoch + 100, every: 1 }, { lanes: 1 });
  assert.equal(store.frames.size, 3000);
  assert.ok(store.frames.has(0) && store.frames.has(3999) && store.frames.has(1001) && !store.frames.has(1000));
  assert.equal(store.known, 4000);
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { runEvidence } from "../../static/js/convention-evidence.js";
import { adaptiveNote, reductionNote } from "../../static/js/convention-notes.js";
import { Conventions } from "../../static/js/figures/conventions.js";
import { specOf } from "./run-fixture.js";

/** @param {number} rows @param {string[]} optimizers @param {Partial<import("../../static/js/types.js").RunSpec>} [more] */
function spec(rows, optimizers, more = {}) {
  const plain = specOf(optimizers.map(() => 0.5));
  return { ...plain, data: { x: Array(rows).fill([0, 0]), y: Array(rows).fill([0]) }, lanes: plain.lanes.map((lane, i) => ({ ...lane, optimizer: optimizers[i] })), ...more };
}

test("four rows in one step are four times as much", () => {
  assert.equal(reductionNote(spec(4, ["sgd"])), "An epoch takes four rows: their sum is four times their mean, as if the learning rate were four times as large.");
  assert.equal(reductionNote(spec(4, ["sgd"], { batch: null })), reductionNote(spec(4, ["sgd"], { batch: 9 })));
  const { lanes, ...rest } = spec(4, ["sgd"]);
  assert.match(reductionNote({ ...rest, lanes: lanes.map((lane) => ({ ...lane, optimizer: undefined })) }), /learning rate/, "a lane without a name is of sgd");
});

test("other numbers of rows are counted", () => {
  assert.equal(reductionNote(spec(2, ["momentum", "nesterov"])), "An epoch takes two rows: their sum is twice their mean, as if the learning rate were twice as large.");
  assert.equal(reductionNote(spec(16, ["sgd"])), "An epoch takes 16 rows: their sum is 16 times their mean, as if the learning rate were 16 times as large.");
  assert.equal(reductionNote(spec(1, ["sgd"])), "An epoch takes one row, which is its own mean, so nothing changes.");
});

test("a step takes a batch", () => {
  assert.equal(reductionNote(spec(4, ["sgd"], { batch: 1 })), "A step takes one row, which is its own mean, so no step changes.");
  assert.equal(reductionNote(spec(4, ["adam"], { batch: 1 })), reductionNote(spec(4, ["sgd"], { batch: 1 })));
  assert.equal(reductionNote(spec(4, ["sgd"], { batch: 2 })), "A step takes two rows: their sum is twice their mean, as if the learning rate were twice as large.");
  assert.equal(reductionNote(spec(4, ["sgd"], { batch: 3 })), "A step takes three rows, an epoch’s last step fewer: a sum is as many times a mean as there are rows.");
});

test("who divides by the gradient's size is hardly moved by it", () => {
  assert.equal(reductionNote(spec(4, ["adam", "adam"])), "An epoch takes four rows: their sum is four times their mean. Adam’s steps hardly change.");
  assert.equal(reductionNote(spec(4, ["sgd", "rmsprop", "adam"])), "An epoch takes four rows: their sum is four times their mean. Adam’s and RMSprop’s steps hardly change.");
  assert.match(reductionNote(spec(5, ["rmsprop"], { batch: 2 })), /as there are rows\. RMSprop’s steps hardly change\.$/);
  assert.deepEqual([adaptiveNote(spec(4, ["sgd", "momentum"])), adaptiveNote(spec(4, ["sgd", "adam"]))], ["", "Adam’s steps hardly change."]);
});

test("the note of a run is of its own spec, and says so where runs differ", () => {
  const lane = (/** @type {number} */ by) => /** @type {any} */ ({ loss: 0.7 * by, gradNorm: 0.1 * by, outputs: [0.5] });
  const race = runEvidence("reduction", "race", lane(1), lane(4), spec(4, ["sgd", "adam"]));
  const xor = runEvidence("reduction", "XOR", lane(1), lane(4), spec(4, ["sgd"]));
  const store = new Conventions();
  store.choose("reduction", "sum");
  store.prove("reduction", "race", { ...race, note: xor.note });
  store.prove("reduction", "xor", xor);
  store.prove("reduction", "passes", { changed: [], same: [], note: "One pass is one row." });
  assert.equal(store.proof("reduction")?.note, `One pass is one row. ${xor.note}`);
  store.prove("reduction", "race", race);
  assert.equal(store.proof("reduction")?.note, `One pass is one row. Race: ${race.note} XOR: ${xor.note}`);
  assert.equal(runEvidence("half", "race", lane(1), lane(2), spec(4, ["adam"])).note, "Adam’s steps hardly change.");
  assert.equal(runEvidence("half", "race", lane(0), lane(0), spec(4, ["adam"])).note, "");
});

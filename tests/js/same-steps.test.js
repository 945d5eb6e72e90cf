// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { rateFor, rewritten, trainsLike } from "../../static/js/same-steps.js";
import { specOf } from "./run-fixture.js";

const rates = (/** @type {import("../../static/js/types.js").RunSpec} */ { lanes }) => lanes.map(({ learning_rate: rate }) => rate);

test("a rate for the mean is a share of it where rows are added up", () => {
  const spec = specOf([1]);
  const rows = spec.data.x.length;
  assert.equal(rateFor(2, spec), 2);
  assert.equal(rateFor(2, { ...spec, reduction: "mean" }), 2);
  assert.equal(rateFor(2, { ...spec, reduction: "sum" }), 2 / rows);
  assert.equal(rateFor(2, { ...spec, reduction: "sum", batch: 2 }), 1);
  assert.equal(rateFor(2, { ...spec, reduction: "sum", batch: 1000 }), 2 / rows);
});

test("a run written with other conventions takes the same steps", () => {
  const spec = { ...specOf([1, 3]), loss: /** @type {const} */ ("squared_error") };
  const rows = spec.data.x.length;
  assert.deepEqual(rates(rewritten(spec, {})), [1, 3]);
  assert.deepEqual(rates(rewritten(spec, { loss: "half_squared_error" })), [2, 6]);
  assert.deepEqual(rates(rewritten(spec, { reduction: "sum" })), [1 / rows, 3 / rows]);
  const both = rewritten(spec, { loss: "half_squared_error", reduction: "sum" });
  assert.deepEqual([both.loss, both.reduction, rates(both)], ["half_squared_error", "sum", [2 / rows, 6 / rows]]);
  assert.deepEqual(rates(spec), [1, 3], "the run itself is as it was");
  assert.deepEqual(rates(rewritten(both, { loss: "squared_error", reduction: "mean" })), [1, 3]);
});

test("a run trains like another whatever its rate, reduction and start", () => {
  const spec = specOf([1]);
  assert.ok(trainsLike({ ...specOf([7]), reduction: "sum", v: 1 }, spec));
  for (const change of [{ batch: 1 }, { biases: !spec.biases }, { loss: /** @type {const} */ ("squared_error") }, { layers: [2, 7, 1] }]) assert.ok(!trainsLike({ ...spec, ...change }, spec));
});

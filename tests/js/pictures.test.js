// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { alwaysLarger, growthRows } from "../../static/js/growth-picture.js";
import { productAt, roundAbove } from "../../static/js/product-picture.js";
import { outlines, ROW_PX, streamsAt } from "../../static/js/streams-picture.js";
import { makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";

const QUARTER = () => 0.25;
/** @typedef {import("../../static/js/tape.js").Tape} Tape */
/** @param {Tape} tape @param {string} id */
const value = (tape, id) => /** @type {{value: number}} */ (tape.byId.get(id)).value;

test("an output's product fills up as its numbers come", () => {
  const tape = makeTape(answerFor());
  const at = (/** @type {string} */ id) => /** @type {import("../../static/js/product-picture.js").Product} */ (productAt(tape, tape.indexOf(id), QUARTER));
  assert.deepEqual([at("o1.grad_a").slope?.value, at("o1.grad_a").delta.value, at("o1.grad_a").remark], [null, null, "waiting"]);
  assert.equal(at("o1.slope").slope?.value, value(tape, "o1.slope"));
  const { blame, slope, delta, whole } = at("o1.delta");
  assert.ok(blame?.share && slope?.share && delta.share && whole);
  assert.equal(slope.share, value(tape, "o1.slope") / 0.25);
  assert.ok(Math.abs(delta.share - blame.share * slope.share) < 1e-12, "the product's bar is the product of the bars");
  assert.equal(whole, blame.share, "the outline is what the steepest slope would leave");
});

test("there is a product at delta and slope of any neuron, at grad_a of outputs, and nowhere else", () => {
  const tape = makeTape(answerFor({ layers: [2, 2, 2] }));
  for (const [k, { id }] of tape.entries.entries()) {
    const wanted = /^[ho]\d\.(slope|delta)$|^o\d\.grad_a$/.test(id);
    assert.equal(productAt(tape, k + 1, QUARTER) !== null, wanted, id);
  }
  assert.equal(productAt(tape, 0, QUARTER), null);
});

test("blames of one layer share a scale", () => {
  const tape = makeTape(answerFor({ layers: [2, 2, 1] }));
  const share = (/** @type {string} */ node) => productAt(tape, tape.indexOf(`${node}.delta`), QUARTER)?.blame?.share ?? 0;
  assert.ok(Math.abs(share("h1") / share("h2") - Math.abs(value(tape, "h1.grad_a") / value(tape, "h2.grad_a"))) < 1e-12);
});

test("a slope of zero, a flat one, and one that drops out are told apart", () => {
  const answer = answerFor();
  const withSlope = (/** @type {number} */ slope) => makeTape({ ...answer, entries: answer.entries.map((e) => (e.id === "o1.slope" ? { ...e, value: slope } : e)) });
  const remark = (/** @type {Tape} */ tape) => productAt(tape, tape.indexOf("o1.delta"), QUARTER)?.remark;
  assert.deepEqual([0, 0.0249, 0.0251, 0.25, 1].map((slope) => remark(withSlope(slope))), ["shut", "flat", "partly", "partly", "whole"]);
  const fused = makeTape(answerFor({ fused: true }));
  const product = productAt(fused, fused.indexOf("o1.delta"), QUARTER);
  assert.deepEqual([product?.remark, product?.blame, product?.slope], ["fused", null, null]);
});

test("round numbers above", () => {
  assert.deepEqual([0.011, 0.02, 0.034, 0.6, 1, 7, 1e90].map(roundAbove), [0.02, 0.02, 0.05, 1, 1, 10, 1e90]);
  assert.deepEqual([0, Infinity, NaN].map(roundAbove), [1, 1, 1]);
});

test("streams come one by one and their sum last", () => {
  const tape = makeTape(answerFor({ layers: [2, 2, 2] }));
  const first = streamsAt(tape, tape.indexOf("blame:h1>o1"));
  assert.deepEqual(first?.streams.map((s) => s.value === null), [false, true]);
  assert.equal(first?.sum, null);
  const all = /** @type {import("../../static/js/streams-picture.js").Streams} */ (streamsAt(tape, tape.indexOf("h1.grad_a")));
  assert.deepEqual(all.streams.map((s) => [s.from, s.value]), [["o1", value(tape, "blame:h1>o1")], ["o2", value(tape, "blame:h1>o2")]]);
  assert.equal(all.sum, value(tape, "h1.grad_a"));
  assert.equal(streamsAt(tape, tape.indexOf("o1.grad_a")), null, "an output has a target");
  assert.equal(streamsAt(tape, tape.indexOf("h1.slope")), null);
});

test("widths are to scale, and the streams fit into their rows", () => {
  for (const layers of [[2, 2, 1], [2, 2, 2], [1, 3, 8]]) {
    const tape = makeTape(answerFor({ layers }));
    const picture = /** @type {import("../../static/js/streams-picture.js").Streams} */ (streamsAt(tape, tape.indexOf("h1.grad_a")));
    const widths = picture.streams.map((s) => s.widthPx);
    assert.ok(widths.reduce((sum, w) => sum + w, 0) <= picture.streams.length * ROW_PX);
    const [big] = [...picture.streams].sort((a, b) => b.widthPx - a.widthPx);
    for (const { value: v, widthPx } of picture.streams) {
      if (widthPx > 2) assert.ok(Math.abs(widthPx / big.widthPx - Math.abs((v ?? 0) / (big.value ?? 1))) < 1e-9);
    }
    assert.equal(outlines(picture).streams.length, layers[2]);
  }
});

test("growth is on a logarithmic scale that ends where numbers do", () => {
  const growth = [{ pass: 3, largest: 1 }, { pass: 4, largest: 1e154 }, { pass: 5, largest: null }];
  const [one, half, beyond] = growthRows(growth).map(({ share }) => share);
  assert.ok(one < 0.01 && Math.abs(half - 0.5) < 0.01 && beyond === 1);
  assert.equal(alwaysLarger(growth), true);
  assert.equal(alwaysLarger([{ pass: 0, largest: 2 }, { pass: 1, largest: 1 }, { pass: 2, largest: null }]), false);
});

// @ts-check
// The store of the page’s conventions: what is in force, what was chosen, what was proved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Conventions, halfOf, lossOf } from "../../static/js/figures/conventions.js";

test("the store shows what is in force; a switch shows nothing where figures differ", () => {
  const store = new Conventions();
  assert.deepEqual([store.value("sign"), store.shown("half"), store.open("half")], ["gradient", "half", true]);
  store.report("xor", { half: "half", reduction: "sum" }, false);
  store.report("race", { half: null, reduction: "mean" }, false);
  store.report("passes", { sign: "error_term", half: "whole" }, false);
  assert.deepEqual([store.value("sign"), store.value("half"), store.value("reduction")], ["error_term", "whole", "mean"]);
  assert.deepEqual([store.shown("sign"), store.shown("half"), store.shown("reduction")], ["error_term", null, null]);
  store.report("passes", { sign: "gradient", half: null }, false);
  store.report("xor", { half: null, reduction: "mean" }, false);
  assert.deepEqual([store.open("half"), store.value("half"), store.shown("reduction")], [false, "", "mean"]);
});

test("a switch shows what was chosen while figures wait, the text what is in force", () => {
  const store = new Conventions();
  store.report("race", { reduction: "mean" }, false);
  store.report("xor", { reduction: "mean" }, false);
  store.onChoose(() => {
    store.report("race", { reduction: "mean" }, true);
    store.report("xor", { reduction: "mean" }, true);
  });
  store.choose("reduction", "sum");
  assert.deepEqual([store.shown("reduction"), store.value("reduction")], ["sum", "mean"]);
  store.report("race", { reduction: "sum" }, false);
  assert.deepEqual([store.shown("reduction"), store.value("reduction")], ["sum", "sum"]);
  store.report("xor", { reduction: "mean" }, false); // it was refused there
  assert.equal(store.shown("reduction"), null);
});

test("a choice made before all have begun is shown at once and made when they have; the newest counts", async () => {
  const store = new Conventions();
  /** @type {string[]} */ const made = [];
  store.onChoose(({ value }) => made.push(value));
  let go = () => {};
  const begun = new Promise((resolve) => { go = () => resolve(undefined); });
  const [first, second] = ["sum", "mean"].map((value) => store.chooseWhen("reduction", value, begun));
  assert.equal(store.shown("reduction"), "mean");
  const third = store.chooseWhen("reduction", "sum", begun);
  store.report("race", { reduction: "mean" });
  assert.equal(store.shown("reduction"), "sum", "a report of how it began changes nothing");
  assert.deepEqual(made, []);
  go();
  await Promise.all([first, second, third]);
  assert.deepEqual(made, ["sum"]);
});

test("who reports first does not take back what others are about to follow", () => {
  const store = new Conventions();
  store.report("race", { reduction: "mean" });
  store.onChoose(({ value }) => store.report("batch", { reduction: value }));
  store.onChoose(() => {
    assert.equal(store.shown("reduction"), "sum");
    store.report("race", { reduction: "mean" }, true);
  });
  store.choose("reduction", "sum");
  assert.equal(store.shown("reduction"), "sum");
});

test("a choice that nobody follows is not shown", () => {
  const store = new Conventions();
  store.report("passes", { sign: "gradient", half: null }, false);
  store.choose("half", "whole");
  assert.notEqual(store.shown("half"), "whole");
});

test("nothing is proved before a switch was used, and a new choice clears what was proved of it", () => {
  const store = new Conventions();
  let told = 0;
  store.addEventListener("change", () => { told += 1; });
  const evidence = { changed: [], same: [], note: "x" };
  store.prove("sign", "passes", evidence);
  assert.equal(store.proof("sign"), null);
  /** @type {unknown[]} */ const chosen = [];
  store.onChoose((choice) => chosen.push(choice));
  store.choose("sign", "error_term");
  store.prove("sign", "passes", evidence);
  assert.deepEqual(store.proof("sign"), evidence);
  store.choose("sign", "gradient");
  assert.equal(store.proof("sign"), null);
  assert.deepEqual(chosen, [{ name: "sign", value: "error_term" }, { name: "sign", value: "gradient" }]);
  assert.ok(told >= 3);
});

test("a half belongs to the squared errors only", () => {
  assert.deepEqual(["half_squared_error", "squared_error", "binary_cross_entropy", "cross_entropy"].map(halfOf), ["half", "whole", null, null]);
  assert.deepEqual(["half", "whole"].map(lossOf), ["half_squared_error", "squared_error"]);
});

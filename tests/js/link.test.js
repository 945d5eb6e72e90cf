// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical, checkOf, packed, unpacked } from "../../static/js/link.js";
import { stateOf, textOf } from "../../static/js/link-figures.js";
import { FIGURES } from "../../static/js/link-states.js";
import { CATALOG, RACE, TEXTBOOK, XOR, chance } from "./link-fixture.js";

/** @typedef {import("../../static/js/link-states.js").States} States */
/** @typedef {import("../../static/js/types.js").Spec} Spec */

const SPECS = [TEXTBOOK, XOR];

/** A state of every figure, drawn at random. @param {() => number} next @returns {States} */
function drawn(next) {
  const whole = (/** @type {number} */ most) => Math.floor(next() * (most + 1));
  const number = () => (next() - 0.5) * 10 ** (whole(8) - 4);
  /** @returns {Spec} */
  const spec = () => {
    const base = SPECS[whole(1)];
    const initial = next() < 0.5 ? base.initial : { kind: /** @type {const} */ ("given"), weights: [[[number(), number()], [number(), number()]], [[number()], [number()]]], biases: null };
    return { ...base, learning_rate: next() < 0.5 ? base.learning_rate : Math.abs(number()), initial };
  };
  const run = () => {
    const preset = CATALOG.run_presets[whole(2)];
    const lanes = Array.from({ length: 1 + whole(5) }, () => ({ ...preset.spec.lanes[0], learning_rate: Math.abs(number()) }));
    const epochs = 1 + whole(9999);
    return { preset: preset.name, spec: next() < 0.3 ? preset.spec : { ...preset.spec, lanes }, epochs, epoch: whole(epochs), speed: [1, 10, 100, 1000, Infinity][whole(4)], log: next() < 0.5 };
  };
  const starts = [0, ...Array.from({ length: whole(4) }, () => 1 + whole(50))].toSorted((a, b) => a - b).filter((k, i, all) => k !== all[i - 1]);
  const pass = whole(80);
  const sliced = next() < 0.5;
  return {
    passes: { runs: starts.map((first) => ({ first, spec: spec() })), pass, at: whole(45), length: pass + 1 + whole(3),
      start: next() < 0.8 ? null : { kind: "given", weights: [[[number(), 1], [2, 3]], [[4], [5]]], biases: next() < 0.5 ? null : [[number(), 6], [7]] } },
    hill: { landscape: sliced ? "slice" : ["bowl", "double_valley", "ravine"][whole(2)], weight: sliced ? "h2>o1" : "", rate: next() < 0.5 ? null : Math.abs(number()),
      start: next() < 0.5 ? null : number(), moves: Array.from({ length: whole(3) }, () => [Math.abs(number()), 1 + whole(100)]),
      network: sliced ? { spec: spec(), pass: whole(9) } : null },
    race: run(), xor: run(), depth: { depth: 2 + whole(28) },
    batch: { reduction: next() < 0.5 ? "sum" : "mean", at: whole(6) }, twins: { nudged: next() < 0.5, epoch: whole(1000) },
  };
}

test("a state that was written is read as it was, whatever it is", async () => {
  const next = chance(20_261);
  for (let time = 0; time < 200; time += 1) {
    const states = drawn(next);
    for (const name of FIGURES) {
      const text = await textOf(name, states[name], CATALOG);
      assert.match(text, /^(1\.[jz][\w-]+)?$/);
      assert.deepEqual(await stateOf(name, text, CATALOG), { state: states[name], faults: [] });
    }
  }
});

test("it is read as well where it could not be packed", async () => {
  const { CompressionStream: kept } = globalThis;
  const { race } = drawn(chance(5));
  Reflect.deleteProperty(globalThis, "CompressionStream");
  const text = await textOf("race", race, CATALOG);
  globalThis.CompressionStream = kept;
  assert.match(text, /^1\.j/);
  assert.deepEqual((await stateOf("race", text, CATALOG)).state, race);
});

test("a figure as it begins is no text at all", async () => {
  for (const name of FIGURES) {
    const { state, faults } = await stateOf(name, "", CATALOG);
    assert.deepEqual(faults, []);
    assert.equal(await textOf(name, state, CATALOG), "");
  }
});

test("links stay short", async () => {
  const passes = await textOf("passes", { runs: [{ first: 0, spec: TEXTBOOK }], pass: 1, at: 17, length: 2, start: null }, CATALOG);
  assert.ok(passes.length < 60, passes);
  const edited = { ...TEXTBOOK, initial: { kind: /** @type {const} */ ("given"), weights: [[[0.2, 0.31], [0.2, 0.3]], [[0.3], [0.9]]], biases: null } };
  const worked = await textOf("passes", { runs: [{ first: 0, spec: edited }], pass: 0, at: 17, length: 1, start: null }, CATALOG);
  assert.ok(worked.length < 160, worked);
  const lanes = [0.03, 0.7, 3, 30, 0.1, 1].map((rate) => ({ ...RACE.lanes[0], learning_rate: rate, initial: { kind: /** @type {const} */ ("random"), initializer: /** @type {const} */ ("xavier"), seed: 54_321 } }));
  const race = await textOf("race", { preset: "race", spec: { ...RACE, lanes }, epochs: 1000, epoch: 137, speed: 100, log: false }, CATALOG);
  assert.ok(race.length < 400, race);
  const { spec } = { spec: { ...XOR, learning_rate: 0.123, layers: [2, 3, 1] } };
  assert.ok((await textOf("passes", { runs: [{ first: 0, spec }], pass: 0, at: 0, length: 1, start: null }, CATALOG)).length < 400);
});

test("garbage is told, never thrown, and leaves the figure as it begins", async () => {
  const next = chance(7);
  const letters = "abcXYZ019-_.{}[]\",:% \u00fc\u{1F600}";
  for (let time = 0; time < 500; time += 1) {
    const body = Array.from({ length: Math.floor(next() * 40) }, () => [...letters][Math.floor(next() * [...letters].length)]).join("");
    for (const text of [body, `1.${body}`, `1.j${body}`, `1.zAAAA${body}`]) {
      if (text === "") continue;
      const { state, faults } = await stateOf("race", text, CATALOG);
      assert.ok(faults.length > 0, text);
      assert.deepEqual(state.spec, RACE);
    }
  }
});

test("any JSON is read without a throw, and what it leaves is a state", async () => {
  const values = [null, 3, "x", [], {}, true, { runs: 3 }, { runs: [] }, { runs: [[0]] }, { runs: [[1, {}]] }, { runs: [[0, { of: "gone" }]] }, { runs: [[0, {}], [0, {}]] },
    { pass: -1, at: "x" }, { pass: 1e9 }, { landscape: "slice" }, { landscape: "moon" }, { network: 3 }, { network: { of: "gone" } }, { network: { pass: "x" } }, { moves: [[1, 1e9]] },
    { moves: [[1]] }, { spec: [] }, { spec: null }, { spec: { of: "x" } }, { epoch: 1e9 }, { epochs: 0 }, { speed: "fast" }, { log: 1 }, { depth: 1e9 }, { reduction: "max" }, { at: 99 }, { nudged: "yes" }, { preset: "gone" }, { __proto__: null, foo: 1 }];
  for (const value of values) {
    for (const name of FIGURES) {
      const { state, faults } = await stateOf(name, await packed(value, checkOf(value)), CATALOG);
      assert.ok(state && Array.isArray(faults));
      await textOf(name, state, CATALOG);
    }
  }
});

test("a link that was cut off says so, wherever it was cut", async () => {
  for (const preset of ["race", "textbook"]) {
    const text = await textOf("race", { ...drawn(chance(3)).race, preset }, CATALOG);
    for (let length = 2; length < text.length; length += 1) {
      const { faults } = await stateOf("race", text.slice(0, length), CATALOG);
      assert.equal(faults.length, 1, text.slice(0, length));
      if (length > 2) assert.match(faults[0], /ends too early|not what it stood for/);
    }
  }
});

test("a letter that was changed is noticed", async () => {
  const text = await textOf("race", drawn(chance(3)).race, CATALOG);
  const next = chance(11);
  for (let time = 0; time < 300; time += 1) {
    const at = 3 + Math.floor(next() * (text.length - 3));
    const other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[Math.floor(next() * 64)];
    if (other === text[at] || at === text.length - 1) continue; // the last letter has bits that say nothing
    const { faults } = await stateOf("race", text.slice(0, at) + other + text.slice(at + 1), CATALOG);
    assert.ok(faults.length > 0, `${at}: ${other}`);
  }
});

test("another version, and another page's text, are called what they are", async () => {
  assert.match((await stateOf("race", "2.zAAAAxyz", CATALOG)).faults[0], /version 2.*version 1/);
  assert.match((await stateOf("race", "0.zAAAAxyz", CATALOG)).faults[0], /version 0/);
  assert.match((await stateOf("race", "hello", CATALOG)).faults[0], /not a link of this page/);
  assert.match((await stateOf("race", `1.j${"A".repeat(13_000)}`, CATALOG)).faults[0], /longer/);
});

test("a text that unpacks to far too much is not unpacked", async () => {
  const bomb = await packed({ epoch: "x".repeat(5_000_000) }, "AAAA");
  assert.ok(bomb.length < 12_000);
  assert.ok("fault" in await unpacked(bomb));
});

test("what can be read is opened, what cannot is named", async () => {
  const value = { spec: { order_seed: 3 }, epoch: "late", log: false, colour: "red" };
  const { state, faults } = await stateOf("race", await packed(value, "AAAA"), CATALOG);
  assert.deepEqual([state.spec, state.epoch, state.log], [{ ...RACE, order_seed: 3 }, 0, false]);
  assert.deepEqual(faults, ["the epoch takes a whole number from 0 to 1000, but got “late”", "“colour” is not known here"]);
});

test("weights that the network cannot take are not what Reset returns to", async () => {
  const given = { kind: "given", weights: TEXTBOOK.initial.kind === "given" ? TEXTBOOK.initial.weights : [], biases: null };
  const wrong = [{ foo: 1 }, { ...given, kind: "random" }, { ...given, weights: [[[1]]] }, { ...given, weights: [[[1, 2], [3, "4"]], [[5], [6]]] }, { ...given, biases: [[1, 2]] }];
  for (const start of wrong) {
    const { state, faults } = await stateOf("passes", await packed({ at: 3, start }, "AAAA"), CATALOG);
    assert.deepEqual([state.at, state.start], [3, null]);
    assert.match(faults[0], /^what Reset returns to takes weights of the layers 2, 2, 1, but got/);
  }
  assert.deepEqual((await stateOf("passes", await packed({ start: given }, "AAAA"), CATALOG)).state.start, given);
  assert.match((await stateOf("passes", await packed({ runs: [[0, { layers: 3 }]], start: given }, "AAAA"), CATALOG)).faults[0], /what Reset returns to/);
});

test("only a slice takes a network", async () => {
  const { state, faults } = await stateOf("hill", await packed({ landscape: "bowl", network: {} }, "AAAA"), CATALOG);
  assert.deepEqual([state.landscape, state.network], ["bowl", null]);
  assert.deepEqual(faults, ["the landscape bowl takes no network"]);
});

test("a link to an example that has changed since does not pass for what it was", async () => {
  const text = await textOf("passes", { runs: [{ first: 0, spec: TEXTBOOK }], pass: 0, at: 5, length: 1, start: null }, CATALOG);
  const later = { ...CATALOG, presets: [{ name: "textbook", label: "", spec: { ...TEXTBOOK, learning_rate: 2 } }] };
  const { state, faults } = await stateOf("passes", text, later);
  assert.equal(state.at, 5);
  assert.match(faults[0], /not what it stood for/);
});

test("the check knows no order of fields", () => {
  assert.equal(canonical({ b: [1, { d: 2, c: null }], a: undefined }), "{\"b\":[1,{\"c\":null,\"d\":2}]}");
  assert.equal(checkOf({ a: 1, b: 2 }), checkOf({ b: 2, a: 1 }));
  assert.notEqual(checkOf({ a: 1 }), checkOf({ a: 2 }));
});

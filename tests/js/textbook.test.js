// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import katex from "katex";
import { number, spokenName } from "../../static/js/format.js";
import { equation, makeTape, nextStop, nodeRows, weightRows } from "../../static/js/tape.js";
import { answerFor, textbookAnswer } from "./fixture.js";

const tape = makeTape(textbookAnswer());
/** @type {{values: {name: string, exact: number}[]}} */
const reference = JSON.parse(readFileSync(new URL("../data/worked_example_2_2_1.json", import.meta.url), "utf8"));
/** @param {string} name */
const exactly = (name) => reference.values.find((value) => value.name === name)?.exact ?? NaN;
/** @param {string} name */
const shown = (name) => number(exactly(name));
const end = tape.length;

test("the engine's tape has the ids, phases and order that these tests build by themselves", () => {
  const built = makeTape(answerFor());
  assert.deepEqual(tape.entries.map(({ id }) => id), built.entries.map(({ id }) => id));
  assert.deepEqual(tape.phases, built.phases);
});

test("table Nodes at the end reads as the reference: value and gradient", () => {
  const rows = nodeRows(tape, end).map((row) => [row.node, number(row.value ?? NaN), row.gradient === null ? null : number(row.gradient)]);
  // The textbook's delta is its error term, -(dL/dz).
  assert.deepEqual(rows, [
    ["x1", "0.3500", null], ["x2", "0.7000", null],
    ["h1", shown("y3"), number(-exactly("delta3"))], ["h2", shown("y4"), number(-exactly("delta4"))],
    ["o1", shown("y5"), number(-exactly("delta5"))], ["loss", number(exactly("error") ** 2 / 2), null],
  ]);
});

test("table Weights at the end reads as the reference: new values", () => {
  const next = Object.fromEntries(weightRows(tape, end).map((row) => [row.edge, row.next]));
  const names = { "x1>h1": "w11_new", "x2>h1": "w21_new", "x1>h2": "w12_new", "x2>h2": "w22_new", "h1>o1": "w13_new", "h2>o1": "w23_new" };
  for (const [edge, name] of Object.entries(names)) {
    assert.ok(Math.abs((next[edge] ?? NaN) - exactly(name)) < 1e-12, edge);
  }
});

test("the blame of h2 reads as its weight times the delta of o1", () => {
  const entry = tape.entries.find(({ id }) => id === "blame:h2>o1");
  assert.ok(entry);
  assert.equal(equation(entry, tape).map(({ numberTex }) => numberTex).join(" "), "0.9000 \\times 0.0368");
  assert.equal(equation(entry, tape).map(({ symbolTex }) => symbolTex).join(" "),
    "w_{h_2 \\to o_1} \\times \\frac{\\partial L}{\\partial z_{o_1}}");
});

test("every parent has come before its child, so a tape can be shown up to any position", () => {
  tape.entries.forEach(({ id, parents }, index) => {
    for (const parent of parents) assert.ok(tape.indexOf(parent) <= index, `${parent} before ${id}`);
  });
});

test("every operand of an equation is a parent, and every parent is an operand", () => {
  for (const { id, pieces, parents } of tape.entries) {
    assert.deepEqual(new Set(pieces.flatMap(({ ref }) => (ref === null ? [] : [ref]))), new Set(parents), id);
  }
});

test("KaTeX takes every equation, in symbols and in numbers", () => {
  for (const entry of tape.entries) {
    const terms = equation(entry, tape);
    for (const form of /** @type {const} */ (["symbolTex", "numberTex"])) {
      const tex = `${entry.symbol} = ${terms.map((term) => term[form]).join(" ")}`;
      assert.match(katex.renderToString(tex, { throwOnError: true, strict: "error" }), /katex/, tex);
    }
  }
});

test("a layer at a time, the worked example takes six steps", () => {
  let steps = 0;
  for (let position = 0; position < end; position = nextStop(tape, position, "layer")) steps += 1;
  assert.equal(steps, 6);
});

test("every number of the tape has a name to be spoken", () => {
  const names = [...tape.byId.keys()].map((id) => spokenName(id));
  assert.ok(names.every((name) => !/[>:._]/.test(name)), names.join(", "));
  assert.equal(new Set(names).size, names.length);
});

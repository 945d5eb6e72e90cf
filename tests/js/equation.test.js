// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDerivative, onOneLine } from "../../static/js/equation.js";
import { equation, makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";

/** @typedef {import("../../static/js/types.js").Piece} Piece */

const { entries } = answerFor();
/** @param {number} value @param {string} [symbol] */
const tapeWith = (value, symbol = "z_{h_1}") => makeTape({ givens: [], entries: [{ ...entries[0], symbol, value }] });
/** @param {string} tex @returns {{pieces: Piece[]}} */
const onePiece = (tex) => ({ pieces: [{ tex, ref: "h1.z", meaning: "sum into h1" }] });

test("an operand's place takes its symbol in one reading and its rounded value in the other", () => {
  const [term] = equation(onePiece("\\frac{1}{1+e^{-#}}"), tapeWith(0.123456));
  assert.deepEqual(term, {
    tex: "\\frac{1}{1+e^{-#}}", symbolTex: "\\frac{1}{1+e^{-z_{h_1}}}", numberTex: "\\frac{1}{1+e^{-0.1235}}",
    ref: "h1.z", meaning: "sum into h1", value: 0.123456,
  });
});

test("an operand may stand in a piece twice", () => {
  const [term] = equation(onePiece("#(1-#)"), tapeWith(0.5));
  assert.equal(term.symbolTex, "z_{h_1}(1-z_{h_1})");
  assert.equal(term.numberTex, "0.5000(1-0.5000)");
});

test("negative and scientific numbers stand in brackets: e^{-(-1)}, (10^{-7})^2", () => {
  assert.equal(equation(onePiece("e^{-#}"), tapeWith(-1))[0].numberTex, "e^{-(-1.0000)}");
  assert.equal(equation(onePiece("1-#^2"), tapeWith(1e-7))[0].numberTex, "1-(1.0\\times10^{-7})^2");
});

test("an operator stays as it is and has no value", () => {
  const [term] = equation({ pieces: [{ tex: "\\times", ref: null, meaning: "" }] }, tapeWith(1));
  assert.deepEqual(term, { tex: "\\times", symbolTex: "\\times", numberTex: "\\times", ref: null, meaning: "", value: null });
});

test("dollars and backslashes of a symbol are left alone", () => {
  assert.equal(equation(onePiece("#"), tapeWith(1, "\\$&$1"))[0].symbolTex, "\\$&$1");
});

test("the terms of an entry come in its order, one for each piece", () => {
  const tape = makeTape(answerFor());
  for (const entry of tape.entries) {
    const terms = equation(entry, tape);
    assert.deepEqual(terms.map(({ ref }) => ref), entry.pieces.map(({ ref }) => ref));
    assert.ok(terms.every(({ symbolTex, numberTex }) => !`${symbolTex}${numberTex}`.includes("#")));
  }
});

test("on one line, fractions have strokes, sums in them brackets; a half and exponents stay what they are", () => {
  assert.equal(onOneLine("\\frac{1}{1+e^{-0.21}}"), "1/(1+e^{-0.21})");
  assert.equal(onOneLine("\\frac{\\partial L}{\\partial w_{x_1 \\to h_1}}"), "\\partial L/\\partial w_{x_1 \\to h_1}");
  assert.equal(onOneLine("\\tfrac{1}{2}( a - t )^2"), "\\tfrac{1}{2}( a - t )^2");
  assert.equal(onOneLine("-\\frac{t}{a} + \\frac{1-t}{1-a}"), "-t/a + (1-t)/(1-a)");
  assert.equal(onOneLine("\\frac{e^{z_{o_1}}}{e^{z_{o_1}}+e^{z_{o_2}}}"), "e^{z_{o_1}}/(e^{z_{o_1}}+e^{z_{o_2}})");
  assert.equal(onOneLine("0.3\\times(-0.2)"), "0.3\\times(-0.2)");
});

test("only the first derivative of a pass says how it reads: by a, or by z where the loss goes with its activation", () => {
  for (const [fused, by] of /** @type {[boolean, string][]} */ ([[false, "a"], [true, "z"]])) {
    const one = makeTape(answerFor({ fused }));
    const said = one.entries.map((entry) => firstDerivative(entry, one));
    assert.deepEqual(said.filter(Boolean), [by]);
    assert.equal(one.entries[said.indexOf(/** @type {"a"|"z"} */ (by))].id, fused ? "o1.delta" : "o1.grad_a");
  }
});

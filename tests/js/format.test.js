// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { exact, number, parseNumber, plain, spokenName, texNumber } from "../../static/js/format.js";

/** @type {[number, string][]} */
const FIXED = [
  [0, "0.0000"], [-0, "0.0000"], [1, "1.0000"], [0.35, "0.3500"], [-0.35, "−0.3500"], [-12.34567, "−12.3457"],
  [0.00005, "0.0001"], [-0.00006, "−0.0001"], [99999.99994, "99999.9999"], [99999.99999, "100000.0000"],
];
for (const [value, text] of FIXED) {
  test(`number(${value}) has four decimals: ${text}`, () => assert.equal(number(value), text));
}

/** @type {[number, string][]} */
const SCIENTIFIC = [
  [4.7e-10, "4.7·10⁻¹⁰"], [-4.7e-10, "−4.7·10⁻¹⁰"], [0.0000499999, "5.0·10⁻⁵"], [0.00001, "1.0·10⁻⁵"],
  [100000, "1.0·10⁵"], [-123456, "−1.2·10⁵"], [9.96e5, "1.0·10⁶"], [5e-324, "4.9·10⁻³²⁴"], [Number.MAX_VALUE, "1.8·10³⁰⁸"],
];
for (const [value, text] of SCIENTIFIC) {
  test(`number(${value}) is scientific: ${text}`, () => assert.equal(number(value), text));
}

test("number: a sign for positives only on request, never for zero", () => {
  assert.equal(number(0.5, { sign: true }), "+0.5000");
  assert.equal(number(-0.5, { sign: true }), "−0.5000");
  assert.equal(number(0, { sign: true }), "0.0000");
  assert.equal(number(-0, { sign: true }), "0.0000");
  assert.equal(number(1e-9, { sign: true }), "+1.0·10⁻⁹");
});

test("number: a number that is not zero never reads as zero, at any number of digits", () => {
  assert.equal(number(0.004, { digits: 2 }), "4.0·10⁻³");
  assert.equal(number(0.006, { digits: 2 }), "0.01");
  assert.equal(number(0.00001, { digits: 6 }), "0.000010");
  assert.equal(number(-3, { digits: 0 }), "−3");
});

test("number: what is not finite is said, not dressed up", () => {
  assert.equal(number(Infinity), "∞");
  assert.equal(number(-Infinity), "−∞");
  assert.equal(number(NaN), "not a number");
});

test("exact: the shortest text of the float, with a true minus", () => {
  assert.equal(exact(0.1 + 0.2), "0.30000000000000004");
  assert.equal(exact(-1e-7), "−1e−7");
  assert.equal(exact(-0), "0");
});

test("exact: what is shown can be read back, bit for bit", () => {
  for (const value of [0.1 + 0.2, -1e-7, 1e21, -5e-324, Number.MAX_VALUE, 1 / 3, 0]) {
    assert.equal(parseNumber(exact(value)), value);
  }
});

/** @type {[number, string][]} */
const PLAIN = [
  [0.35, "0.35"], [-0.5, "-0.5"], [1, "1"], [-0, "0"], [0.1 + 0.2, "0.3"], [1 / 3, "0.333333"], [-1234.5678912, "-1234.567891"],
  [1e-9, "1e-9"], [0.00001234567, "0.0000123457"], [1000, "1000"],
];
for (const [value, text] of PLAIN) {
  test(`plain(${value}) fits an input field: ${text}`, () => assert.equal(plain(value), text));
}

test("plain: digits can be asked for; what is not finite leaves the field empty", () => {
  assert.equal(plain(1 / 3, 3), "0.333");
  assert.equal(plain(Math.PI, 0), "3");
  assert.equal(plain(NaN), "");
  assert.equal(plain(Infinity), "");
});

/** @type {[string, number][]} */
const READ = [
  ["0.35", 0.35], [" 0.35 ", 0.35], ["-0.35", -0.35], ["−0.35", -0.35], ["− 0.35", -0.35], ["+2", 2], [".5", 0.5], ["5.", 5],
  ["0,35", 0.35], ["−12,5", -12.5], [",5", 0.5], ["0,125", 0.125], ["1e-3", 0.001], ["1E−3", 0.001], ["2,5e3", 2500],
  ["1 000", 1000], ["1\u202f000,5", 1000.5], ["12\u00a0345 678.9", 12345678.9], ["1000", 1000], ["007", 7],
];
for (const [text, value] of READ) {
  test(`parseNumber("${text}") reads ${value}`, () => assert.equal(parseNumber(text), value));
}

const REFUSED = [
  "", " ", "-", "−", ".", ",", "abc", "NaN", "Infinity", "-Infinity", "1e999", "0x10", "1_000", "1e", "e5", "1e1.5", "--1", "1-2",
  "1 2", "1 0000", "12 34", "1,234", "-1,234", "1,234.5", "1.234,5", "1,2,3", "1..2", "0b1", "1n", "½",
];
for (const text of REFUSED) {
  test(`parseNumber("${text}") refuses`, () => assert.equal(parseNumber(text), null));
}

test("parseNumber: minus zero is zero", () => assert.ok(Object.is(parseNumber("-0"), 0)));

test("texNumber: rounded as number rounds, ASCII minus, brackets where a neighbour could be misread", () => {
  assert.equal(texNumber(0.35), "0.3500");
  assert.equal(texNumber(-0.35), "-0.3500");
  assert.equal(texNumber(-0.35, 4, { parens: true }), "(-0.3500)");
  assert.equal(texNumber(0.35, 2, { parens: true }), "0.35");
  assert.equal(texNumber(1.2e-7), "1.2\\times10^{-7}");
  assert.equal(texNumber(1.2e-7, 4, { parens: true }), "(1.2\\times10^{-7})");
  assert.equal(texNumber(-123456), "-1.2\\times10^{5}");
  assert.equal(texNumber(-0, 4, { parens: true }), "0.0000");
  assert.equal(texNumber(-Infinity), "-\\infty");
});

/** @type {[string, string][]} */
const SPOKEN = [
  ["x1", "input x1"], ["t1", "target of o1"], ["t", "target"], ["eta", "learning rate"], ["loss", "loss"], ["o2.loss", "loss of o2"],
  ["h1.z", "sum z into h1"], ["h1.a", "activation of h1"], ["h2_3.delta", "delta of node 3 of hidden layer 2"],
  ["o1.grad_a", "blame of o1"], ["o1.slope", "slope of o1"], ["blame:h1>o1", "share handed from o1 to h1"],
  ["grad:x1>h1", "gradient of the weight from x1 to h1"], ["grad:b>h1", "gradient of the bias of h1"],
  ["change:h1>o1", "change of the weight from h1 to o1"], ["new:h1>o1", "new weight from h1 to o1"], ["new:b>o1", "new bias of o1"],
  ["w:x1>h1", "weight from x1 to h1"], ["b>o1", "bias of o1"], ["x1>h1", "weight from x1 to h1"], ["h1", "hidden node h1"],
  ["o1", "output node o1"], ["h2_1", "node 1 of hidden layer 2"], ["b", "constant 1 for the biases"], ["what?", "what?"],
];
for (const [id, words] of SPOKEN) {
  test(`spokenName("${id}") says "${words}"`, () => assert.equal(spokenName(id), words));
}

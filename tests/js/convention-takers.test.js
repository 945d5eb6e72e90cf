// @ts-check
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { passesFollow, runFollows } from "../../static/js/figures/convention-takers.js";
import { conventions } from "../../static/js/figures/conventions.js";
import { turns } from "../../static/js/signs.js";
import { makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";
import { begun, settle, standStill } from "./run-bench.js";
import { specOf } from "./run-fixture.js";
import { SPEC, turned } from "./session-bench.js";

standStill();
/** The page's store is one: figures of other tests do not follow any more. @type {{session: any}[]} */ const followed = [];
beforeEach(() => {
  for (const figure of followed) figure.session = null;
  for (const who of ["passes", "race", "xor"]) conventions.forget(who);
  conventions.reports.clear();
  conventions.waiting.clear();
  conventions.wanted.clear();
});

/** Figure `passes`, as far as conventions see it: what is shown is put there by hand. */
function passes() {
  const figure = { session: /** @type {any} */ (null) };
  followed.push(figure);
  const tell = passesFollow(/** @type {any} */ (figure));
  /** @param {ReturnType<typeof answerFor>} answer @param {Partial<import("../../static/js/types.js").Spec>} [change] */
  const show = (answer, change = {}) => {
    const spec = { ...SPEC, ...change };
    figure.session = { tape: makeTape(answer, spec.sign), run: { spec }, base: { spec }, restating: { waits: false }, wanted: null, restate() {}, change() {} };
    tell();
  };
  return { show };
}

/** @param {string} id @param {number} value */
function given(id, value) {
  const answer = answerFor();
  return { ...answer, givens: answer.givens.map((each) => (each.id === id ? { ...each, value } : each)) };
}
const doubled = () => {
  const answer = answerFor();
  return { ...answer, entries: answer.entries.map((entry) => (entry.id === "loss" || turns(entry.id) ? { ...entry, value: 2 * entry.value } : entry)) };
};

test("what a switch changed is not said of another pass", () => {
  const { show } = passes();
  show(answerFor());
  conventions.choose("sign", "error_term");
  show(turned(answerFor()), { sign: "error_term" });
  assert.equal(conventions.proof("sign")?.note, "Two minuses make a plus: every weight goes where it went.");
  show(turned(answerFor()), { sign: "error_term" });
  assert.ok(conventions.proof("sign"), "the same pass again");
  show(turned(given("x1", 0.9)), { sign: "error_term" });
  assert.equal(conventions.proof("sign"), null);
});

test("nor of another network that starts from the same numbers", () => {
  const { show } = passes();
  for (const change of [{ activations: /** @type {any} */ (["tanh", "sigmoid"]) }, { loss: /** @type {const} */ ("binary_cross_entropy") }, { hold: true }]) {
    show(answerFor());
    conventions.choose("sign", "error_term");
    show(turned(answerFor()), { sign: "error_term" });
    assert.ok(conventions.proof("sign"));
    show(turned(answerFor()), { sign: "error_term", ...change });
    assert.equal(conventions.proof("sign"), null, JSON.stringify(change));
  }
});

test("two switches at once prove nothing of either; one keeps what the other proved", () => {
  const { show } = passes();
  show(answerFor());
  conventions.choose("sign", "error_term");
  conventions.choose("half", "whole");
  show(turned(doubled()), { sign: "error_term", loss: "squared_error" });
  assert.deepEqual([conventions.proof("sign"), conventions.proof("half")], [null, null]);
  conventions.choose("half", "half");
  show(turned(answerFor()), { sign: "error_term" });
  assert.match(conventions.proof("half")?.note ?? "", /half as large/);
  conventions.choose("sign", "gradient");
  show(answerFor());
  assert.ok(conventions.proof("sign") && conventions.proof("half"));
});

test("a single pass under adding up is always the one that is shown", () => {
  const { show } = passes();
  show(answerFor());
  conventions.choose("reduction", "sum");
  const loss = () => conventions.proof("reduction")?.same[0].value;
  const before = loss();
  const other = given("x1", 0.9);
  show({ ...other, entries: other.entries.map((entry) => (entry.id === "loss" ? { ...entry, value: 0.1234 } : entry)) });
  assert.notEqual(before, "0.1234");
  assert.equal(loss(), "0.1234");
});

/** A run that follows. */
async function run() {
  const { connection, session } = await begun({ epochs: 1000 });
  const figure = { session };
  followed.push(figure);
  const tell = runFollows(figure, "race", "race");
  session.onChange = tell;
  tell();
  return { connection, session };
}

test("what a switch changed is not said of another run", async () => {
  const { connection, session } = await run();
  conventions.choose("reduction", "sum");
  await connection.answerAll();
  assert.ok(conventions.proof("reduction"));
  session.propose({ ...session.wanted, loss: "squared_error" });
  await connection.answerAll();
  assert.equal(conventions.proof("reduction"), null, "another loss");
  conventions.choose("reduction", "mean");
  await connection.answerAll();
  assert.ok(conventions.proof("reduction"));
  conventions.choose("half", "half");
  await connection.answerAll();
  assert.ok(conventions.proof("reduction") && conventions.proof("half"), "the same run otherwise");
  session.propose({ ...session.wanted, lanes: specOf([0.7]).lanes });
  await connection.answerAll();
  assert.deepEqual([conventions.proof("reduction"), conventions.proof("half")], [null, null], "other rates");
});

test("switches that are used while the server is away stay as they were put, and all of them hold once it is back", async () => {
  const { connection, session } = await run();
  session.propose({ ...session.spec, loss: "half_squared_error" });
  await connection.answerAll();
  connection.status = "reconnecting";
  conventions.choose("reduction", "sum");
  await connection.lose();
  assert.equal(conventions.shown("reduction"), "sum");
  assert.equal(conventions.value("reduction"), "mean");
  conventions.choose("half", "whole");
  await connection.lose();
  assert.deepEqual([conventions.shown("reduction"), conventions.shown("half")], ["sum", "whole"]);
  connection.status = "connected";
  session.connected();
  await connection.answerAll();
  await settle();
  assert.deepEqual([session.spec.reduction, session.spec.loss], ["sum", "squared_error"]);
  assert.deepEqual([conventions.value("reduction"), conventions.value("half")], ["sum", "whole"]);
  assert.equal(conventions.wanted.size, 0);
});

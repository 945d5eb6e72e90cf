// @ts-check
import assert from "node:assert/strict";
import { before, mock, test } from "node:test";
import { halves, isCode, keyIn, learnerFrom, learnersLink, teachersLink, tidyCode } from "../../static/js/class-code.js";
import { changeOf, choicesOf, edgeOf, rightChoice, spokenQuestion, spokenResult, standBefore, weightsAhead } from "../../static/js/class-question.js";
import { ClassRoom } from "../../static/js/class-room.js";
import { holdBefore } from "../../static/js/figures/class-hold.js";
import { Showing } from "../../static/js/figures/class-show.js";
import { passesLink } from "../../static/js/figures/link-passes.js";
import { makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";
import { begun, settle } from "./session-bench.js";

before(() => Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }));

const TAPE = makeTape(answerFor({ biases: false }));
const FIRST = TAPE.entries.find(({ id }) => id.startsWith("change:"))?.id ?? "";

test("a code is taken however it was typed, and nothing else is", () => {
  assert.equal(tidyCode(" k7m 4-qp "), "K7M4QP");
  assert.ok(isCode("K7M4QP"));
  for (const wrong of ["", "K7M4Q", "K7M4QPP", "K7M4Q0", "K7M4QO", "K7M4Q1", "K7M4QI", "K7M4QL", "K7M4Q/"]) assert.ok(!isCode(wrong), wrong);
  assert.deepEqual(halves("K7M4QP"), ["K7M", "4QP"]);
});

test("the key stands in the fragment and nowhere else", () => {
  const key = "a".repeat(43);
  const link = teachersLink("https://example.org", "K7M4QP", key);
  assert.equal(new URL(link).pathname + new URL(link).search, "/teach/K7M4QP");
  assert.equal(keyIn(new URL(link).hash), key);
  assert.equal(keyIn("#passes"), null);
  assert.equal(keyIn("#key=short"), null);
  assert.ok(!learnersLink("https://example.org", "K7M4QP").includes("#"));
});

test("a learner's name is of the characters that the server takes", () => {
  assert.match(learnerFrom(new Uint8Array(16).fill(7)), /^[\w-]{16,64}$/);
});

test("the right choice is read from the change", () => {
  assert.deepEqual([0.02, -0.02, 0].map((change) => rightChoice("direction", change)), [0, 1, 2]);
  const sizes = choicesOf("size");
  const named = (/** @type {number} */ change) => sizes[rightChoice("size", change)];
  assert.equal(named(0), "below 0.0001");
  assert.equal(named(-0.0001), "0.0001 to 0.001");
  assert.equal(named(0.0203), "0.01 to 0.1");
  assert.equal(named(-1), "1 or more");
  assert.equal(named(40), "1 or more");
  assert.ok(sizes.length <= 8 && choicesOf("direction").length >= 2, "the server takes 2 to 8");
});

test("what may be asked is what is not yet shown, the next one first", () => {
  const all = weightsAhead(TAPE, 0);
  assert.equal(all.length, 6);
  assert.equal(changeOf(all[0]), FIRST);
  assert.deepEqual(weightsAhead(TAPE, TAPE.indexOf(FIRST)), all.slice(1));
  assert.deepEqual(weightsAhead(TAPE, TAPE.length), []);
  assert.equal(standBefore(TAPE, FIRST), TAPE.indexOf(FIRST) - 1);
  assert.equal(standBefore(TAPE, "change:x9>h9"), Infinity);
  assert.equal(edgeOf("loss"), null);
});

test("a question and its result can be heard", () => {
  assert.equal(spokenQuestion("direction", "change:x1>h1"), "Will the weight from x1 to h1 go up or down?");
  assert.equal(spokenQuestion("size", "change:b>h1"), "How large will the change of the bias of h1 be?");
  assert.equal(spokenResult("direction", [1, 2, 0], 1), "1 said up, 2 said down. Right is: down.");
  assert.equal(spokenResult("direction", [0, 0, 0], null), "Nobody answered.");
});

test("what is late is dropped, and a question belongs to the pass that was shown with it", () => {
  const room = new ClassRoom("K7M4QP");
  room.entered({ ends: 1, shown: { figure: "passes", state: "1.ja", number: 3 }, question: null, here: 2 });
  assert.equal(room.standing, "open");
  assert.ok(!room.show({ figure: "race", state: "", number: 3 }));
  room.ask({ id: 1, kind: "direction", about: FIRST, choices: 3, revealed: false });
  assert.ok(room.show({ figure: "race", state: "", number: 4 }));
  assert.equal(room.basis?.state, "1.ja");
  room.count({ question: 7, counts: [9, 9, 9], here: 5 });
  assert.deepEqual([room.here, room.counts], [5, []]);
  room.count({ question: 1, counts: [1, 0, 0], here: 5 });
  assert.deepEqual(room.counts, [1, 0, 0]);
  assert.ok(!room.reveal({ question: 0, counts: [] }));
  assert.ok(room.asked && room.reveal({ question: 1, counts: [1, 1, 0] }));
  assert.equal(room.asked, null);
  assert.ok(!room.reveal({ question: 1, counts: [1, 1, 0] }), "it may be said twice");
  assert.ok(!room.ask({ id: 1, kind: "direction", about: FIRST, choices: 3, revealed: false }));
  assert.deepEqual([room.asked, room.counts], [null, [1, 1, 0]]);
  room.ask({ id: 2, kind: "size", about: FIRST, choices: 6, revealed: false });
  assert.deepEqual(room.counts, []);
  room.ask({ id: 1, kind: "direction", about: FIRST, choices: 3, revealed: false });
  assert.equal(room.question?.id, 2);
});

test("a code that was never known is another thing than a class that has ended", () => {
  const never = new ClassRoom("K7M4QP");
  never.refused("code");
  assert.equal(never.standing, "unknown");
  const was = new ClassRoom("K7M4QP");
  was.entered({ ends: 1, shown: null, question: null, here: 0 });
  was.refused("code");
  was.refused("code");
  assert.equal(was.standing, "over");
  const other = new ClassRoom("K7M4QP");
  other.refused("key");
  assert.equal(other.standing, "denied");
});

test("what is shown is sent at most once in 80 ms, and the last always", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */ const sent = [];
  let state = "a";
  const showing = new Showing(async () => ({ figure: "passes", state }), async (_, text) => { sent.push(text); return "kept"; });
  void showing.note();
  await settle();
  assert.deepEqual(sent, ["a"]);
  for (state of ["b", "c", "d"]) {
    mock.timers.tick(10);
    void showing.note();
    await settle();
  }
  assert.deepEqual(sent, ["a"]);
  mock.timers.tick(50);
  await settle();
  assert.deepEqual(sent, ["a", "d"]);
  void showing.note();
  mock.timers.tick(80);
  await settle();
  assert.deepEqual(sent, ["a", "d"], "nothing is said twice");
  void showing.again();
  mock.timers.tick(80);
  await settle();
  assert.deepEqual(sent, ["a", "d", "d"], "unless it is asked for");
  mock.timers.reset();
});

test("what changes on and on is sent as often as the server takes it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let sent = 0, state = 0;
  const showing = new Showing(async () => ({ figure: "race", state: String(state) }), async () => { sent += 1; return "kept"; });
  for (let ms = 0; ms < 6000; ms += 10) {
    state += 1;
    void showing.note();
    await settle();
    mock.timers.tick(10);
  }
  assert.ok(sent > 60 && sent < 80, `${sent} in six seconds`);
  mock.timers.reset();
});

test("what could not be sent is sent again, and nothing is once the class is over", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {import("../../static/js/figures/class-show.js").Sent[]} */ const becomes = ["again", "kept", "over"];
  let asked = 0, state = "a";
  const showing = new Showing(async () => ({ figure: "passes", state }), async () => becomes[asked++]);
  void showing.note();
  await settle();
  mock.timers.tick(80);
  await settle();
  assert.equal(asked, 2);
  mock.timers.tick(80);
  await settle();
  state = "b";
  await showing.note();
  assert.equal(asked, 3);
  assert.equal(showing.sent, "passes a");
  mock.timers.reset();
});

test("a change between the last look and the end is not lost", async () => {
  /** @type {string[]} */ const sent = [];
  let state = "a", looks = 0;
  const showing = new Showing(async () => ({ figure: "passes", state }), async (_, text) => { sent.push(text); return "kept"; });
  const run = showing.run.bind(showing);
  showing.run = async () => {
    const over = await run();
    looks += 1;
    if (looks === 1) {
      state = "b";
      void showing.note(); // its run is over, but nobody has said so yet
    }
    return over;
  };
  await showing.note();
  await showing.underWay;
  assert.deepEqual(sent, ["a", "b"]);
});

test("a play head that moved elsewhere moves here without a question to the engine", async () => {
  const { connection, session } = await begun();
  const link = passesLink(/** @type {any} */ ({ session }));
  await session.goTo(2);
  await settle();
  const before = connection.asked.length;
  const state = link.state();
  assert.deepEqual(await link.restore({ ...state, at: 7 }), []);
  assert.deepEqual([session.pass, session.position], [2, 7]);
  assert.deepEqual(await link.restore({ ...state, at: 3 }), []);
  assert.equal(session.position, 3);
  await link.restore({ ...state, pass: 0, at: 4 });
  assert.deepEqual([session.pass, session.position, session.timeline.length], [0, 4, 3]);
  assert.equal(connection.asked.filter(({ event }) => event === "pass").length, connection.asked.slice(0, before).filter(({ event }) => event === "pass").length);
});

test("of other runs only what is missing is asked for", async () => {
  const { connection, session } = await begun();
  const link = passesLink(/** @type {any} */ ({ session }));
  const first = session.timeline.segments[0].run.spec;
  const state = { ...link.state(), runs: [{ first: 0, spec: first }, { first: 1, spec: { ...first, learning_rate: 3 } }], pass: 1, at: 2, length: 2 };
  await link.restore(state);
  assert.deepEqual([session.pass, session.position], [1, 2]);
  const asked = connection.asked.filter(({ event }) => event === "pass");
  assert.deepEqual(asked.map(({ payload }) => payload.spec.learning_rate), [3]);
});

test("while it is asked, the figure stops before the number, and who has seen it goes on", async () => {
  const { session } = await begun();
  const figure = /** @type {any} */ ({ session });
  const most = standBefore(session.tape, FIRST);
  holdBefore(figure, FIRST);
  session.head.seek(Infinity);
  assert.equal(session.position, most);
  session.head.runTo(most + 3);
  assert.equal(session.position, most);
  holdBefore(figure, null);
  session.head.seek(most + 2);
  assert.equal(session.position, most + 2);
  holdBefore(figure, FIRST);
  assert.equal(session.position, most + 2, "it has been seen");
  session.head.seek(Infinity);
  assert.equal(session.position, session.tape.length);
  holdBefore(figure, FIRST, true);
  assert.equal(session.position, most, "who follows goes back to before it");
});

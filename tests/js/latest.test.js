// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "../../static/js/latest.js";

/** Questions that are answered by hand, on a clock that is moved by hand. */
function bench() {
  let now = 0;
  /** @type {{at: number, work: () => void}[]} */ let timers = [];
  /** @type {{question: string, resolve: (answer: string) => void, reject: () => void}[]} */ const asked = [];
  /** @type {[string, string|null][]} */ const told = [];
  const latest = new Latest(
    (/** @type {string} */ question) => new Promise((resolve, reject) => { asked.push({ question, resolve, reject: () => reject(new Error("lost")) }); }),
    (question, answer) => { told.push([question, answer]); },
    { gapMs: 40, now: () => now, later: (work, ms) => { timers.push({ at: now + ms, work }); } },
  );
  const settle = () => new Promise((resolve) => { setTimeout(resolve, 0); });
  const pass = async (/** @type {number} */ ms) => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { work } of due) work();
    await settle();
  };
  return { latest, asked, told, pass, settle };
}

test("the first question is asked at once, the next only when it is answered and 40 ms have passed", async () => {
  const { latest, asked, told, pass, settle } = bench();
  latest.want("a");
  latest.want("b");
  assert.deepEqual(asked.map(({ question }) => question), ["a"]);
  asked[0].resolve("A");
  await settle();
  assert.deepEqual(told, [["a", "A"]]);
  assert.equal(asked.length, 1);
  await pass(39);
  assert.equal(asked.length, 1);
  await pass(1);
  assert.deepEqual(asked.map(({ question }) => question), ["a", "b"]);
});

test("only the newest of those that wait is asked", async () => {
  const { latest, asked, told, pass, settle } = bench();
  latest.want("a");
  for (const question of "bcdef") latest.want(question);
  await pass(1000);
  asked[0].resolve("A");
  await settle();
  assert.deepEqual(asked.map(({ question }) => question), ["a", "f"]);
  asked[1].resolve("F");
  await settle();
  assert.deepEqual(told, [["a", "A"], ["f", "F"]]);
  assert.equal(latest.busy, false);
});

test("a question without an answer is told as such, and the next goes on", async () => {
  const { latest, asked, told, pass, settle } = bench();
  latest.want("a");
  latest.want("b");
  assert.equal(latest.busy, true);
  asked[0].reject();
  await settle();
  await pass(40);
  asked[1].resolve("B");
  await settle();
  assert.deepEqual(told, [["a", null], ["b", "B"]]);
});

test("a second of dragging asks some 25 times, not 200", async () => {
  const { latest, asked, pass } = bench();
  for (let ms = 0; ms < 1000; ms += 5) {
    latest.want(String(ms));
    asked.at(-1)?.resolve("");
    await pass(5);
  }
  assert.ok(asked.length <= 26, String(asked.length));
  assert.ok(asked.length >= 24, String(asked.length));
});

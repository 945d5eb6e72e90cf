// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { HillSession } from "../../static/js/figures/hill-session.js";

Object.assign(globalThis, { matchMedia: () => ({ matches: true }), requestAnimationFrame: () => 1 });

const BOWL = { name: "bowl", label: "Bowl", formula: "", plain: "", axis: "x", low: -5, high: 5, start: -4, minima: [{ x: 0, loss: 0 }], ridges: [], rates: { low: 0.005, high: 8, default: 0.3 } };
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** @param {number} number @param {number} x */
const stopAt = (number, x) => ({ number, x, loss: (x * x) / 2, slope: x, step: -0.3 * x, after: 0.7 * x, verdict: "descending",
  reason: { length: 0.3 * Math.abs(x), way: Math.abs(x), bottom: 0, way_after: 0.7 * Math.abs(x), loss_before: (x * x) / 2, loss_after: (0.49 * x * x) / 2 } });

test("a ball that is let go before there are numbers rolls as soon as there are", async () => {
  /** @type {((answer: unknown) => void)[]} */ const answers = [];
  const connection = { status: "connected", request: () => new Promise((resolve) => { answers.push(resolve); }) };
  const session = new HillSession(/** @type {any} */ (connection), () => {}, () => {});
  session.choose("bowl");
  session.run();
  assert.deepEqual([session.running, session.trail.length], [true, 0]);
  await settled();
  answers[0]({ ok: true, landscape: BOWL, curve: { x: [-5, 5], loss: [12.5, 12.5] }, stops: [0, 1, 2].map((k) => stopAt(k, -4 * 0.7 ** k)), learning_rate: 0.3 });
  await settled();
  assert.equal(session.trail.length, 1);
  assert.equal(session.running, true);
});

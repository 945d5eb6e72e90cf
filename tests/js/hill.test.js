// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { digitsOf } from "../../static/js/hill-digits.js";
import { between, boxOf, overlap, place } from "../../static/js/hill-labels.js";
import { labelsOf, planOf } from "../../static/js/hill-plan.js";
import { SLIDER_STEPS, placeOf, rateAt } from "../../static/js/hill-rate.js";
import { ride, rideAt, rideMs } from "../../static/js/hill-ride.js";
import { HillScale } from "../../static/js/hill-scale.js";
import { leftIn, verdictWords } from "../../static/js/hill-words.js";

/** @typedef {import("../../static/js/types.js").HillStop} HillStop */

const RATES = { low: 0.005, high: 8, default: 0.3 };
const BOWL = { name: "bowl", label: "Bowl", formula: "", plain: "", axis: "x", low: -5, high: 5, start: -4, minima: [{ x: 0, loss: 0 }], ridges: [], rates: RATES };
const xs = Array.from({ length: 241 }, (_, k) => -5 + k / 24);
const CURVE = { x: xs, loss: xs.map((x) => (x * x) / 2) };
const DIGITS = { x: 2, loss: 2, slope: 2 };

/** A stop on the bowl. @param {number} x @param {number} rate @param {import("../../static/js/types.js").HillVerdict} verdict @returns {HillStop} */
function stopAt(x, rate, verdict) {
  const step = -rate * x, after = x + step;
  return { number: 0, x, loss: (x * x) / 2, slope: x, step, after, verdict,
    reason: { length: Math.abs(step), way: Math.abs(x), bottom: 0, way_after: Math.abs(after), loss_before: (x * x) / 2, loss_after: (after * after) / 2 } };
}

/** @param {import("../../static/js/hill-words.js").Words} words */
const said = ({ headline, evidence }) => `${headline} ${evidence.map((piece) => (typeof piece === "string" ? piece : piece.n)).join("")}`;

test("the slider: even steps are even factors, its ends are the rates', and it finds back", () => {
  assert.equal(rateAt(0, RATES), 0.005);
  assert.equal(rateAt(SLIDER_STEPS, RATES), 8);
  assert.equal(rateAt(SLIDER_STEPS / 2, RATES), 0.2);
  for (let at = 0; at <= SLIDER_STEPS; at += 50) assert.ok(Math.abs(placeOf(rateAt(at, RATES), RATES) - at) <= 1);
  assert.equal(placeOf(0, RATES), 0);
  assert.equal(placeOf(1000, RATES), SLIDER_STEPS);
});

test("decimals: enough to tell two places of the picture apart", () => {
  assert.deepEqual(digitsOf(BOWL, CURVE), { x: 2, loss: 2, slope: 2 });
  assert.deepEqual(digitsOf({ ...BOWL, low: -6, high: 8 }, { x: xs, loss: xs.map((x) => x * x * 0.0045) }), { x: 2, loss: 4, slope: 4 });
  assert.deepEqual(digitsOf(BOWL, { x: xs, loss: xs.map(() => 3) }), { x: 2, loss: 4, slope: 4 });
});

test("the scale: pixels and back, the ball upright on its slope, straight on beyond the ends", () => {
  const scale = new HillScale(BOWL, CURVE, { widthPx: 1200, heightPx: 430 });
  assert.equal(scale.x(-5), scale.left);
  assert.equal(scale.x(5), scale.right);
  assert.ok(Math.abs(scale.at(scale.x(1.234)) - 1.234) < 1e-12);
  assert.equal(scale.at(-1000), -5);
  assert.equal(scale.y(12.5), scale.top);
  assert.ok(scale.y(0) < scale.bottom);
  for (const x of [-4, -0.3, 2.5]) {
    const { x: px, y: py, cx, cy, m } = scale.resting(x, 16);
    assert.ok(Math.abs(Math.hypot(cx - px, cy - py) - 16) < 1e-9);
    assert.ok(Math.abs((cx - px) * 1 + (cy - py) * m) < 1e-9, "the radius stands upright on the tangent");
    assert.ok(cy < py);
  }
  assert.ok(scale.drawn(7).loss > 12.5);
});

test("a level landscape and losses that are none can be drawn", () => {
  const level = new HillScale(BOWL, { x: xs, loss: xs.map(() => 0.125) }, { widthPx: 400, heightPx: 310 });
  assert.ok(Number.isFinite(level.y(0.125)));
  const torn = new HillScale(BOWL, { x: xs, loss: xs.map((x) => (x > 3 ? null : x * x)) }, { widthPx: 400, heightPx: 310 });
  assert.doesNotMatch(torn.paths.line, /NaN|Infinity/);
});

test("the ride: whole at the stops, monotone between, and as long as its way", () => {
  const stops = [{ x: -4 }, { x: 2 }, { x: 1.9 }];
  assert.equal(rideAt(stops, 0), -4);
  assert.equal(rideAt(stops, 1), 2);
  assert.equal(rideAt(stops, 2), 1.9);
  let last = -Infinity;
  for (let t = 0; t <= 1; t += 0.05) {
    assert.ok(rideAt(stops, t) >= last);
    last = rideAt(stops, t);
  }
  assert.ok(rideMs(stops, 0, 10) > 2 * rideMs(stops, 1, 10));
  assert.equal(ride(stops, 0, 1e6, 10), 2);
  const half = ride(stops, 0, rideMs(stops, 0, 10) / 2, 10);
  assert.ok(Math.abs(half - 0.5) < 1e-12);
  assert.ok(Math.abs(ride(stops, half, rideMs(stops, 0, 10) / 2, 10) - 1) < 1e-9);
});

/** @param {HillScale} scale */
const line = (scale) => scale.curve.x.map((x, k) => ({ x: scale.x(x), y: scale.y(scale.curve.loss[k] ?? 0) }));
/** @param {{x: number, y: number}} point @param {import("../../static/js/hill-labels.js").Box} box */
const within = ({ x, y }, box) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h;

test("labels sit on nothing, inside the picture, at every place, rate and width", () => {
  for (const widthPx of [328, 700, 1216]) {
    const scale = new HillScale(BOWL, CURVE, { widthPx, heightPx: widthPx < 560 ? 310 : 430 });
    for (let x = -4.9; x <= 4.9; x += 0.35) {
      for (const rate of [0.02, 0.3, 1, 1.6, 2.4, 8]) {
        const stop = stopAt(x, rate, "descending");
        const plan = planOf(scale, stop, x);
        const labels = labelsOf(scale, plan, stop, DIGITS, [], BOWL.minima);
        const boxes = [labels.slope, labels.step, ...labels.bottoms].filter((one) => one !== null).map(({ text, value, spot }) => boxOf(spot, value ? `${text} ${value}` : text));
        boxes.forEach((box, k) => {
          const where = `x ${x.toFixed(2)} rate ${rate} width ${widthPx} label ${k}`;
          boxes.slice(k + 1).forEach((other) => assert.equal(overlap(box, other), 0, where));
          const { ball } = plan;
          assert.equal(overlap(box, { x: ball.cx - scale.ballPx, y: ball.cy - scale.ballPx, w: 2 * scale.ballPx, h: 2 * scale.ballPx }), 0, where);
          for (const point of line(scale)) assert.ok(!within(point, box), `${where} on the curve`);
          assert.ok(box.y + box.h <= scale.bottom && box.x >= 0 && box.x + box.w <= widthPx, where);
        });
      }
    }
  }
});

test("place: the first free spot; where there is none, the one least covered", () => {
  const frame = { x: 0, y: 0, w: 400, h: 200 };
  /** @type {import("../../static/js/hill-labels.js").Spot[]} */
  const spots = [{ x: 100, y: 100, anchor: "middle" }, { x: 300, y: 100, anchor: "middle" }];
  assert.equal(place("word", spots, [], frame), spots[0]);
  assert.equal(place("word", spots, [{ x: 90, y: 90, w: 20, h: 20 }], frame), spots[1]);
  assert.equal(place("word", spots, [{ x: 0, y: 0, w: 250, h: 200 }, { x: 300, y: 95, w: 9, h: 9 }], frame), spots[1]);
  assert.equal(between({ x: 0, y: 0 }, { x: 16, y: 0 }, 8).length, 3);
});

test("the arrow is as long as the step and broken off at the edge; a ball at rest has none", () => {
  const scale = new HillScale(BOWL, CURVE, { widthPx: 1200, heightPx: 430 });
  const { arrow, ghost } = planOf(scale, stopAt(-4, 1.5, "overshooting"), -4);
  assert.ok(arrow && ghost);
  assert.ok(Math.abs(arrow.to - arrow.from - 6 * scale.perX) < 1e-9);
  assert.equal(arrow.out, false);
  const far = planOf(scale, stopAt(-4, 5, "diverging"), -4);
  assert.equal(far.ghost, null);
  assert.equal(far.arrow?.out, true);
  assert.equal(planOf(scale, stopAt(0, 5, "arrived"), 0).arrow, null);
});

test("every verdict has its words, with the numbers it rests on", () => {
  const words = (/** @type {HillStop} */ stop, rate = 1, landscape = BOWL) => said(verdictWords(stop, landscape, DIGITS, rate, 0));
  assert.equal(words(stopAt(-4, 0.01, "crawling")), "Crawling. The bottom is 4.00 away and the step only 0.04 long: less than a twentieth of the way.");
  assert.equal(words(stopAt(-4, 0.3, "descending")), "Descending. The step is 1.20 long and the bottom 4.00 away, so the ball lands on this side of it, lower down: 8.00 becomes 3.92.");
  assert.equal(words(stopAt(-4, 1.5, "overshooting")), "Overshooting, but closing in. The step is 6.00 long and the bottom only 4.00 away, so the ball lands on the far side, lower down: 8.00 becomes 2.00.");
  assert.match(words(stopAt(-4, 2, "bouncing")), /exactly as high: 8\.00 again\.$/);
  assert.match(words(stopAt(-4, 2.5, "diverging")), /lands higher up: 8\.00 becomes 18\.00\.$/);
  assert.match(words(stopAt(0, 1, "stuck"), 1, { ...BOWL, ridges: /** @type {never[]} */ (/** @type {unknown} */ ([0])) }), /^Balanced on the ridge\. The slope here is exactly 0/);
  assert.match(words(stopAt(1, 0, "stuck"), 0), /learning rate of 0 moves nothing/);
  assert.match(words(stopAt(0.001, 1, "arrived")), /^Arrived\. The slope is down to 1\.0·10⁻³/);
  const lost = { ...stopAt(1, 1, "diverging"), after: null };
  assert.match(words({ ...lost, reason: { ...lost.reason, loss_after: null } }), /past what can be written down/);
});

test("a ball that left the picture: the step that threw it out", () => {
  const stops = [{ x: -4 }, { x: 4.9 }, { x: -6 }, { x: 9 }];
  assert.equal(leftIn(stops, BOWL), 2);
  assert.equal(leftIn(stops.slice(0, 2), BOWL), 0);
  assert.equal(leftIn([{ x: 7 }], BOWL), 0);
  assert.equal(said(verdictWords(stopAt(-6, 2.3, "diverging"), BOWL, DIGITS, 2.3, 2)),
    "Step 2 threw the ball out of the picture. It is at −6.00, with a loss of 18.00, and its next step goes higher still.");
});

test("of several bottoms the deepest says so, whichever valley the ball is in", () => {
  const minima = [{ x: -2, loss: 1.04 }, { x: 3, loss: 0 }];
  const scale = new HillScale(BOWL, CURVE, { widthPx: 1200, heightPx: 430 });
  for (const x of [-4, 4]) {
    const stop = stopAt(x, 0.3, "descending");
    const { bottoms } = labelsOf(scale, planOf(scale, stop, x), stop, DIGITS, [], minima);
    assert.deepEqual(bottoms.map(({ text }) => text), ["bottom", "deepest bottom"]);
    bottoms.forEach(({ spot }, k) => assert.ok(Math.abs(spot.x - scale.x(minima[k].x)) < 20));
  }
});

test("two losses that differ are written so that they do", () => {
  const near = { ...stopAt(0.14, 0.01, "crawling"), verdict: /** @type {const} */ ("overshooting"), reason: { length: 0.001, way: 0.14, bottom: 0, way_after: 0.139, loss_before: 0.0100001, loss_after: 0.0100004 } };
  assert.match(said(verdictWords(near, BOWL, DIGITS, 0.01, 0)), /0\.0100001 becomes 0\.0100004\.$/);
  const far = { ...near, reason: { ...near.reason, loss_after: 0.0064 } };
  assert.match(said(verdictWords(far, BOWL, DIGITS, 0.01, 0)), /0\.010 becomes 0\.006\.$/);
});

test("a step that ends on a plateau does not diverge in words either", () => {
  const thrown = stopAt(-4, 5, "stranding");
  assert.match(said(verdictWords({ ...thrown, after: 4.5 }, BOWL, DIGITS, 5, 0)), /^Thrown onto a plateau\. .* lands higher up: .* hardly moves again\.$/);
});

// @ts-check
// What is drawn of the ball's next step: tangent, arrow, landing place, and where their words go. No DOM.
import { number } from "./format.js";
import { along, around, between, boxOf, place, spotsAround } from "./hill-labels.js";

/** @typedef {import("./hill-scale.js").HillScale} HillScale */
/** @typedef {import("./hill-scale.js").Resting} Resting */
/** @typedef {import("./types.js").HillStop} HillStop */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{from: number, to: number, y: number, out: boolean, head: number}} Arrow */
/** @typedef {{text: string, value: string, spot: import("./hill-labels.js").Spot}} Label */
/**
 * @typedef {object} Plan
 * @property {Resting} ball
 * @property {{from: Point, to: Point}} tangent
 * @property {Arrow|null} arrow
 * @property {{x: number}} landing
 * @property {Resting|null} ghost  where the ball will lie; null: out of the picture
 */

const TANGENT_PX = 132, ABOVE_PX = 13, HEAD_PX = 11, SHORTEST_HEAD_PX = 4, OUT_PX = 10;

/**
 * @param {HillScale} scale @param {HillStop} stop the engine's numbers @param {number} x where the ball is drawn
 * @returns {Plan}
 */
export function planOf(scale, stop, x) {
  const radiusPx = scale.ballPx;
  const exact = stop.x === x && stop.loss !== null && stop.slope !== null ? { loss: stop.loss, slope: stop.slope } : undefined;
  const ball = scale.resting(x, radiusPx, exact);
  const after = stop.step === null ? null : x + stop.step;
  const inside = after !== null && after >= scale.low && after <= scale.high;
  return {
    ball, tangent: tangentAt(scale, ball), arrow: arrowOf(scale, stop, ball, after, radiusPx),
    landing: { x: inside ? scale.x(after) : 0 }, ghost: inside ? scale.resting(after, radiusPx) : null,
  };
}

/** @param {HillScale} scale @param {Resting} ball */
function tangentAt(scale, { x, y, m }) {
  const unit = Math.hypot(1, m);
  const end = (/** @type {number} */ way) => {
    const high = scale.bottom - 5, low = scale.top - 40;
    const limit = m === 0 ? Infinity : ((way * m > 0 ? high : low) - y) / (way * m) * unit;
    const side = ((way > 0 ? scale.right : scale.left) - x) * way * unit;
    const length = Math.max(0, Math.min(TANGENT_PX, limit, side));
    return { x: x + (way * length) / unit, y: y + (way * length * m) / unit };
  };
  return { from: end(-1), to: end(1) };
}

/** @param {HillScale} scale @param {HillStop} stop @param {Resting} ball @param {number|null} after @param {number} radiusPx @returns {Arrow|null} */
function arrowOf(scale, stop, ball, after, radiusPx) {
  if (stop.step === 0 || stop.verdict === "arrived" || ball.x < scale.left - 1 || ball.x > scale.right + 1) return null;
  const towards = after === null ? (stop.slope !== null && stop.slope > 0 ? -Infinity : Infinity) : scale.x(after);
  const edge = Math.min(scale.right + OUT_PX, Math.max(scale.left - OUT_PX, towards));
  const length = Math.abs(edge - ball.x);
  return {
    from: ball.x, to: edge, y: ball.cy - radiusPx - ABOVE_PX, out: towards < scale.left || towards > scale.right,
    head: Math.min(HEAD_PX, Math.max(SHORTEST_HEAD_PX, length)),
  };
}

/**
 * The words of the picture, none of them on the ball, the curve, the axis or each other.
 * @param {HillScale} scale @param {Plan} plan @param {HillStop} stop @param {import("./hill-digits.js").Digits} digits
 * @param {import("./hill-labels.js").Box[]} taken
 * @param {readonly {x: number, loss: number|null}[]} minima the bottoms that are marked
 */
export function labelsOf(scale, plan, stop, digits, taken, minima) {
  const { ball, tangent, arrow, ghost } = plan;
  const frame = { x: scale.left + 2, y: 2, w: scale.right - scale.left - 4, h: scale.bottom - 4 };
  const curve = scale.curve.x.map((x, k) => ({ x: scale.x(x), y: scale.y(scale.curve.loss[k] ?? scale.most) }));
  const obstacles = [
    ...taken, ...along(curve, 8), around(ball.cx, ball.cy, scale.ballPx + 3), ...along(between(tangent.from, tangent.to, 8), 9),
    ...(ghost ? [around(ghost.cx, ghost.cy, scale.ballPx + 2)] : []),
    ...(arrow ? along(between({ x: arrow.from, y: arrow.y }, { x: arrow.to, y: arrow.y }, 8), 14) : []),
    ...(ghost && arrow ? along(between({ x: plan.landing.x, y: arrow.y }, { x: plan.landing.x, y: ghost.cy }, 8), 4) : []),
  ];
  /** @type {{slope: Label|null, step: Label|null, bottoms: Label[]}} */
  const labels = { slope: null, step: null, bottoms: [] };
  const marked = minima.filter(({ x }) => x >= scale.low && x <= scale.high);
  const deepest = Math.min(...minima.map(({ loss }) => loss ?? Infinity));
  for (const { x: at, loss } of marked) {
    const x = scale.x(at), y = scale.bottom - 7;
    obstacles.push(around(x, y, 8));
    const text = minima.length > 1 && loss === deepest ? "deepest bottom" : "bottom";
    const spot = place(text, [{ x: x + 12, y, anchor: "start" }, { x: x - 12, y, anchor: "end" }], obstacles, frame);
    labels.bottoms.push({ text, value: "", spot });
    obstacles.push(boxOf(spot, text));
  }
  if (arrow && stop.step !== null) labels.step = put("step", number(stop.step, { digits: digits.x, sign: true }), stepSpots(arrow));
  if (stop.slope !== null) labels.slope = put("slope", number(stop.slope, { digits: digits.slope, sign: true }), [
    ...spotsAround(tangent.to.x, tangent.to.y, 10), ...spotsAround(tangent.from.x, tangent.from.y, 10),
    ...[0.25, 0.5, 0.75].flatMap((share) => [tangent.from, tangent.to].flatMap((end) =>
      spotsAround(ball.x + (end.x - ball.x) * share, ball.y + (end.y - ball.y) * share, 14))),
  ]);
  return labels;

  /** @param {string} text @param {string} value @param {import("./hill-labels.js").Spot[]} spots @returns {Label} */
  function put(text, value, spots) {
    const whole = `${text} ${value}`;
    const spot = place(whole, spots, obstacles, frame);
    obstacles.push(boxOf(spot, whole));
    return { text, value, spot };
  }
}

/** @param {Arrow} arrow @returns {import("./hill-labels.js").Spot[]} */
function stepSpots({ from, to, y }) {
  const ahead = to >= from ? 1 : -1;
  /** @type {import("./hill-labels.js").Spot} */
  const beyond = { x: to + ahead * 8, y: y + 5, anchor: ahead > 0 ? "start" : "end" };
  return [
    { x: (from + to) / 2, y: y - 13, anchor: "middle" }, beyond,
    { x: from, y: y - 13, anchor: ahead > 0 ? "start" : "end" }, { x: from, y: y - 13, anchor: "middle" },
    { x: from - ahead * 10, y: y + 5, anchor: ahead > 0 ? "end" : "start" }, { x: to, y: y - 13, anchor: ahead > 0 ? "end" : "start" },
    { x: (from + to) / 2, y: y + 24, anchor: "middle" }, ...spotsAround(from, y, 22), ...spotsAround(to, y, 22),
  ];
}

// @ts-check
// Where everything of figure `batch` stands: two views of one plane of weights, and its arrows at a play head. No DOM.
import { easeTravel, travelled } from "./clock.js";
import { linearTicks } from "./ticks.js";

/** @typedef {import("./types.js").BatchAnswer} BatchAnswer */
/** @typedef {"sum"|"mean"} Reduction */
/** @typedef {[x: number, y: number]} Point */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */
/**
 * @typedef {object} Panel
 * @property {Box} box
 * @property {(weights: Point) => Point} at where a point of the plane stands, in px
 * @property {Point} start where the weights begin
 * @property {{x: number, text: string}[]} across ticks
 * @property {{y: number, text: string}[]} up
 */
/** @typedef {{width: number, height: number, narrow: boolean, together: Panel, alone: Panel}} Plan */
/** `d` of a head is its triangle. @typedef {{kind: "gradient"|"added"|"move", shaft: [Point, Point], head: string, text: string, label: Point}} Arrow */

/** Every stop is under way as long as a pulse along an edge: the play head's clock (clock.js) tells it from an id. */
const STOP = Object.freeze({ id: "loss" });
const ROWS = 4;
/** The first is how it begins, as everywhere on the page. @type {readonly Reduction[]} */
export const REDUCTIONS = Object.freeze(/** @type {Reduction[]} */ (["mean", "sum"]));
/** What the play head goes through: a row's gradient each, their sum or mean, the move against it. */
export const STOPS = Object.freeze(Array.from({ length: ROWS + 2 }, () => STOP));
export const ADDED = ROWS, MOVED = ROWS + 1;

const NARROW_PX = 700;
export const PAD = { left: 58, right: 34, top: 58, bottom: 46 };
const GAP_PX = 48, BETWEEN_PX = 34;
const MOST_HIGH_PX = 400;
const TICK_PX = 74;
const HEAD_PX = 12;
const LABEL_OFF_PX = 16, CLEAR_PX = 17;
/** Where along its arrow a label may stand, the best first. */
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7];
const SHARE_OF_GROWTH = 0.6; // of its stop: a mean is seen to be a sum first, then to shrink

/** How far a stop has come at the play head: 0 not begun, 1 there. @param {number} t @param {number} stop */
export const grown = (t, stop) => (t >= stop + 1 ? 1 : t <= stop ? 0 : easeTravel(travelled(STOP, t - stop)));

/** @param {BatchAnswer} answer @param {number} widthPx @returns {Plan} */
export function batchPlan(answer, widthPx) {
  const narrow = widthPx < NARROW_PX;
  const { start, rows, sum, one_at_a_time: alone } = answer;
  const [left, right] = [
    bounds([[0, 0], ...rows.map(({ tip }) => tip), away(sum.end, start)]),
    bounds([[0, 0], ...alone.moves.map(({ end }) => away(end, start)), away(sum.end, start)]),
  ];
  const room = PAD.left + PAD.right;
  const wide = spanOf(left, 0) + spanOf(right, 0);
  const high = Math.max(left[1][1], right[1][1]) - Math.min(left[1][0], right[1][0]);
  const unit = narrow ? (widthPx - room) / Math.max(spanOf(left, 0), spanOf(right, 0))
    : Math.min((widthPx - GAP_PX - 2 * room) / wide, MOST_HIGH_PX / high);
  const spare = narrow ? 0 : Math.max(0, (widthPx - GAP_PX - 2 * room - wide * unit) / 2);
  const [tops, bottoms] = narrow ? [[left[1][1], right[1][1]], [left[1][0], right[1][0]]]
    : [both(Math.max(left[1][1], right[1][1])), both(Math.min(left[1][0], right[1][0]))];
  const together = panel(left[0], tops[0], bottoms[0], { unit, x: PAD.left, y: PAD.top, spare, start });
  const below = together.box.bottom + PAD.bottom + BETWEEN_PX + PAD.top;
  const x = narrow ? PAD.left : together.box.right + PAD.right + GAP_PX + PAD.left;
  const second = panel(right[0], tops[1], bottoms[1], { unit, x, y: narrow ? below : PAD.top, spare, start });
  return { width: widthPx, height: Math.ceil(second.box.bottom + PAD.bottom), narrow, together, alone: second };
}

/** @param {number} value */
const both = (value) => [value, value];

/** An arrow from the start, for drawing. @param {Point} point @param {Point} start @returns {Point} */
const away = (point, start) => [point[0] - start[0], point[1] - start[1]];

/** @typedef {[x: [low: number, high: number], y: [low: number, high: number]]} Bounds */

/** @param {Point[]} points @returns {Bounds} */
function bounds(points) {
  const ends = (/** @type {0|1} */ axis) => /** @type {[number, number]} */ ([Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))]);
  return [ends(0), ends(1)];
}

/** @param {Bounds} found @param {0|1} axis */
const spanOf = (found, axis) => found[axis][1] - found[axis][0];

/**
 * @param {[number, number]} across from the start @param {number} high @param {number} low
 * @param {{unit: number, x: number, y: number, spare: number, start: Point}} place
 * @returns {Panel}
 */
function panel(across, high, low, { unit, x, y, spare, start }) {
  const box = { left: x, right: x + (across[1] - across[0]) * unit + spare, top: y, bottom: y + (high - low) * unit };
  const at = (/** @type {Point} */ [a, b]) => /** @type {Point} */ ([box.left + spare / 2 + (a - start[0] - across[0]) * unit, box.top + (high - b + start[1]) * unit]);
  const ticks = (/** @type {number} */ from, /** @type {number} */ to) => linearTicks(from, to, Math.max(1, ((to - from) * unit) / TICK_PX));
  const beyond = spare / 2 / unit;
  return {
    box, at, start: at(start),
    across: ticks(start[0] + across[0] - beyond, start[0] + across[1] + beyond).map(({ value, text }) => ({ x: at([value, 0])[0], text })),
    up: ticks(start[1] + low, start[1] + high).map(({ value, text }) => ({ y: at([0, value])[1], text })),
  };
}

/**
 * The left view: gradients head to tail, what they come to, the one move against it.
 * @param {BatchAnswer} answer @param {Panel} view @param {number} t @param {Reduction} reduction @param {string[]} names of the rows
 * @returns {Arrow[]}
 */
export function togetherArrows(answer, view, t, reduction, names) {
  const { start, rows } = answer;
  const tips = [start, ...rows.map(({ tip }) => /** @type {Point} */ ([start[0] + tip[0], start[1] + tip[1]]))];
  const gradients = rows.map((_, k) => ({ from: view.at(tips[k]), to: view.at(tips[k + 1]) }));
  const chosen = answer[reduction];
  const [all, mean] = [view.at(tips[rows.length]), view.at([start[0] + answer.mean.gradient[0], start[1] + answer.mean.gradient[1]])];
  const come = grown(t, ADDED);
  const shrunk = Math.max(0, (come - SHARE_OF_GROWTH) / (1 - SHARE_OF_GROWTH));
  const [to, share] = reduction === "sum" ? [all, come] : [between(all, mean, shrunk), Math.min(1, come / SHARE_OF_GROWTH)];
  const whole = [...gradients, { from: view.start, to: reduction === "sum" ? all : mean }, { from: view.start, to: view.at(chosen.end) }];
  const labels = labelPlaces(whole);
  return [...gradients.flatMap(({ from, to: tip }, k) => arrow("gradient", from, between(from, tip, grown(t, k)), names[k], labels[k])),
    ...arrow("added", view.start, between(view.start, to, share), reduction, labels[ADDED]),
    ...arrow("move", view.start, between(view.start, whole[MOVED].to, grown(t, MOVED)), "move", labels[MOVED])];
}

/**
 * The right view: a move for each row, from where the one before it ended.
 * @param {BatchAnswer} answer @param {Panel} view @param {number} t @param {string[]} names
 */
export function aloneArrows(answer, view, t, names) {
  const whole = answer.one_at_a_time.moves.map(({ from, end }) => ({ from: view.at(from), to: view.at(end) }));
  const here = view.at(answer.one_at_a_time.end);
  const labels = labelPlaces([...whole, { from: view.at(answer.sum.end), to: here }, { from: view.at(answer.mean.end), to: here }]);
  return whole.flatMap(({ from, to }, k) => arrow("move", from, between(from, to, grown(t, k)), names[k], labels[k]));
}

/**
 * Where the one move ended, beside the end of the many; its words, and the distance between, clear of the moves.
 * @param {BatchAnswer} answer @param {Panel} view @param {Reduction} reduction @param {number} wordsPx
 */
export function endsOf(answer, view, reduction, wordsPx) {
  const ring = view.at(answer[reduction].end), here = view.at(answer.one_at_a_time.end);
  const gap = { from: ring, to: here };
  const lines = [gap, ...answer.one_at_a_time.moves.map(({ from, end }) => ({ from: view.at(from), to: view.at(end) }))];
  const half = wordsPx / 2, [low, high] = [view.box.left - PAD.left + half, view.box.right + PAD.right - half];
  const words = clearest([[0, -17], [0, 17], [half + 13, 0], [-half - 13, 0], [half, 20], [-half, 20], [half, -20], [-half, -20]]
    .map(([x, y]) => [Math.max(low, Math.min(high, ring[0] + x)), ring[1] + y]), half, lines, ring);
  const apart = clearest([beside(gap, 0.5, 1), beside(gap, 0.5, -1), beside(gap, 0.35, 1), beside(gap, 0.35, -1)], 12, lines.slice(1), words, half);
  return { ring, here, words, apart };
}

/** The first of the best places for words so wide. @param {Point[]} places @param {number} half @param {Line[]} lines @param {Point} other what is to be kept clear too @param {number} [otherHalf] */
function clearest(places, half, lines, other, otherHalf = 6) {
  const costs = places.map((at) => [-half, -half / 2, 0, half / 2, half].reduce((sum, x) => {
    const spot = /** @type {Point} */ ([at[0] + x, at[1]]);
    const near = Math.abs(spot[0] - other[0]) < otherHalf + 4 ? crowd(Math.abs(spot[1] - other[1])) : 0;
    return sum + near + lines.reduce((all, line) => all + crowd(fromLine(spot, line) + 3), 0);
  }, 0));
  return places[costs.indexOf(Math.min(...costs))];
}

/**
 * An arrow; none that is too short to be seen.
 * @param {Arrow["kind"]} kind @param {Point} from @param {Point} to @param {string} text @param {Point} label @returns {Arrow[]}
 */
function arrow(kind, from, to, text, label) {
  const length = distance(from, to);
  if (length < 2) return [];
  const head = Math.min(HEAD_PX, length * 0.6), wing = head * 0.46;
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const neck = /** @type {Point} */ ([to[0] - ux * head, to[1] - uy * head]);
  return [{ kind, shaft: [from, neck], text, label,
    head: `M${px(to)}L${px([neck[0] - uy * wing, neck[1] + ux * wing])}L${px([neck[0] + uy * wing, neck[1] - ux * wing])}z` }];
}

/** @typedef {{from: Point, to: Point}} Line */

/** A place beside each arrow, near its middle and clear of the others; the same however far the arrows have grown. @param {Line[]} lines */
function labelPlaces(lines) {
  /** @type {Point[]} */ const taken = [];
  for (const line of lines) {
    const places = ALONG.flatMap((u, k) => [1, -1].map((side) => ({ at: beside(line, u, side), cost: k * 4 })));
    const costs = places.map(({ at, cost }) => cost + lines.reduce((sum, other) => sum + (other === line ? 0 : crowd(fromLine(at, other))), 0)
      + taken.reduce((sum, other) => sum + 2 * crowd(distance(at, other) / 1.6), 0));
    taken.push(places[costs.indexOf(Math.min(...costs))].at);
  }
  return taken;
}

/** @param {number} px away from something */
const crowd = (px) => Math.max(0, CLEAR_PX - px) ** 2;

/** @param {Line} line @param {number} u @param {number} side @returns {Point} */
function beside({ from, to }, u, side) {
  const length = distance(from, to) || 1;
  const [x, y] = between(from, to, u);
  return [x - ((to[1] - from[1]) / length) * side * LABEL_OFF_PX, y + ((to[0] - from[0]) / length) * side * LABEL_OFF_PX];
}

/** @param {Point} at @param {Line} line */
function fromLine(at, { from, to }) {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const u = ((at[0] - from[0]) * x + (at[1] - from[1]) * y) / (x * x + y * y || 1);
  return distance(at, between(from, to, Math.min(1, Math.max(0, u))));
}

/** @param {Point} a @param {Point} b */
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** @param {Point} a @param {Point} b @param {number} share @returns {Point} */
const between = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

/** @param {Point} point */
export const px = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;

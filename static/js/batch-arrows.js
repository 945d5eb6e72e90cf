// @ts-check
// The arrows of figure `batch` at a play head, and what stands at their ends. No DOM.
import { beside, clearest, labelPlaces } from "./arrow-labels.js";
import { PAD } from "./batch-plan.js";
import { ADDED, MOVED, grown } from "./batch-stops.js";
import { between, distance, px } from "./plane-points.js";

/** @typedef {import("./types.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./batch-plan.js").Panel} Panel */
/** @typedef {import("./plane-points.js").Point} Point */
/** @typedef {import("./reductions.js").Reduction} Reduction */
/** A head is the `d` of its triangle. @typedef {{kind: "gradient"|"added"|"move", shaft: [Point, Point], head: string, text: string, label: Point}} Arrow */

const HEAD_PX = 12;
const SHARE_OF_GROWTH = 0.6; // of its stop: a mean is seen to be a sum first, then to shrink

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

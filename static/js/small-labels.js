// @ts-check
// Labels on curves: each on its own curve, near its end, none on another label or a node. No DOM.
import { pointAt } from "./bezier.js";

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */
/** @typedef {import("./bezier.js").Curve} Curve */
/** @typedef {{from: unknown, to: {layer: number}, curve: Curve, label: {x: number, y: number}|null}} Labelled */

const LATEST = 0.9;
const EARLIEST = 0.3;
const FURTHEST_IN_LINE = 0.2;
const STEP = 0.01;
const WANTED = 0.78;
const STRANGER_COST = 0.09;
const TOO_MANY = 40;
const SAMPLES = 40;

/**
 * Give each edge the place of its label, or none to all the edges between two layers where not all of them have room.
 *
 * All at the same share of their curves, near the end, looks best. Where they would meet, each looks for a place of its own;
 * lying on other curves costs.
 * @param {Labelled[]} edges changed in place @param {readonly Box[]} solid @param {{w: number, h: number}} size
 */
export function placeLabels(edges, solid, size) {
  for (const layer of new Set(edges.map((edge) => edge.to.layer))) {
    const between = edges.filter((edge) => edge.to.layer === layer);
    if (between.length > TOO_MANY) continue;
    const best = inLine(between, solid, size) ?? [WANTED, 0.7, 0.6, 0.5].map((wanted) => tryAll(between, solid, size, wanted)).find((places) => places !== null);
    between.forEach((edge, i) => { edge.label = best?.[i] ?? null; });
  }
}

/**
 * The places at one share of all curves, as near to the wanted one as they can be without meeting.
 * @param {readonly Labelled[]} edges @param {readonly Box[]} solid @param {{w: number, h: number}} size
 * @returns {{x: number, y: number}[]|null}
 */
function inLine(edges, solid, size) {
  for (let off = 0; off <= FURTHEST_IN_LINE; off += STEP) {
    for (const u of [WANTED + off, WANTED - off]) {
      const places = edges.map(({ curve }) => pointAt(curve, u));
      const boxes = places.map((place) => boxAt(place, size));
      const free = boxes.every((box, i) => u <= LATEST && !solid.some((other) => meet(box, other)) && !boxes.some((other, k) => k < i && meet(box, other)));
      if (free) return places;
    }
  }
  return null;
}

/**
 * @param {readonly Labelled[]} edges @param {readonly Box[]} solid @param {{w: number, h: number}} size @param {number} wanted
 * @returns {{x: number, y: number}[]|null}
 */
function tryAll(edges, solid, size, wanted) {
  const samples = edges.map(({ curve }) => Array.from({ length: SAMPLES + 1 }, (_, k) => pointAt(curve, k / SAMPLES)));
  /** @type {Box[]} */
  const taken = [...solid];
  /** @type {{x: number, y: number}[]} */
  const places = [];
  for (const index of outsideIn(edges.length)) {
    const place = bestPlace(edges[index].curve, index, samples, taken, size, wanted);
    if (!place) return null;
    places[index] = place;
    taken.push(boxAt(place, size));
  }
  return places;
}

/** First, last, second, last but one, … so that a symmetric picture gets symmetric labels. @param {number} n */
const outsideIn = (n) => Array.from({ length: n }, (_, k) => (k % 2 ? n - 1 - (k - 1) / 2 : k / 2));

/**
 * @param {Curve} curve @param {number} own @param {{x: number, y: number}[][]} samples
 * @param {readonly Box[]} taken @param {{w: number, h: number}} size @param {number} wanted
 */
function bestPlace(curve, own, samples, taken, size, wanted) {
  let best = null;
  let least = Infinity;
  for (let u = LATEST; u >= EARLIEST; u -= STEP) {
    const place = pointAt(curve, u);
    const box = boxAt(place, size);
    if (taken.some((other) => meet(box, other))) continue;
    const strangers = samples.filter((points, k) => k !== own && points.some((p) => inside(p, box))).length;
    const cost = Math.abs(u - wanted) + strangers * STRANGER_COST;
    if (cost < least) {
      least = cost;
      best = place;
    }
  }
  return best;
}

/** @param {{x: number, y: number}} at @param {{w: number, h: number}} size @returns {Box} */
const boxAt = ({ x, y }, { w, h }) => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });

/** @param {Box} a @param {Box} b */
export const meet = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/** @param {{x: number, y: number}} p @param {Box} box */
const inside = (p, box) => p.x > box.left && p.x < box.right && p.y > box.top && p.y < box.bottom;

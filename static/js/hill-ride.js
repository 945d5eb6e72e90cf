// @ts-check
// The ride of the ball: where it is drawn at play head t. Its whole part is the number of the stop that it left. No DOM.
import { easeTravel } from "./clock.js";

const SHORTEST_MS = 130, LONGEST_MS = 620; // a step that no eye can see, and one across the whole picture

/**
 * @param {readonly {x: number}[]} stops in order, the last one where the ball comes to rest
 * @param {number} t 0..stops.length - 1
 */
export function rideAt(stops, t) {
  const k = Math.min(stops.length - 1, Math.floor(t)); // beyond the last stop it is there
  const next = stops[k + 1];
  return next === undefined ? stops[k].x : stops[k].x + (next.x - stops[k].x) * easeTravel(t - k);
}

/** How long the step from stop k takes, at speed 1. @param {readonly {x: number}[]} stops @param {number} k @param {number} width of the picture, in x */
export function rideMs(stops, k, width) {
  const next = stops[k + 1];
  const share = next === undefined ? 0 : Math.min(1, Math.abs(next.x - stops[k].x) / width);
  return SHORTEST_MS + (LONGEST_MS - SHORTEST_MS) * Math.sqrt(share);
}

/** Move the play head by so many ms, over as many steps as they cover. @param {readonly {x: number}[]} stops @param {number} t @param {number} dtMs @param {number} width */
export function ride(stops, t, dtMs, width) {
  let head = t, left = dtMs;
  while (head < stops.length - 1) {
    const k = Math.floor(head), whole = rideMs(stops, k, width);
    const rest = (k + 1 - head) * whole;
    if (left < rest) return Math.min(k + 1, head + left / whole);
    left -= rest;
    head = k + 1;
  }
  return stops.length - 1;
}

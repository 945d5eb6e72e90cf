// @ts-check
// A slider for learning rates: even steps of the handle are even factors of the rate. No DOM.

/** @typedef {{low: number, high: number}} Rates */

export const SLIDER_STEPS = 1000;
const DIGITS = 3;

/** The rate at a place of the slider, 0..SLIDER_STEPS, in three digits. @param {number} place @param {Rates} rates */
export function rateAt(place, { low, high }) {
  return Number((low * (high / low) ** (place / SLIDER_STEPS)).toPrecision(DIGITS));
}

/** The place of a rate, held on the slider. @param {number} rate @param {Rates} rates */
export function placeOf(rate, { low, high }) {
  if (!(rate > low)) return 0;
  return Math.min(SLIDER_STEPS, Math.round((Math.log(rate / low) / Math.log(high / low)) * SLIDER_STEPS));
}

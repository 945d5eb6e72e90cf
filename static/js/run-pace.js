// @ts-check
// How a run is played: which epochs are drawn at a speed, and how far ahead they are fetched. No DOM, no clock.

/** Epochs a second that a run may be played at; Infinity is as fast as it goes. */
export const EPOCH_SPEEDS = Object.freeze([1, 10, 100, 1000, Infinity]);
const FRAMES_A_SECOND = 60;
const WHOLE_RUN_SECONDS = 4; // "as fast as it goes" shows a run in about this time
const STRIDES = [1, 2, 5];
const AHEAD_SECONDS = 1.5;

/** The smallest of 1, 2, 5, 10, 20, 50, ... that is not below `least`. @param {number} least */
function roundStride(least) {
  for (let unit = 1; ; unit *= 10) {
    const fitting = STRIDES.find((stride) => stride * unit >= least);
    if (fitting) return fitting * unit;
  }
}

/**
 * How many epochs lie between two that are drawn: no more are drawn than the screen has frames.
 * @param {number} speed epochs a second, Infinity: as fast as it goes @param {number} epochs of the whole run
 */
export function strideAt(speed, epochs) {
  return roundStride((speed === Infinity ? epochs / WHOLE_RUN_SECONDS : speed) / FRAMES_A_SECOND);
}

/** Epochs a second at a speed. @param {number} speed @param {number} epochs */
export function paceAt(speed, epochs) {
  return speed === Infinity ? strideAt(speed, epochs) * FRAMES_A_SECOND : speed;
}

/** How many epochs to have ready beyond the play head. @param {number} speed @param {number} epochs */
export function aheadAt(speed, epochs) {
  return Math.max(2, Math.ceil(paceAt(speed, epochs) * AHEAD_SECONDS));
}

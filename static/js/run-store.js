// @ts-check
// What a page has seen of one run: the losses from the start, and the frames it drew. No DOM.

/** @typedef {import("./types.js").LaneCurve} LaneCurve */
/** @typedef {import("./types.js").RunFrame} RunFrame */

const MOST_FRAMES = 3000; // some 12 MB with three lanes and their surfaces; what is let go is asked for again

export class RunStore {
  /** @param {number} lanes */
  constructor(lanes) {
    /** @type {LaneCurve[]} */
    this.curves = Array.from({ length: lanes }, () => ({ losses: new Float64Array(1024), known: 0, diverged: null }));
    /** @type {Map<number, RunFrame>} */ this.frames = new Map();
    /** Epochs 0 to known - 1 have their losses. */ this.known = 0;
  }

  /**
   * Keep a chunk. Losses are kept as far as they join on to what is known.
   * @param {{epoch: number, stop: number, diverged: (number | null)[]}} answer
   * @param {{losses: Float64Array[], frames: RunFrame[]}} chunk
   */
  keep({ epoch, stop, diverged }, { losses, frames }) {
    for (const frame of frames) this.frames.set(frame.epoch, frame);
    for (const seen of this.frames.keys()) {
      if (this.frames.size <= MOST_FRAMES) break;
      if (seen !== 0) this.frames.delete(seen);
    }
    if (epoch > this.known || stop <= this.known) return;
    this.known = stop;
    this.curves = this.curves.map((curve, lane) => {
      const grown = withRoom(curve.losses, stop);
      grown.set(losses[lane], epoch);
      const ended = diverged[lane];
      return { losses: grown, known: ended === null ? stop : Math.min(stop, ended), diverged: ended !== null && ended <= stop ? ended : null };
    });
  }

  /**
   * The first epoch from `from` on, in steps of `every` up to `end`, that has no frame; null where all have.
   * @param {number} from @param {number} every @param {number} end
   */
  missing(from, every, end) {
    for (let epoch = Math.ceil(from / every) * every; epoch <= end; epoch += every) {
      if (!this.frames.has(epoch)) return epoch;
    }
    return null;
  }
}

/** @param {Float64Array} losses @param {number} length @returns {Float64Array} */
function withRoom(losses, length) {
  if (losses.length >= length) return losses;
  const larger = new Float64Array(Math.max(length, losses.length * 2));
  larger.set(losses);
  return larger;
}

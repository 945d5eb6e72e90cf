// @ts-check
// The passes a learner has been through, one after another, whichever run each belongs to. Passes are counted through.

/** @typedef {import("./pass-run.js").PassRun} PassRun */

export class Timeline {
  /** @param {PassRun} run */
  constructor(run) {
    /** `first` is the number, in the whole, of the run's own pass 0. @type {{run: PassRun, first: number}[]} */
    this.segments = [{ run, first: 0 }];
    this.length = 1;
  }

  /** The run that pass k belongs to, and its number there. @param {number} k @returns {{run: PassRun, pass: number}} */
  at(k) {
    const segment = this.segments.findLast(({ first }) => first <= k) ?? this.segments[0];
    return { run: segment.run, pass: k - segment.first };
  }

  /** From pass k on, another run. @param {number} k @param {PassRun} run */
  branch(k, run) {
    this.segments = [...this.segments.filter(({ first }) => first < k), { run, first: k }];
    this.length = k + 1;
  }

  /** @param {number} k */
  reach(k) {
    this.length = Math.max(this.length, k + 1);
  }

  /** The same passes with derivatives written another way; what was fetched is to be asked for again. @param {import("../types.js").SignName} sign */
  restated(sign) {
    const segments = this.segments.map(({ run, first }) => ({ run: run.restated(sign), first }));
    return Object.assign(new Timeline(segments[0].run), { segments, length: this.length });
  }

  /** The loss of every pass so far. @returns {number[]} */
  get losses() {
    return Array.from({ length: this.length }, (_, k) => {
      const { run, pass } = this.at(k);
      return run.losses[pass];
    });
  }
}

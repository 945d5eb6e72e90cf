// @ts-check
// The play head of a tape: where it is, whether it moves, and how fast. The only place that asks for frames.
import { advance, entryTime } from "../clock.js";

/** @typedef {import("../tape.js").Tape} Tape */

const STEP_LIMIT_MS = 1500; // a step over many numbers shows them all, but not slowly
const PASS_REST_MS = 700; // a breath between two passes while playing

export class PlayHead {
  /** @param {() => void} onMove @param {() => void} onEnd the end of the pass was reached while playing */
  constructor(onMove, onEnd) {
    this.onMove = onMove;
    this.onEnd = onEnd;
    /** @type {Tape|null} */ this.tape = null;
    this.t = 0;
    this.speed = 1;
    this.playing = false;
    /** @type {number|null} */ this.target = null;
    this.boost = 1;
    this.last = 0;
    this.rested = 0;
    this.frame = 0;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    /** How far one may go in a tape, while a class is asked what comes next. @type {(tape: Tape) => number} */ this.mostOf = () => Infinity;
  }

  /** The last position that may be reached. */
  get end() {
    return this.tape ? Math.min(this.tape.length, this.mostOf(this.tape)) : 0;
  }

  /** How many numbers are known: the one under way counts. */
  get position() {
    return Math.ceil(this.t - 1e-9);
  }

  /** The play head as drawn: with reduced motion things are here or there, never between. */
  get drawn() {
    return this.calm.matches ? this.position : this.t;
  }

  /** @param {Tape} tape @param {number} at */
  setTape(tape, at) {
    this.tape = tape;
    this.t = Math.max(0, Math.min(this.end, at));
    this.target = null;
    this.rested = 0;
  }

  /** @param {number} position */
  seek(position) {
    this.target = null;
    this.playing = false;
    this.rested = 0;
    this.t = Math.max(0, Math.min(this.end, position));
    this.onMove();
  }

  play() {
    this.target = null;
    this.boost = 1;
    this.rested = 0;
    this.playing = true;
    this.onMove();
    this.start();
  }

  pause() {
    this.playing = false;
    this.target = null;
    this.rested = 0;
    this.t = this.position;
    this.onMove();
  }

  /** Travel to a position and stop there; a move under way is finished at once. @param {number} wanted */
  runTo(wanted) {
    if (!this.tape) return;
    const position = Math.min(this.end, wanted);
    this.playing = false;
    this.t = this.position;
    if (position <= this.t || this.calm.matches) return this.seek(position);
    const whole = this.tape.entries.slice(this.t, position).reduce((sum, entry) => sum + entryTime(entry), 0);
    this.boost = position - this.t > 1 ? Math.max(1, whole / this.speed / STEP_LIMIT_MS) : 1;
    this.target = position;
    // The number is known at once and seen to travel: the first frame stands just past the last stop.
    this.t += 1e-6;
    this.start();
    this.onMove();
  }

  start() {
    if (this.frame) return;
    this.last = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now */
  tick(now) {
    this.frame = 0;
    if (!this.tape || (!this.playing && this.target === null)) return;
    const dt = Math.max(0, Math.min(100, now - this.last));
    this.last = now;
    this.t = Math.min(this.end, advance(this.t, dt * this.boost, this.tape, this.speed));
    if (this.playing && this.t >= this.end && this.end < this.tape.length) this.playing = false;
    if (this.target !== null && this.t >= this.target) {
      this.t = this.target;
      this.target = null;
    }
    if (this.playing && this.t >= this.tape.length) this.rest(dt);
    this.onMove();
    if (this.playing || this.target !== null) this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  /** @param {number} dt */
  rest(dt) {
    const before = this.rested;
    this.rested += dt * this.speed;
    if (before < PASS_REST_MS && this.rested >= PASS_REST_MS) this.onEnd();
  }
}

// @ts-check
// What a learner does on the hill: the landscape, the rate, where the ball has been and where it is. No picture.
import { digitsOf } from "../hill-digits.js";
import { ride, rideAt } from "../hill-ride.js";
import { isOutside } from "../hill-words.js";
import { Latest } from "../latest.js";
import { SLICE } from "../link-states.js";

/** @typedef {import("../connection.js").Connection} Connection */
/** @typedef {import("../types.js").HillAnswer} HillAnswer */
/** @typedef {import("../types.js").HillStop} HillStop */
/** The pass that a slice belongs to. @typedef {{spec: import("../types.js").Spec, pass: number, weights: {id: string, name: string, value: number}[]}} HillNetwork */
/** @typedef {{wanted: import("../types.js").HillWanted, subject: number}} Question */
/** @typedef {{ok: true, answer: HillAnswer}|{ok: false, message: string, field: string}} Reply */

const AHEAD = 8, AHEAD_RUNNING = 60; // steps fetched beyond the one at hand
const LONGEST_RUN = 1000;
const RUN_SPEED = 1.6;
const TOO_MUCH_MS = 300;
const SLOW_MS = 600; // an answer that takes longer is waited for in words

export class HillSession {
  /** @param {Connection} connection @param {() => void} onChange @param {() => void} onFrame only the ball has moved */
  constructor(connection, onChange, onFrame) {
    this.onChange = onChange;
    this.onFrame = onFrame;
    /** @type {Latest<Question, Reply>} */
    this.latest = new Latest(async ({ wanted }) => {
      const answer = await connection.request("hill", wanted);
      return answer.ok ? { ok: true, answer } : { ok: false, message: answer.error.message, field: answer.error.field };
    }, (question, reply) => this.told(question, reply));
    this.name = "bowl";
    this.weight = "";
    /** @type {HillNetwork|null} */ this.network = null;
    /** @type {number|null} */ this.rate = null;
    /** Raised whenever the ball is somewhere else for good: what was asked before is not shown any more. */
    this.subject = 0;
    /** @type {import("../types.js").HillLandscape|null} */ this.landscape = null;
    /** @type {import("../types.js").HillCurve|null} */ this.curve = null;
    /** @type {import("../hill-digits.js").Digits} */ this.digits = { x: 2, loss: 2, slope: 2 };
    /** Where the ball has been, with the step that it took from there. @type {HillStop[]} */ this.trail = [];
    /** Where it is. @type {HillStop|null} */ this.here = null;
    /** Where it would come next, with the rate that `here` was asked with. @type {HillStop[]} */ this.ahead = [];
    /** The rate of `here` and `ahead`. @type {number|null} */ this.hereRate = null;
    /** Where the learner holds the ball, while the engine's numbers for it are on their way. @type {number|null} */ this.held = null;
    this.running = false;
    this.stepWanted = false;
    this.t = 0;
    this.frame = 0;
    this.last = 0;
    /** @type {{message: string, field: string}|null} */ this.refusal = null;
    this.away = false;
    /** The answer takes its time. */
    this.slow = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */ this.slowTimer = undefined;
    this.curveWanted = true;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** All stops so far, the present one last. */
  get stops() {
    return this.here ? [...this.trail, this.here] : this.trail;
  }

  /** Where the ball is drawn. */
  get ballX() {
    return this.held ?? (this.here ? rideAt(this.stops, this.moving ? this.t : this.trail.length) : 0);
  }

  get busy() {
    return this.latest.busy;
  }

  /** The play head is between two stops. */
  get underWay() {
    return this.t < this.trail.length;
  }

  /** The ball is drawn between two stops; with reduced motion it is here or there, and only the pace is kept. */
  get moving() {
    return this.underWay && !this.calm.matches;
  }

  get outside() {
    return this.here !== null && this.landscape !== null && isOutside(this.here, this.landscape);
  }

  /** Whether there is a step to take. */
  get canStep() {
    const { here } = this;
    if (!here || here.verdict === "arrived" || here.verdict === "stuck") return false;
    return here.loss !== null && here.after !== null && here.reason.loss_after !== null;
  }

  /** The numbers at hand are those of the rate and the place on the page. */
  get fresh() {
    return this.here !== null && this.held === null && this.hereRate === this.rate && !this.curveWanted;
  }

  /** Show another landscape, from its own start and with its own rate. @param {string} name @param {string} [weight] */
  choose(name, weight = this.weight) {
    this.name = name;
    this.weight = weight;
    this.rate = null;
    this.curveWanted = true;
    this.begin(null);
  }

  /** The network of figure `passes` has changed. @param {HillNetwork} network */
  follow(network) {
    const known = network.weights.some(({ id }) => id === this.weight);
    const same = network.pass === this.network?.pass && JSON.stringify(network.spec) === JSON.stringify(this.network.spec);
    this.network = network;
    if (same && known) return this.onChange();
    if (!known) this.weight = favourite(network);
    if (this.name !== SLICE) return this.onChange();
    if (!known || !this.here) return this.choose(SLICE);
    this.curveWanted = true;
    this.begin(null);
  }

  /** Put the ball down: a new descent. @param {number|null} x null: where the landscape has it begin */
  begin(x) {
    this.subject += 1;
    this.running = false;
    this.stepWanted = false;
    this.trail = [];
    this.ahead = [];
    this.t = 0;
    this.refusal = null;
    this.held = x;
    this.wantFrom(x);
    this.onChange();
  }

  /** Hold the ball elsewhere while it is dragged: the same descent is not begun anew at each pixel. @param {number} x */
  hold(x) {
    if (this.trail.length || this.running) return this.begin(x);
    this.held = x;
    this.stepWanted = false;
    this.wantFrom(x);
    this.onChange();
  }

  /** @param {number} rate */
  setRate(rate) {
    this.rate = rate;
    this.refusal = null;
    this.ahead = [];
    this.wantFrom(this.place);
    this.onChange();
  }

  /** Where the ball is or is held; null: where the landscape has it begin. */
  get place() {
    return this.curveWanted ? this.held : this.held ?? this.here?.x ?? null;
  }

  /** @param {number|null} x */
  wantFrom(x) {
    const { name, network, weight } = this;
    if (name === SLICE && !network) return;
    const slice = name === SLICE && network ? { spec: network.spec, pass: network.pass, weight } : {};
    const steps = this.running ? AHEAD_RUNNING : AHEAD;
    this.slowTimer ??= setTimeout(() => { this.slow = true; this.onChange(); }, SLOW_MS);
    this.latest.want({ subject: this.subject, wanted: { landscape: name, ...slice, start: x, learning_rate: this.rate, steps, curve: this.curveWanted } });
  }

  /** @param {Question} question @param {Reply|null} reply */
  told(question, reply) {
    if (!this.busy) {
      clearTimeout(this.slowTimer);
      this.slowTimer = undefined;
      this.slow = false;
    }
    if (question.subject !== this.subject) return this.onChange();
    this.away = reply === null;
    if (reply?.ok) this.take(reply.answer);
    else if (reply?.field === "rate") setTimeout(() => this.wantFrom(this.place), TOO_MUCH_MS);
    else if (reply) this.refused(reply);
    this.onChange();
  }

  /** @param {HillAnswer} answer */
  take({ landscape, curve, stops, learning_rate: rate }) {
    this.landscape = landscape;
    if (curve) {
      this.curve = curve;
      this.curveWanted = false;
      this.digits = digitsOf(landscape, curve);
    }
    this.rate ??= rate;
    [this.here, ...this.ahead] = stops;
    this.hereRate = rate;
    if (this.held === this.here.x) this.held = null;
    if (this.fresh && (this.stepWanted || this.running) && !this.underWay) this.step();
  }

  /** @param {{message: string, field: string}} refusal */
  refused(refusal) {
    this.refusal = refusal;
    this.running = false;
    this.stepWanted = false;
    if (refusal.field === "learning_rate" && this.hereRate !== null) this.rate = this.hereRate;
  }

  /** Take one step, now or as soon as its numbers are there. */
  step() {
    this.t = this.trail.length;
    if (this.fresh && !this.canStep) return this.pause();
    const next = this.fresh ? this.ahead[0] : undefined;
    this.stepWanted = next === undefined;
    if (!next || !this.here) return;
    this.subject += 1;
    this.trail = [...this.trail, { ...this.here, rate: this.hereRate ?? undefined }];
    [this.here, ...this.ahead] = this.ahead;
    if (this.ahead.length === 0) this.wantFrom(next.x);
    this.animate();
    this.onChange();
  }

  /** Go on from step to step, now or as soon as there are numbers to go by. */
  run() {
    if (this.fresh && !this.canStep) return;
    this.running = true;
    this.refusal = null;
    if (!this.underWay) this.step();
    this.onChange();
  }

  pause() {
    this.running = false;
    this.stepWanted = false;
    this.t = this.trail.length;
    this.onChange();
  }

  /** One step back, to where the ball was. */
  back() {
    const last = this.trail[this.trail.length - 1];
    if (!last) return;
    this.subject += 1;
    this.running = false;
    this.trail = this.trail.slice(0, -1);
    this.here = last;
    this.ahead = [];
    this.held = null;
    this.t = this.trail.length;
    this.wantFrom(last.x);
    this.onChange();
  }

  /** Back to where this descent began; from there, to where the landscape has it begin. */
  reset() {
    this.begin(this.trail[0]?.x ?? this.landscape?.start ?? null);
  }

  animate() {
    if (this.frame) return;
    this.last = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now */
  tick(now) {
    this.frame = 0;
    if (!this.underWay || !this.landscape) return;
    const dt = Math.max(0, Math.min(100, now - this.last)) * (this.running ? RUN_SPEED : 1);
    this.last = now;
    this.t = ride(this.stops, this.t, dt, this.landscape.high - this.landscape.low);
    if (this.underWay) this.onFrame();
    else this.landed();
    if (this.underWay) this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  landed() {
    if (this.running && !this.outside && this.trail.length < LONGEST_RUN) this.step();
    else this.running = false;
    if (!this.underWay) this.onChange();
  }

  /** The connection is there (again): ask what was not answered. */
  connected() {
    if (!this.here || this.away) this.wantFrom(this.place);
  }
}

/** The weight that says most at once: the last one into the output that is no bias. @param {HillNetwork} network */
function favourite({ weights }) {
  return weights.findLast(({ id }) => !id.startsWith("b>"))?.id ?? weights[0]?.id ?? "";
}

// @ts-check
// Where a learner is in figure `passes`, what they asked for, and what came of it. No picture.
// Every act has a number; an answer that comes after a newer act is kept but not shown.
import { signOf } from "../signs.js";
import { makeTape } from "../tape.js";
import { initialFrom, sameExample } from "./edits.js";
import { LAST_PASS, PassRun, Refused } from "./pass-run.js";
import { PlayHead } from "./play-head.js";
import { Restating } from "./restating.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").PassBody} PassBody */
/** @typedef {import("../types.js").GivenInitial} GivenInitial */
/** @typedef {import("../connection.js").Connection} Connection */
/** @typedef {import("../tape.js").Tape} Tape */
/**
 * A spec that was asked for and has not come yet.
 * @typedef {object} Wanted
 * @property {Spec} spec
 * @property {string} words       what the learner changed
 * @property {string|null} field  the number of the page that was changed
 * @property {number} at          the pass from which it holds
 * @property {GivenInitial|null} start  what Reset returns to from then on; null: as before
 * @property {boolean} fresh      begin at the start of the tape
 */

export class PassWalk {
  /**
   * @param {Connection} connection @param {import("../types.js").Boot} boot
   * @param {() => void} onChange something shown has changed
   * @param {() => void} onFrame only the picture has: the play head is between two numbers
   */
  constructor(connection, boot, onChange, onFrame) {
    this.connection = connection;
    this.catalog = boot.catalog;
    this.onChange = onChange;
    this.onFrame = onFrame;
    this.drawn = "";
    this.head = new PlayHead(() => this.moved(), () => void this.goTo(this.pass + 1, 0, true));
    const run = new PassRun(connection, boot.first.spec);
    run.keep(boot.first);
    this.timeline = new Timeline(run);
    /** The weights that Reset goes back to. */
    this.start = initialFrom(boot.first.network);
    this.pass = 0;
    this.restating = new Restating(this);
    /** @type {PassBody} */
    this.body = boot.first;
    /** @type {Tape} */
    this.tape = makeTape(boot.first, this.sign);
    this.head.setTape(this.tape, 0);
    this.intent = 0;
    this.open = 0;
    /** @type {Wanted|null} */ this.wanted = null;
    /** While what is wanted is asked for. @type {Promise<void>|null} */ this.settling = null;
    /** What to return to when the answer is no. @type {{t: number, stale: Map<string, number>, notice: {text: string, recomputeTo: number}|null}|undefined} */ this.before = undefined;
    /** What goes on by itself when the server is back. @type {(() => void)|null} */ this.later = null;
    /** @type {number|null} */ this.heading = null;
    /** @type {Map<string, number>} */ this.stale = new Map();
    /** @type {{text: string, recomputeTo: number}|null} */ this.notice = null;
    /** @type {{id: string|null, message: string}|null} */ this.refusal = null;
  }

  get run() {
    return this.timeline.at(this.pass).run;
  }

  get position() {
    return this.head.position;
  }

  /** Why there is no pass after this one, if numbers would grow past what can be written. */
  get divergedNext() {
    const { run, pass } = this.timeline.at(this.pass);
    return run.diverged && pass + 1 >= run.diverged.pass ? run.diverged : null;
  }

  /** The example whose numbers these are, or "". */
  get preset() {
    const spec = this.wanted?.spec ?? this.run.spec;
    return this.catalog.presets.find((preset) => sameExample(preset.spec, spec))?.name ?? "";
  }

  /** What the next change builds on: the newest spec, whether it has come yet or not. */
  get base() {
    if (this.wanted) {
      const initial = /** @type {GivenInitial} */ (this.wanted.spec.initial);
      return { spec: this.wanted.spec, network: { weights: initial.weights, biases: initial.biases ?? null }, sample: 0 };
    }
    return { spec: this.run.spec, network: this.body.network, sample: this.body.sample };
  }

  /** How derivatives are written in every run, or about to be. */
  get sign() {
    return this.restating.sign;
  }

  /** Whether a run is still written with another sign than the one in force. */
  get restates() {
    return this.restating.needed;
  }

  /** The learner acts: whatever was on its way to be shown is not shown any more. */
  act() {
    this.heading = null;
    this.later = null;
    this.refusal = null;
    return ++this.intent;
  }

  /** @param {(head: PlayHead) => void} move */
  move(move) {
    this.act();
    move(this.head);
  }

  /** The connection is there (again). */
  connected() {
    const { later } = this;
    this.later = null;
    void this.settle();
    void this.restating.settle();
    later?.();
    void this.run.prefetch(this.timeline.at(this.pass).pass);
  }

  /** @param {number} k @param {PassBody} body @param {number} at */
  show(k, body, at) {
    const playing = this.head.playing;
    this.pass = k;
    this.body = body;
    this.tape = makeTape(body, signOf(this.run.spec));
    this.timeline.reach(k);
    this.stale = new Map();
    this.notice = null;
    this.head.setTape(this.tape, at);
    this.head.playing = playing;
    this.onChange();
    void this.run.prefetch(body.pass);
    if (this.restates) void this.restating.settle();
  }

  /** @param {number} k @param {number} [at] @param {boolean} [playing] @returns {Promise<void>} */
  async goTo(k, at = 0, playing = false) {
    if (!playing) this.head.pause();
    const intent = playing ? this.intent : this.act();
    if (this.wanted) {
      this.heading = k;
      await this.settle(); // what is on its way comes first: pass k is to go on from it
      if (intent !== this.intent) return;
      if (this.wanted) this.later = () => void this.goTo(k, at, playing);
      if (this.wanted) return this.onChange();
    }
    const { run, pass } = this.timeline.at(k);
    if (pass > LAST_PASS) return this.tell(`Pass ${k + 1} is further than one run goes. Reset, or change a number, and go on from there.`);
    if (run.diverged && pass >= run.diverged.pass) return this.tellDivergence(run, k - pass);
    this.heading = k;
    const answer = await this.ask(() => run.pass(pass));
    if (intent !== this.intent) return;
    if (this.timeline.at(k).run !== run) return this.goTo(k, at, playing); // it was written anew meanwhile
    this.heading = null;
    if (answer instanceof Refused) {
      if (run.diverged) return this.tellDivergence(run, k - pass);
      this.head.pause();
      this.refusal = { id: null, message: answer.message };
    } else if (answer === null) {
      this.later = () => void this.goTo(k, at, playing);
    } else {
      return this.show(k, answer, at);
    }
    this.onChange();
  }

  /** @param {string} text */
  tell(text) {
    this.head.pause();
    this.notice = { text, recomputeTo: -1 };
    this.onChange();
  }

  /** @param {PassRun} run @param {number} first */
  tellDivergence(run, first) {
    this.tell(`Diverged: in pass ${first + (run.diverged?.pass ?? 0) + 1} the numbers grow past what can be written down. Try a smaller learning rate, or Reset.`);
  }

  /**
   * Ask the engine. A reasoned no comes back as `Refused`, no answer as null.
   * @template T @param {() => Promise<T>} question @returns {Promise<T|Refused|null>}
   */
  async ask(question) {
    this.open += 1;
    this.onChange();
    try {
      return await question();
    } catch (error) {
      return error instanceof Refused ? error : null;
    } finally {
      this.open -= 1;
      this.onChange();
    }
  }

  /**
   * Want another spec. What was computed from the change is cleared at once; the new numbers come when the engine has them.
   * @param {Omit<Wanted, "at"> & {at?: number}} wanted @param {Set<string>|null} cleared ids computed from the change, null: all
   */
  want(wanted, cleared) {
    this.act();
    this.head.pause();
    const reached = Math.max(this.position, this.notice?.recomputeTo ?? 0);
    const lost = this.tape.entries.slice(0, this.position).filter((entry) => cleared === null || cleared.has(entry.id));
    this.before ??= { t: this.head.t, stale: this.stale, notice: this.notice };
    this.stale = new Map([...this.stale, ...lost.map((entry) => /** @type {[string, number]} */ ([entry.id, entry.value]))]);
    const count = this.stale.size;
    const first = lost.length ? this.tape.indexOf(lost[0].id) - 1 : this.position;
    this.wanted = { at: this.pass, ...wanted, spec: { ...wanted.spec, sign: this.sign } };
    this.notice = wanted.words && count
      ? { text: `${wanted.words} ${count === 1 ? "One number that came" : `${count} numbers that came`} from it ${count === 1 ? "no longer holds" : "no longer hold"}.`, recomputeTo: reached } : null;
    this.head.seek(wanted.fresh ? 0 : first);
    return this.settle();
  }

  /** Get what is wanted, the newest only; nothing is lost when the answer is no, and it is asked again when there is none. */
  settle() {
    this.settling ??= this.settleNewest().finally(() => { this.settling = null; });
    return this.settling;
  }

  async settleNewest() {
    while (this.wanted) {
      const wanted = this.wanted;
      const run = new PassRun(this.connection, wanted.spec);
      const answer = await this.ask(() => run.pass(0));
      if (this.wanted !== wanted) continue;
      if (answer === null) return;
      this.wanted = null;
      if (answer instanceof Refused) this.undo(wanted, answer.message);
      else this.begin(wanted, run, answer);
    }
  }

  /** @param {Wanted} wanted @param {PassRun} run @param {PassBody} body */
  begin(wanted, run, body) {
    const { stale, notice } = this;
    this.before = undefined;
    if (wanted.start) this.start = wanted.start;
    if (wanted.at === 0) this.timeline = new Timeline(run);
    else this.timeline.branch(wanted.at, run);
    this.show(wanted.at, body, wanted.fresh ? 0 : Math.min(this.position, body.entries.length));
    if (!wanted.fresh) Object.assign(this, { stale, notice });
    this.onChange();
  }

  /** @param {Wanted} wanted @param {string} message */
  undo(wanted, message) {
    if (this.before) {
      Object.assign(this, { stale: this.before.stale, notice: this.before.notice });
      this.head.seek(this.before.t);
    }
    this.before = undefined;
    this.refusal = { id: wanted.field, message: `${message} Your last numbers are kept.` };
    this.onChange();
  }

  /** Write every run with another sign. @param {import("../types.js").SignName} sign */
  restate(sign) {
    return this.restating.choose(sign);
  }

  moved() {
    const { position, playing, target } = this.head;
    const state = `${position} ${playing} ${target}`;
    if (state === this.drawn) return this.onFrame();
    this.drawn = state;
    this.tidy();
    this.onChange();
  }

  /** Drop what has been computed anew from the numbers that no longer hold. */
  tidy() {
    if (this.stale.size === 0 || this.wanted) return;
    this.stale = new Map([...this.stale].filter(([id]) => this.tape.byId.has(id) && this.tape.indexOf(id) > this.position));
    if (this.stale.size === 0) this.notice = null;
  }

  /** One pass on from where one is, or is going. */
  next() {
    return this.goTo((this.heading ?? this.wanted?.at ?? this.pass) + 1);
  }
}

// @ts-check
// What a learner is doing with figure `passes`: where they are, what they asked for, and what came of it. No picture.
// Every act has a number; an answer that comes after a newer act is kept but not shown.
import { number, parseNumber, plain, spokenName } from "../format.js";
import { signOf } from "../signs.js";
import { affectedBy, makeTape } from "../tape.js";
import { fitted, initialFrom, sameExample, startingAt, withSettings, withValue } from "./edits.js";
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

export class PassesSession {
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

  /** An edit of the very first weights moves what Reset returns to; a later one does not. @param {Spec} spec */
  startAfter(spec) {
    return this.pass === 0 ? /** @type {GivenInitial} */ (spec.initial) : null;
  }

  /** @param {string} id @param {string} text */
  edit(id, text) {
    const old = this.tape.byId.get(id)?.value ?? 0;
    if (text.trim() === plain(old)) return;
    const value = parseNumber(text);
    const name = spokenName(id);
    if (value === null) {
      this.act();
      const got = text.trim() === "" ? "it is empty" : `got “${text}”`;
      this.refusal = { id, message: `${name[0].toUpperCase()}${name.slice(1)} takes a number, but ${got}. Your last numbers are kept.` };
      return this.onChange();
    }
    const given = id.replace(/^new:/, "w:");
    const { spec, network, sample } = this.base;
    const next = withValue(spec, network, sample, given, value);
    return this.want({
      spec: next, field: id, fresh: false, start: /^(w|new):/.test(id) ? this.startAfter(next) : null,
      words: `You changed ${name}: ${number(old)} became ${number(value)}.`,
    }, affectedBy(this.tape, given));
  }

  /** @param {Partial<Spec>} change */
  change(change) {
    const { spec, network, sample } = this.base;
    const { next, words } = withSettings(spec, network, sample, change);
    const only = (/** @type {string} */ setting) => Object.keys(change).every((key) => key === setting);
    if (only("hold")) return this.want({ spec: next, words: "", field: null, fresh: false, start: null }, this.from("update"));
    const answers = only("loss") && next.activations.join() === spec.activations.join(); // what the output says stays
    return this.want({ spec: next, words, field: null, fresh: false, start: null }, answers ? this.from("loss") : null);
  }

  /** What is computed from a phase on. @param {import("../types.js").Phase} phase */
  from(phase) {
    const first = this.tape.phases.find((each) => each.phase === phase)?.from ?? Infinity;
    return new Set(this.tape.entries.slice(first).map(({ id }) => id));
  }

  /** @param {string} name */
  choosePreset(name) {
    const preset = this.catalog.presets.find((one) => one.name === name);
    if (!preset) return;
    return this.want({ spec: preset.spec, words: "", field: null, at: 0, start: /** @type {GivenInitial} */ (preset.spec.initial), fresh: true }, null);
  }

  /** @param {number} row */
  chooseRow(row) {
    const { spec, network } = this.base;
    return this.want({ spec: { ...spec, initial: initialFrom(network), data: startingAt(spec.data, row) }, words: "", field: null, start: null, fresh: true }, null);
  }

  /** Back to the same initial weights, with the data and settings of now. */
  reset() {
    const { spec, sample } = this.base;
    const initial = fitted(this.start, spec);
    const first = this.timeline.segments[0].run;
    const { begun } = first;
    if (!this.wanted && this.run === first && begun && JSON.stringify(initialFrom(begun)) === JSON.stringify(initial)) return this.goTo(0);
    return this.want({ spec: { ...spec, initial, data: startingAt(spec.data, sample) }, words: "", field: null, at: 0, start: null, fresh: true }, null);
  }

  async newWeights() {
    const { layers, activations, biases } = this.base.spec;
    const initializer = /relu/.test(activations[0]) ? "he" : "xavier";
    const intent = this.act();
    const answer = await this.ask(async () => {
      const drawn = await this.connection.request("new_weights", { layers, activations, biases, initializer, seed: null });
      if (!drawn.ok) throw new Refused(drawn.error);
      return drawn;
    });
    if (intent !== this.intent) return;
    if (answer instanceof Refused) this.refusal = { id: null, message: answer.message };
    else if (answer === null) this.later = () => void this.newWeights();
    else {
      const { spec, sample } = this.base;
      const initial = fitted(answer.initial, spec);
      return this.want({ spec: { ...spec, initial, data: startingAt(spec.data, sample) }, words: "", field: null, at: 0, start: initial, fresh: true }, null);
    }
    this.onChange();
  }

  /** One pass on from where one is, or is going. */
  next() {
    return this.goTo((this.heading ?? this.wanted?.at ?? this.pass) + 1);
  }
}

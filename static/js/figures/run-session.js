// @ts-check
// A run as the learner drives it: its spec, the play head, and what was seen. Pulls what is about to be drawn. No picture.
import { Latest } from "../latest.js";
import { decodeChunk } from "../run-chunks.js";
import { aheadAt, paceAt, strideAt } from "../run-pace.js";
import { RunStore } from "../run-store.js";

/** @typedef {import("../connection.js").Connection} Connection */
/** @typedef {import("../types.js").RunSpec} RunSpec */
/** @typedef {import("../types.js").RunFrame} RunFrame */
/** @typedef {import("../types.js").RunAnswer} RunAnswer */
/** @typedef {import("../types.js").Verdict} Verdict */

/** What became of a question about the run: another run's answer, or none, is nothing. @typedef {"kept" | "refused" | "nothing"} Pulled */

const LONGEST_FRAME_MS = 100; // a page that slept does not leap

export class RunSession {
  /**
   * @param {Connection} connection @param {Verdict["kind"][]} kinds
   * @param {{spec: RunSpec, epochs: number, grid: number}} first @param {() => void} onChange
   */
  constructor(connection, kinds, { spec, epochs, grid }, onChange) {
    this.connection = connection;
    this.kinds = kinds;
    this.grid = grid;
    this.onChange = onChange;
    this.spec = spec;
    this.epochs = epochs;
    this.store = new RunStore(spec.lanes.length);
    /** Counts runs: an answer that was asked for another one is dropped. */
    this.run = 0;
    /** Counts what was proposed: only the newest may become the run. */
    this.proposals = 0;
    this.proposing = false;
    this.proposed = spec;
    this.proposedEpochs = epochs;
    /** The epoch that is shown, or about to be. */
    this.epoch = 0;
    /** The play head. */
    this.t = 0;
    this.running = false;
    /** Somebody else runs on: fetch ahead as if this did. */
    this.led = false;
    /** The end is one that the learner chose: presets leave it. */
    this.ownEnd = false;
    /** Epochs a second. */
    this.speed = Infinity;
    /** @type {RunFrame|null} */ this.frame = null;
    /** @type {number|null} */ this.finish = null;
    /** @type {{low: number, high: number, size: number}} */ this.plane = { low: 0, high: 1, size: 0 };
    /** @type {{message: string, field: string}|null} */ this.refusal = null;
    /** What is to be proposed again once there is a connection. @type {(() => void)|undefined} */ this.unanswered = undefined;
    this.pulling = false;
    this.frameRequest = 0;
    this.last = 0;
    /** @type {Latest<{run: number, epoch: number}, Pulled>} */
    this.exact = new Latest(({ run, epoch }) => this.pull(run, epoch, epoch + 1, 1), (_, came) => this.settle(came));
    void this.propose(spec, epochs);
  }

  /** The shown frame is the epoch's own. */
  get exactly() {
    return this.frame !== null && this.frame.epoch === this.epoch;
  }

  /** The spec that the next change builds on: what is asked for, answered or not. */
  get wanted() {
    return this.waits ? this.proposed : this.spec;
  }

  /** Another spec is on its way: it is asked for, or will be when there is a connection. */
  get waits() {
    return this.proposing || this.unanswered !== undefined;
  }

  get busy() {
    return this.proposing || !this.exactly;
  }

  /**
   * Make this the run, from its first epoch, if the engine takes it; else say why and keep what is there.
   * @param {unknown} spec @param {number} [epochs] @returns {Promise<void>}
   */
  async propose(spec, epochs = this.waits ? this.proposedEpochs : this.epochs) {
    const own = ++this.proposals;
    this.proposing = true;
    this.unanswered = undefined; // what is proposed now builds on it
    this.proposed = /** @type {RunSpec} */ (spec);
    this.proposedEpochs = epochs;
    this.onChange();
    const wanted = { spec: /** @type {RunSpec} */ (spec), epoch: 0, stop: 1, every: 1, grid: this.grid };
    const answer = await this.connection.request("run", wanted).catch(() => null);
    if (own !== this.proposals) return;
    this.proposing = false;
    if (answer?.ok) this.adopt(wanted.spec, epochs, answer);
    else if (answer) this.refusal = { message: answer.error.message, field: answer.error.field };
    else if (this.connection.status === "connected") return this.propose(spec, epochs); // the engine is busy
    else this.unanswered = () => this.propose(spec, epochs);
    this.onChange();
  }

  /** @param {RunSpec} spec @param {number} epochs @param {RunAnswer} answer */
  adopt(spec, epochs, answer) {
    this.run += 1;
    this.spec = spec;
    this.epochs = epochs;
    this.store = new RunStore(spec.lanes.length);
    this.refusal = null;
    this.finish = answer.finish;
    this.plane = { low: answer.low, high: answer.high, size: answer.grid };
    this.epoch = this.t = 0;
    this.frame = null;
    this.keep(answer);
    this.show(0);
    this.feed();
  }

  /** Ask again what the lost connection swallowed. */
  connected() {
    const again = this.unanswered;
    this.unanswered = undefined;
    void again?.();
    this.feed();
    if (!this.exactly && this.frame) this.exact.want({ run: this.run, epoch: this.epoch });
  }

  start() {
    this.refusal = null;
    if (this.epoch >= this.epochs) this.seek(0);
    this.running = true;
    this.t = this.epoch;
    this.last = performance.now();
    this.feed();
    this.onChange();
    this.nextFrame();
  }

  pause() {
    this.running = false;
    this.t = this.epoch;
    this.onChange();
  }

  /** @param {number} by */
  step(by) {
    this.seek(this.epoch + by);
  }

  reset() {
    this.seek(0);
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    this.feed();
    this.onChange();
  }

  /** @param {number} epochs */
  setEpochs(epochs) {
    this.epochs = this.proposedEpochs = epochs;
    this.ownEnd = true;
    if (this.epoch > epochs) this.seek(epochs);
    this.feed();
    this.onChange();
  }

  /** Stand at an epoch, exactly: from what was seen, or asked for. @param {number} epoch */
  seek(epoch) {
    this.led = false;
    this.stand(epoch);
  }

  /** Stand where somebody else does, who may be running. @param {number} epoch */
  follow(epoch) {
    this.led = epoch > this.epoch && epoch - this.epoch <= aheadAt(this.speed, this.epochs);
    this.stand(epoch);
  }

  /** @param {number} epoch */
  stand(epoch) {
    this.running = false;
    this.epoch = this.t = Math.max(0, Math.min(this.epochs, Math.round(epoch)));
    if (!this.show(this.epoch)) this.exact.want({ run: this.run, epoch: this.epoch });
    this.feed();
    this.onChange();
  }

  /** Show an epoch's frame if it is there. @param {number} epoch */
  show(epoch) {
    const frame = this.store.frames.get(epoch);
    if (!frame) return false;
    this.frame = frame;
    this.epoch = epoch;
    return true;
  }

  /** @param {Pulled|null} came */
  settle(came) {
    this.show(this.epoch);
    if (came !== "refused" && !this.exactly && !this.exact.busy && this.frame && this.connection.status === "connected") this.exact.want({ run: this.run, epoch: this.epoch });
    this.onChange();
  }

  /**
   * Ask for some epochs of a run and keep them if it is still the run.
   * @param {number} run @param {number} epoch @param {number} stop @param {number|null} every
   * @returns {Promise<Pulled>}
   */
  async pull(run, epoch, stop, every) {
    const answer = await this.connection.request("run", { spec: this.spec, epoch, stop, every, grid: every === null ? 0 : this.grid }).catch(() => null);
    if (run !== this.run || !answer) return "nothing";
    if (answer.ok) this.keep(answer);
    else this.refusal = { message: answer.error.message, field: answer.error.field };
    return answer.ok ? "kept" : "refused";
  }

  /** @param {RunAnswer} answer */
  keep(answer) {
    this.store.keep(answer, decodeChunk(answer, this.kinds));
  }

  /** Fetch what comes next, one chunk at a time: losses up to the play head, then the frames ahead of it. */
  async feed() {
    if (this.pulling || !this.frame) return;
    const next = this.nextChunk();
    if (!next) return;
    this.pulling = true;
    const came = await this.pull(this.run, next.epoch, next.stop, next.every);
    this.pulling = false;
    this.onChange();
    if (came === "kept" || came === "nothing" && this.connection.status === "connected") void this.feed();
  }

  /** @returns {{epoch: number, stop: number, every: number|null}|null} */
  nextChunk() {
    const { store, epochs } = this;
    if (store.known <= this.epoch) return { epoch: store.known, stop: this.epoch + 1, every: null };
    if (!this.running && !this.led) return null;
    const every = strideAt(this.speed, epochs);
    const ahead = aheadAt(this.speed, epochs);
    const missing = store.missing(this.t, every, epochs) ?? (store.frames.has(epochs) ? null : epochs);
    if (missing === null || missing > this.t + ahead) return null;
    if (missing % every !== 0) return { epoch: Math.min(missing, store.known), stop: missing + 1, every: missing };
    return { epoch: Math.min(missing, store.known), stop: Math.min(epochs + 1, missing + ahead), every };
  }

  nextFrame() {
    if (!this.frameRequest) this.frameRequest = requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now */
  tick(now) {
    this.frameRequest = 0;
    if (!this.running) return;
    const seconds = Math.min(LONGEST_FRAME_MS, Math.max(0, now - this.last)) / 1000;
    this.last = now;
    this.advance(this.t + seconds * paceAt(this.speed, this.epochs));
    if (this.epoch >= this.epochs) this.running = false;
    void this.feed();
    this.onChange();
    if (this.running) this.nextFrame();
  }

  /** Move the play head, and no further than what has come. @param {number} t */
  advance(t) {
    const every = strideAt(this.speed, this.epochs);
    const wanted = t >= this.epochs ? this.epochs : Math.floor(t / every) * every;
    let there = wanted;
    while (there > this.epoch && !this.store.frames.has(there)) there = Math.ceil(there / every) * every - every;
    if (there > this.epoch) this.show(there);
    this.t = there === wanted ? Math.min(t, this.epochs) : this.epoch;
  }
}

// @ts-check
// Figure `passes`: one pass through the network, every number answerable. Composes the views; holds the state they show.
import { html, nothing } from "../../vendor/lit.js";
import { number, parseNumber, plain, spokenName } from "../format.js";
import { affectedBy, liveEntry, makeTape, nextStop, phaseEnd, previousStop } from "../tape.js";
import { LightElement } from "../views/light-element.js";
import { PHASES } from "../views/phases.js";
import { initialFrom, startingAt, withSettings, withValue } from "./edits.js";
import { moves } from "./moves.js";
import { LAST_PASS, PassRun, Refused } from "./pass-run.js";
import { PlayHead } from "./play-head.js";
import { warmUp } from "../views/tex.js";
import "../views/network.js";
import "../views/rail.js";
import "../views/transport.js";
import "../views/equation.js";
import "../views/derivation.js";
import "../views/nodes-table.js";
import "../views/weights-table.js";
import "../views/check.js";
import "../views/history.js";
import "../views/settings.js";
import "../views/help.js";

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../types.js").PassBody} PassBody */
/** @typedef {import("../connection.js").Connection} Connection */
/** @typedef {import("../tape.js").Tape} Tape */

/** @type {{form: import("../layout.js").Form, when: string}[]} */
const FORMS = [{ form: "tall", when: "(max-width: 639px)" }, { form: "compact", when: "(max-width: 1023px)" }];

export class PassesFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    /** @type {PassRun|null} */ this.run = null;
    /** @type {PassBody|null} */ this.body = null;
    /** @type {Tape|null} */ this.tape = null;
    /** The weights that Reset goes back to. @type {import("../types.js").GivenInitial|null} */ this.start = null;
    this.preset = "";
    this.pass = 0;
    /** @type {string[]} */ this.trail = [];
    /** @type {Set<string>} */ this.lit = new Set();
    /** @type {Map<string, number>} */ this.stale = new Map();
    /** What was refused last, and which number of the page it was. @type {{id: string|null, message: string}|null} */ this.refusal = null;
    /** @type {{text: string, recomputeTo: number}|null} */ this.notice = null;
    /** @type {"number"|"neuron"|"layer"} */ this.granularity = "number";
    this.editing = false;
    this.busy = false;
    this.tab = "nodes";
    this.said = "";
    this.drawnState = "";
    this.head = new PlayHead(() => this.moved(), () => this.passEnded());
    this.forms = FORMS.map(({ form, when }) => ({ form, query: matchMedia(when) }));
    for (const { query } of this.forms) query.addEventListener("change", () => this.refresh());
    moves(this);
  }

  /** Something a view shows has changed. */
  refresh() {
    this.version += 1;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("boot") && this.boot && this.connection && !this.run) {
      this.preset = this.boot.catalog.presets[0].name;
      this.begin(new PassRun(this.connection, this.boot.first.spec), this.boot.first);
    }
    if (changed.has("status") && this.status === "connected") this.run?.prefetch(this.pass);
  }

  /** How the network is laid out in this window. */
  get form() {
    return this.forms.find(({ query }) => query.matches)?.form ?? "roomy";
  }

  get position() {
    return this.head.position;
  }

  /** @param {PassRun} run @param {import("../types.js").PassAnswer} first */
  begin(run, first) {
    run.keep(first);
    this.run = run;
    this.start = initialFrom(first.network);
    this.show(0, first);
    warmUp(first.entries.slice(0, 12).map((entry) => `${entry.symbol} = ${entry.formula}`));
  }

  /** Show pass k from its start. @param {number} k @param {PassBody} body @param {number} [at] */
  show(k, body, at = 0) {
    this.pass = k;
    this.body = body;
    this.tape = makeTape(body);
    this.head.setTape(this.tape, at);
    this.run?.reached(k, body);
    const tape = this.tape;
    this.trail = this.trail.every((id) => tape.byId.has(id) && tape.indexOf(id) <= this.position) ? this.trail : [];
    this.moved();
    if (this.status === "connected") this.run?.prefetch(k);
  }

  /** The play head moved. Between two numbers only the picture changes, and only it is drawn again. */
  moved() {
    const { tape, head } = this;
    const network = /** @type {import("../views/network.js").NetworkView|null} */ (this.querySelector("bp-network"));
    const state = `${this.pass} ${head.position} ${head.playing} ${head.target}`;
    if (state === this.drawnState && network && network.tape === tape) {
      network.t = head.drawn;
      return;
    }
    this.drawnState = state;
    if (tape && this.stale.size) {
      this.stale = new Map([...this.stale].filter(([id]) => tape.byId.has(id) && tape.indexOf(id) > this.position));
      if (this.stale.size === 0) this.notice = null;
    }
    if (tape) this.say(liveEntry(tape, this.position));
    this.refresh();
  }

  /** What a screen reader hears: each step, but only the phases while playing. @param {import("../types.js").Entry|null} entry */
  say(entry) {
    if (!entry) return;
    const starts = this.tape?.phases.some((p) => p.from === this.position - 1);
    if (!this.head.playing || starts) {
      this.said = `${PHASES[entry.phase].label}. ${spokenName(entry.id)} is ${number(entry.value)}. ${entry.because}`;
    }
  }

  passEnded() {
    if (this.pass >= LAST_PASS) return this.head.pause();
    void this.goTo(this.pass + 1, 0, true);
  }

  /** @param {number} k @param {number} [at] @param {boolean} [playing] */
  async goTo(k, at = 0, playing = false) {
    const { run } = this;
    if (!run) return;
    if (!playing) this.head.pause();
    if (run.diverged && k >= run.diverged.pass) return this.showDivergence();
    const body = await this.ask(() => run.pass(k));
    if (body && this.run === run) this.show(k, body, at);
    else if (playing) this.head.pause();
  }

  showDivergence() {
    this.head.pause();
    const at = (this.run?.diverged?.pass ?? 0) + 1;
    this.notice = { text: `Diverged: in pass ${at} the numbers grow past what can be written down. A smaller learning rate would have stayed on the slope.`, recomputeTo: -1 };
    this.refresh();
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.busy = busy;
    this.setAttribute("aria-busy", String(busy));
    this.refresh();
  }

  /**
   * Ask the engine, with words for every way it can go wrong. Nothing shown is lost.
   * @template T @param {() => Promise<T>} question @returns {Promise<T|null>}
   */
  async ask(question) {
    this.setBusy(true);
    try {
      const answer = await question();
      this.refusal = null;
      return answer;
    } catch (error) {
      if (error instanceof Refused) this.refusal = { id: null, message: `${error.reason.message} Your last numbers are kept.` };
      else this.refusal = { id: null, message: "The engine did not answer; it will be asked again when you press the button again." };
      return null;
    } finally {
      this.setBusy(false);
    }
  }

  /**
   * Replace the run by one of another spec. What was computed from the change is cleared and can be recomputed.
   * @param {Spec} spec @param {{cleared?: Set<string>|null, words?: string, keepStart?: boolean}} [options]
   */
  async replace(spec, { cleared = null, words = "", keepStart = true } = {}) {
    if (!this.connection || !this.tape) return;
    const before = { tape: this.tape, t: this.head.t };
    const reached = this.position;
    const lost = before.tape.entries.slice(0, reached).filter((entry) => cleared === null || cleared.has(entry.id));
    const first = lost.length ? before.tape.indexOf(lost[0].id) - 1 : reached;
    this.head.pause();
    this.stale = new Map(lost.map((entry) => [entry.id, entry.value]));
    this.head.seek(first);
    const run = new PassRun(this.connection, spec);
    this.pending = run;
    const body = await this.ask(() => run.pass(0));
    if (this.pending !== run) return;
    if (!body) {
      this.stale = new Map();
      this.head.setTape(before.tape, before.t);
      return this.refresh();
    }
    const atStart = this.pass === 0;
    this.run = run;
    if (!keepStart || (atStart && words)) this.start = initialFrom(body.network);
    const at = Math.min(first, body.entries.length);
    this.show(0, body, at);
    this.notice = lost.length && words ? { text: `${words} ${lost.length === 1 ? "One number that was" : `${lost.length} numbers that were`} computed from it ${lost.length === 1 ? "is" : "are"} cleared.`, recomputeTo: reached } : null;
    if (!lost.length || !words) this.stale = new Map();
    this.refresh();
  }

  /** @param {string} id @param {string} text */
  async edit(id, text) {
    const { tape, body, run } = this;
    if (!tape || !body || !run) return;
    const value = parseNumber(text);
    const name = spokenName(id);
    if (value === null) {
      return this.refuse(id, `${name[0].toUpperCase()}${name.slice(1)} takes a number, but got “${text}”. Your last numbers are kept.`);
    }
    const old = tape.byId.get(id)?.value;
    if (old === value) return;
    const given = id.replace(/^new:/, "w:");
    if (id !== "eta") this.preset = "";
    this.trail = [];
    await this.replace(withValue(run.spec, body.network, body.sample, given, value), {
      cleared: affectedBy(tape, given), words: `You changed ${name}: ${number(old ?? 0)} became ${number(value)}.`,
    });
    if (this.refusal) this.refuse(id, this.refusal.message);
  }

  /** Say why not, beside the controls and at the field, which shows the number in force again. @param {string} id @param {string} message */
  refuse(id, message) {
    this.refusal = { id, message };
    const value = this.tape?.byId.get(id)?.value;
    const field = /** @type {HTMLInputElement|null} */ (this.querySelector(`[data-field="${id}"]`));
    if (field && value !== undefined) field.value = plain(value);
    this.refresh();
  }

  /** @param {Partial<Spec>} change */
  async change(change) {
    if (!this.run || !this.body) return;
    await this.replace(withSettings(this.run.spec, this.body.network, this.body.sample, change), { words: "You changed the setting." });
  }

  /** @param {string} name */
  async choosePreset(name) {
    const preset = this.boot?.catalog.presets.find((p) => p.name === name);
    if (!preset) return;
    this.preset = name;
    this.trail = [];
    await this.replace(preset.spec, { keepStart: false });
    this.head.seek(0);
  }

  /** @param {number} row */
  async chooseRow(row) {
    if (!this.run || !this.body) return;
    const spec = this.run.spec;
    await this.replace({ ...spec, initial: initialFrom(this.body.network), data: startingAt(spec.data, row) });
    this.head.seek(0);
  }

  async reset() {
    const { run, start } = this;
    if (!run || !start) return;
    const first = run.passes.get(0);
    if (first && JSON.stringify(initialFrom(first.network)) === JSON.stringify(start)) return this.goTo(0);
    await this.replace({ ...run.spec, initial: start });
    this.head.seek(0);
  }

  async newWeights() {
    const { run, connection } = this;
    if (!run || !connection) return;
    const { layers, activations, biases } = run.spec;
    const initializer = /relu/.test(activations[0]) ? "he" : "xavier";
    const answer = await this.ask(async () => {
      const drawn = await connection.request("new_weights", { layers, activations, biases, initializer, seed: null });
      if (!drawn.ok) throw new Refused(drawn.error);
      return drawn;
    });
    if (!answer) return;
    if (this.preset === "textbook") this.preset = "";
    await this.replace({ ...run.spec, initial: answer.initial }, { keepStart: false });
    this.head.seek(0);
  }

  /** @param {string} act */
  act(act) {
    const { tape, head } = this;
    if (!tape) return;
    switch (act) {
      case "step": return this.step();
      case "back": return head.seek(previousStop(tape, this.position, this.granularity));
      case "play": return head.playing ? head.pause() : head.play();
      case "forward": case "backward": case "update": return head.runTo(phaseEnd(tape, this.position, act));
      case "next": return void this.goTo(this.pass + 1);
      case "reset": return void this.reset();
      case "new-weights": return void this.newWeights();
      case "help": return /** @type {import("../views/help.js").HelpView|null} */ (this.querySelector("bp-help"))?.open();
    }
  }

  step() {
    const { tape, head } = this;
    if (!tape) return;
    if (this.position >= tape.length) return void this.goTo(this.pass + 1);
    head.runTo(nextStop(tape, this.position, this.granularity));
  }

  /** @param {string} id */
  askWhere(id) {
    if (this.trail[this.trail.length - 1] === id) return;
    const seen = this.trail.indexOf(id);
    this.trail = seen >= 0 ? this.trail.slice(0, seen + 1) : [...this.trail, id];
    this.refresh();
  }

  render() {
    const { tape, body, run, boot, position } = this;
    if (!tape || !body || !run || !boot) return nothing;
    const asked = this.trail[this.trail.length - 1] ?? null;
    return html`
      <bp-settings .spec=${run.spec} .catalog=${boot.catalog} .preset=${this.preset} .sample=${body.sample} .refused=${this.refusal?.id ?? null} .editing=${this.editing}></bp-settings>
      <bp-network .tape=${tape} .spec=${run.spec} .t=${this.head.drawn} .asked=${asked} .lit=${this.lit} .stale=${this.stale} .form=${this.form}></bp-network>
      <div class="moment ${this.trail.length ? "asked" : ""}">
        <bp-equation .tape=${tape} .pass=${this.pass} .entry=${liveEntry(tape, position)} .lit=${this.lit}></bp-equation>
        <bp-derivation .tape=${tape} .trail=${this.trail}></bp-derivation>
      </div>
      <div class="deck">
        ${this.words()}
        <bp-rail .tape=${tape} .position=${position}></bp-rail>
        <bp-transport .playing=${this.head.playing} .atStart=${position === 0} .granularity=${this.granularity} .speed=${this.head.speed} .busy=${this.busy}></bp-transport>
      </div>
      <div class="tables" data-tab=${this.tab}>
        <div class="tabs" role="group" aria-label="Tables">${["nodes", "weights", "check"].map((tab) => html`<button type="button" aria-pressed=${this.tab === tab ? "true" : "false"} @click=${() => { this.tab = tab; this.refresh(); }}>${tab === "check" ? "Check and history" : tab[0].toUpperCase() + tab.slice(1)}</button>`)}</div>
        <bp-nodes-table class="pane-nodes" .tape=${tape} .position=${position} .lit=${this.lit} .stale=${this.stale} .editing=${this.editing} .refused=${this.refusal?.id ?? null}></bp-nodes-table>
        <bp-weights-table class="pane-weights" .tape=${tape} .position=${position} .lit=${this.lit} .stale=${this.stale} .editing=${this.editing} .refused=${this.refusal?.id ?? null}></bp-weights-table>
        <div class="beside pane-check">
          <bp-check .check=${body.check}></bp-check>
          <bp-history .losses=${[...run.losses]} .pass=${this.pass}></bp-history>
        </div>
      </div>
      <p class="vh" aria-live="polite" data-said>${this.said}</p>
      <bp-help></bp-help>`;
  }

  /** A thin line of words above the controls: only when there is something to say. */
  words() {
    if (this.status === "reconnecting" || this.status === "closed") {
      return html`<p class="line-of-words" role="status">The engine is out of reach. What you have stays usable; I am trying again.</p>`;
    }
    if (this.refusal) return html`<p class="line-of-words refusal" role="alert">${this.refusal.message}</p>`;
    if (this.notice) {
      const to = this.notice.recomputeTo;
      return html`<p class="line-of-words" role="status">${this.notice.text}${to > this.position ? html` <button type="button" class="num-b" @click=${() => this.head.runTo(to)}>Recompute</button>` : nothing}</p>`;
    }
    return html`<p class="line-of-words" role="status">${this.busy ? "Computing…" : nothing}</p>`;
  }
}

customElements.define("bp-passes", PassesFigure);

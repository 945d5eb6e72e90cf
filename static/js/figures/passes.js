// @ts-check
// Figure `passes`: one pass through the network, every number answerable. Composes the views over a session.
import { html, nothing } from "../../vendor/lit.js";
import { number, plain, spokenName } from "../format.js";
import { GRADIENT, isTurned } from "../signs.js";
import { liveEntry, nextStop, phaseEnd, previousStop } from "../tape.js";
import { LightElement } from "../views/light-element.js";
import { withNames } from "../views/name.js";
import { PHASES } from "../views/phases.js";
import { warmUp } from "../views/tex.js";
import { passesFollow } from "./convention-takers.js";
import { bringInSight, goTo, keepInSight } from "./in-sight.js";
import { moves } from "./moves.js";
import { PassesSession } from "./session.js";
import { sliceNetwork } from "./slice-network.js";
import { takePass } from "./take-away.js";
import "../views/brief-equation.js";
import "../views/network.js";
import "../views/rail.js";
import "../views/transport.js";
import "../views/equation.js";
import "../views/derivation.js";
import "../views/pictures.js";
import "../views/nodes-table.js";
import "../views/weights-table.js";
import "../views/check.js";
import "../views/history.js";
import "../views/settings.js";
import "../views/help.js";

/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../connection.js").Connection} Connection */

/** @type {{form: import("../layout.js").Form, when: string}[]} */
const FORMS = [{ form: "tall", when: "(max-width: 639px)" }, { form: "compact", when: "(max-width: 1023px)" }];
const TABS = [["nodes", "Nodes"], ["weights", "Weights"], ["check", "Check and history"]];

export class PassesFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    /** @type {PassesSession|null} */ this.session = null;
    /** The numbers asked where they come from, one out of the other. @type {string[]} */ this.trail = [];
    this.shownTrail = this.trail;
    /** What opened the derivation. @type {HTMLElement|SVGElement|null} */ this.opener = null;
    /** Whether it was asked from elsewhere on the page. */ this.fromAway = false;
    /** @type {Set<string>} */ this.lit = new Set();
    /** @type {"number"|"neuron"|"layer"} */ this.granularity = "number";
    this.editing = false;
    this.tab = "nodes";
    this.said = "";
    this.takeAway = takePass(this);
    this.tellConventions = passesFollow(this);
    /** The pass that other figures were told of. @type {unknown} */ this.toldBody = null;
    this.forms = FORMS.map(({ form, when }) => ({ form, query: matchMedia(when) }));
    for (const { query } of this.forms) query.addEventListener("change", () => this.refresh());
    moves(this);
  }

  refresh() {
    this.version += 1;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.session && this.boot && this.connection) {
      const { first } = this.boot;
      this.session = new PassesSession(this.connection, this.boot, () => this.changed(), () => this.frame());
      this.tellPass(this.session);
      this.tellConventions();
      warmUp(first.entries.slice(0, 12).map((entry) => `${entry.symbol} = ${entry.formula}`));
    }
    if (changed.has("status") && this.status === "connected") this.session?.connected();
  }

  /** How the network is laid out in this window. */
  get form() {
    return this.forms.find(({ query }) => query.matches)?.form ?? "roomy";
  }

  /** Between two numbers only the picture changes, and only it is drawn again. */
  frame() {
    const network = /** @type {import("../views/network.js").NetworkView|null} */ (this.querySelector("bp-network"));
    if (network && this.session && network.tape === this.session.tape) network.t = this.session.head.drawn;
  }

  changed() {
    const { session } = this;
    if (!session) return;
    const { tape, position } = session;
    if (this.trail.some((id) => tape.indexOf(id) > position)) this.trail = [];
    this.tellPass(session);
    this.tellConventions();
    this.setAttribute("aria-busy", String(session.open > 0 || session.wanted !== null));
    this.say(session);
    this.refresh();
  }

  /** Say once which pass is shown, to the figure that draws its loss along a weight. @param {PassesSession} session */
  tellPass({ body, run, timeline, pass, tape }) {
    if (body === this.toldBody) return;
    this.toldBody = body;
    const spec = { ...run.spec, sign: GRADIENT }; // a slope is a slope, however it is written
    this.emit("pass-shown", { tape, ...sliceNetwork(spec, timeline.at(pass).pass, [...tape.byId.values()]) });
  }

  /**
   * What a screen reader hears: each step once it has come to rest, each phase while playing, each new pass.
   * @param {PassesSession} session
   */
  say({ tape, position, pass, head }) {
    const entry = liveEntry(tape, position);
    if (head.target !== null) return;
    if (!entry) this.said = `Pass ${pass + 1}, before the first step.`;
    else if (!head.playing || tape.phases.some(({ from }) => from === position - 1)) {
      this.said = `${PHASES[entry.phase].label}. ${spokenName(entry.id, tape.sign)} is ${number(entry.value)}. ${entry.because}`;
    }
  }

  /** @param {string} act */
  act(act) {
    const { session } = this;
    if (!session) return;
    const { tape, position, head } = session;
    switch (act) {
      case "step":
        if (position >= tape.length) return void session.next();
        return session.move(() => head.runTo(nextStop(tape, position, this.granularity)));
      case "back": return session.move(() => head.seek(previousStop(tape, position, this.granularity)));
      case "play": return session.move(() => (head.playing ? head.pause() : head.play()));
      case "forward": case "backward": case "update": return session.move(() => head.runTo(phaseEnd(tape, position, act)));
      case "next": return void session.next();
      case "reset": return void session.reset();
      case "new-weights": return void session.newWeights();
      case "help": return /** @type {import("../views/help.js").HelpView|null} */ (this.querySelector("bp-help"))?.open();
    }
  }

  /** Stand where a number of this pass is known. @param {string} id */
  standAt(id) {
    const { session } = this;
    const index = session?.tape.indexOf(id) ?? -1;
    if (session && Number.isFinite(index) && index > session.position) session.move((head) => head.seek(index));
  }

  /** Ask from elsewhere on the page where a number comes from; whoever asked goes to the answer, and back once it is closed. @param {string} id */
  ask(id) {
    this.standAt(id);
    this.opener = /** @type {HTMLElement|null} */ (document.activeElement);
    this.fromAway = true;
    this.trail = [id];
    this.refresh();
  }

  /** Light up what a sentence of the page speaks of. @param {readonly string[]} ids */
  light(ids) {
    const places = ids.map((id) => this.session?.tape.byId.get(id)?.place).filter((place) => place !== undefined);
    this.lit = new Set([...ids, ...places]);
    this.refresh();
  }

  /** An example whose hidden neurons feed two outputs, at the number that is shown now. */
  async giveTwoOutputs() {
    const id = this.session && liveEntry(this.session.tape, this.session.position)?.id;
    await this.session?.choosePreset("two_outputs");
    if (id) this.standAt(id.startsWith("blame:") ? `${id.slice(6).split(">")[0]}.grad_a` : id);
    await this.updateComplete;
    const picture = /** @type {LightElement|null} */ (this.querySelector("bp-pictures bp-streams, bp-pictures bp-product"));
    await picture?.updateComplete;
    picture?.scrollIntoView({ block: "nearest" });
    if (!this.contains(document.activeElement)) /** @type {HTMLElement|null|undefined} */ (picture?.querySelector("figure.streams"))?.focus({ preventScroll: true }); // its button has gone
  }

  /** Open a number of the textbook's example, as it is printed: "pass id". @param {string} place */
  async askTextbook(place) {
    const { session } = this;
    if (!session) return;
    const [pass, id] = place.split(" ");
    await session.choosePreset("textbook");
    if (Number(pass) > 0) await session.goTo(Number(pass));
    this.ask(id);
  }

  /** @param {string} id @param {Element} opener */
  askWhere(id, opener) {
    if (this.trail.length === 0) this.opener = /** @type {HTMLElement|SVGElement} */ (opener);
    if (this.trail[this.trail.length - 1] === id) return;
    const seen = this.trail.indexOf(id);
    this.trail = seen >= 0 ? this.trail.slice(0, seen + 1) : [...this.trail, id];
    this.refresh();
  }

  closeDerivation() {
    this.trail = [];
    this.refresh();
    this.opener?.focus();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const { session } = this;
    if (!session) return;
    if (this.trail !== this.shownTrail) this.showDerivation();
    if (session.refusal?.id) this.restoreField(session.refusal.id);
    if (changed.has("version") && this.form === "tall") keepInSight(this, session);
  }

  /** An answer is no use behind the controls. */
  showDerivation() {
    this.shownTrail = this.trail;
    if (this.trail.length) void this.goToDerivation(this.fromAway);
    this.fromAway = false;
  }

  /** @param {boolean} focusing */
  async goToDerivation(focusing) {
    const view = /** @type {LightElement|null} */ (this.querySelector("bp-derivation"));
    if (!view) return;
    await view.updateComplete; // only then it is as high as it will be
    if (focusing) /** @type {HTMLElement|null} */ (view.querySelector("h2"))?.focus({ preventScroll: true });
    bringInSight(this, view);
  }

  /** Fields in the tables, or numbers again. */
  async toggleEditing() {
    this.editing = !this.editing;
    this.refresh();
    await this.updateComplete;
    if (this.editing) goTo(this.querySelector(".tables"));
  }

  /** A refused field shows the number in force again. @param {string} id */
  restoreField(id) {
    const value = this.session?.tape.byId.get(id)?.value;
    const field = /** @type {HTMLInputElement|null} */ (this.querySelector(`[data-field="${id}"]`));
    if (field && value !== undefined && document.activeElement !== field) field.value = plain(value);
  }

  render() {
    const { session } = this;
    if (!session) return nothing;
    const { tape, body, run, position, head, stale, timeline, pass } = session;
    const asked = this.trail[this.trail.length - 1] ?? null;
    const refused = session.refusal?.id ?? null;
    const live = liveEntry(tape, position);
    return html`
      <bp-settings .spec=${run.spec} .catalog=${session.catalog} .preset=${session.preset} .sample=${body.sample} .refused=${refused} .editing=${this.editing} .folded=${this.form === "tall"}></bp-settings>
      <bp-network .tape=${tape} .spec=${run.spec} .t=${head.drawn} .asked=${asked} .lit=${this.lit} .stale=${stale} .form=${this.form}></bp-network>
      <div class="moment ${this.trail.length ? "asked" : ""}">
        <bp-equation .tape=${tape} .pass=${pass} .lastLoss=${pass > 0 ? timeline.losses[pass - 1] : null} .entry=${live} .lit=${this.lit}></bp-equation>
        <bp-pictures .tape=${tape} .position=${position} .spec=${run.spec} .catalog=${session.catalog} .moved=${body.moved_first} .diverged=${session.divergedNext} .first=${pass - timeline.at(pass).pass}></bp-pictures>
        <bp-derivation .tape=${tape} .trail=${this.trail}></bp-derivation>
      </div>
      <div class="deck">
        ${this.words(session)}
        ${this.form === "tall" && live ? html`<bp-brief-equation .tape=${tape} .entry=${live}></bp-brief-equation><p class="deck-because" aria-hidden="true">${withNames(live.because)}</p>` : nothing}
        <bp-rail .tape=${tape} .position=${position}></bp-rail>
        <bp-transport .playing=${head.playing} .granularity=${this.granularity} .speed=${head.speed}></bp-transport>
      </div>
      <div class="tables" data-tab=${this.tab}>
        <div class="tabs" role="group" aria-label="Tables">${TABS.map(([tab, label]) => html`<button type="button" aria-pressed=${this.tab === tab ? "true" : "false"} @click=${() => { this.tab = tab; this.refresh(); }}>${label}</button>`)}</div>
        <bp-nodes-table class="pane-nodes" .tape=${tape} .position=${position} .lit=${this.lit} .stale=${stale} .editing=${this.editing} .refused=${refused}></bp-nodes-table>
        <bp-weights-table class="pane-weights" .tape=${tape} .position=${position} .lit=${this.lit} .stale=${stale} .editing=${this.editing} .refused=${refused}></bp-weights-table>
        <div class="beside pane-check">
          <bp-check .check=${body.check} .turned=${isTurned(tape.sign)}></bp-check>
          <bp-history .losses=${timeline.losses} .pass=${pass} .period=${run.spec.data.x.length}></bp-history>
        </div>
      </div>
      <bp-take-away .source=${this.takeAway}></bp-take-away>
      <p class="vh" aria-live="polite" data-said>${this.said}</p>
      <bp-help></bp-help>`;
  }

  /** A thin line of words above the controls: only when there is something to say. @param {PassesSession} session */
  words(session) {
    const { refusal, notice, wanted } = session;
    if (refusal) return html`<p class="line-of-words refusal" role="alert">${refusal.message}</p>`;
    const away = this.status === "reconnecting" || this.status === "closed";
    const waits = wanted || session.later || session.restates ? " What you asked for comes as soon as it is back." : "";
    const text = away ? `The engine is out of reach. What you have stays usable; I am trying again.${waits}`
      : this.status === "connecting" && session.open > 0 ? "Connecting to the engine…"
      : notice ? notice.text : "";
    const to = notice && !away && !wanted && notice.recomputeTo > session.position ? notice.recomputeTo : null;
    return html`<p class="line-of-words" role="status">${text || nothing}${to === null ? nothing
      : html` <button type="button" class="num-b" @click=${() => session.head.runTo(to)}>Recompute</button>`}</p>`;
  }
}

customElements.define("bp-passes", PassesFigure);

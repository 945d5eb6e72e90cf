// @ts-check
// Figure `xor`: one network learns XOR before the learner's eyes; how typical that was; and what the other ways cost.
import { html, nothing } from "../../vendor/lit.js";
import { parseNumber } from "../format.js";
import { seedOf, withLane } from "../lane-specs.js";
import { binned, typicalKey, typicalWords } from "../typical.js";
import { evidence, headline } from "../verdict-words.js";
import { LightElement } from "../views/light-element.js";
import { numberText } from "../views/number-text.js";
import { runFollows } from "./convention-takers.js";
import { actOn, atField, finishWords, lineOfWords, marksOf, pointsOf, rateRefusal, truthRows } from "./run-parts.js";
import { RunSession } from "./run-session.js";
import { takeRun } from "./take-away.js";
import "../views/cost-chart.js";
import "../views/epoch-deck.js";
import "../views/histogram.js";
import "../views/loss-chart.js";
import "../views/rate-field.js";
import "../views/small-network.js";
import "../views/surface.js";
import "../views/surface-key.js";
import "../views/truth-table.js";

/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../types.js").Typical} Typical */
/** @typedef {import("../connection.js").Connection} Connection */

const GRID = 40;
const NAMES = ["A", "B"];
/** The preset that bench/guessing.py trains, at other rates. */
const MEASURED = "xor";
const REFUSAL_ID = "xor-rate-refused";
const EXTRA = Object.freeze([{ act: "new-weights", label: "New weights" }]);

export class XorFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    /** @type {RunSession|null} */ this.session = null;
    this.preset = "xor";
    this.log = false;
    this.said = "";
    this.takeAway = takeRun(this, "XOR", "bp-small-network, bp-surface");
    this.tellConventions = runFollows(this, "xor", "XOR");
    /** @type {Typical|null} */ this.typical = null;
    /** What `typical` was asked for. */ this.typicalOf = "";
    /** @type {any} */ this.guessing = null;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.session && this.boot && this.connection) {
      const preset = this.boot.catalog.run_presets.find(({ name }) => name === this.preset);
      if (preset) this.session = new RunSession(this.connection, this.boot.catalog.verdicts, { ...preset, grid: GRID }, () => this.changed());
    }
    if (changed.has("status") && this.status === "connected") {
      this.session?.connected();
      void this.askGuessing();
    }
  }

  changed() {
    const { session } = this;
    if (!session) return;
    this.tellConventions();
    this.setAttribute("aria-busy", String(session.busy));
    const lane = session.frame?.lanes[0];
    if (lane && !session.running && session.exactly) this.said = `Epoch ${session.epoch}. ${headline(lane.verdict)}. ${evidence(lane, session.store.curves[0].losses[0])}`;
    void this.askTypical(session);
    this.emit("run-shown");
    this.version += 1;
  }

  async askGuessing() {
    if (this.guessing || !this.connection) return;
    const answer = await this.connection.request("guessing", {}).catch(() => null);
    if (answer?.ok) this.guessing = answer;
    this.version += 1;
  }

  /** @param {RunSession} session */
  async askTypical({ spec, epochs, frame }) {
    const key = typicalKey(spec, epochs);
    if (!frame || !this.connection || key === this.typicalOf) return;
    this.typicalOf = key;
    this.typical = null;
    const answer = await this.connection.request("seeds", { spec, stop: epochs, seeds: 500 }).catch(() => null);
    if (key !== this.typicalOf) return;
    if (answer?.ok) this.typical = answer;
    else this.typicalOf = "";
    this.version += 1;
  }

  /** What the costs are told beside: the run that is shown, and the one that was measured. */
  get runs() {
    const measured = this.boot?.catalog.run_presets.find(({ name }) => name === MEASURED)?.spec;
    return this.session && measured ? { above: this.session.spec, measured } : null;
  }

  /** @param {string} act */
  act(act) {
    if (this.session) actOn(this.session, act);
  }

  /** @param {string} name */
  choosePreset(name) {
    const preset = this.boot?.catalog.run_presets.find((each) => each.name === name);
    if (!preset || !this.session) return;
    this.preset = name;
    this.session.pause();
    void this.session.propose(preset.spec, this.session.ownEnd ? this.session.epochs : preset.epochs);
  }

  render() {
    const { session, boot } = this;
    if (!session || !boot) return nothing;
    const { spec, frame, epoch, epochs, store, plane } = session;
    const lane = frame?.lanes[0] ?? null;
    return html`
      ${this.sentence(session, boot)}
      ${atField(rateRefusal(session), REFUSAL_ID)}
      ${lineOfWords(session, this.status, rateRefusal(session) !== null)}
      <div class="xor-pictures">
        <bp-small-network .layers=${spec.layers} .parameters=${lane?.parameters ?? []} .biases=${spec.biases} .names=${NAMES} .detail=${true} .lane=${null}></bp-small-network>
        <figure class="xor-surface"><bp-surface .grid=${lane?.surface ?? null} .size=${plane.size} .low=${plane.low} .high=${plane.high} .points=${pointsOf(spec)} .axes=${true} .label=${"What the network answers for every A and B"}></bp-surface>
          <figcaption class="key"><bp-surface-key></bp-surface-key>What it answers for every <i class="var">A</i> (across) and <i class="var">B</i> (up); the line is one half.</figcaption></figure>
      </div>
      <div class="xor-facts">
        <div><h3 class="run-verdict">${lane ? headline(lane.verdict) : "Ready"}</h3>
          <p class="lane-why">${lane ? numberText(evidence(lane, store.curves[0].losses[0])) : "…"}</p>
          <bp-truth-table .caption=${"Truth table"} .plain=${true} .rows=${truthRows(spec, lane)}></bp-truth-table></div>
        <div class="xor-loss"><h3>Loss</h3>
          <bp-loss-chart .label=${"Loss of the network"} .curves=${store.curves} .labels=${["loss"]} .lanes=${[0]} .epoch=${epoch} .epochs=${epochs} .log=${this.log}
            .finish=${session.finish} .marks=${marksOf(lane ? [lane] : [], [0])} .caption=${finishWords(session, "The curve")}
            @seek=${(/** @type {CustomEvent<number>} */ e) => session.seek(e.detail)} @scale=${(/** @type {CustomEvent<string>} */ e) => { this.log = e.detail === "log"; this.version += 1; }}></bp-loss-chart></div>
        <div class="xor-typical"><h3>How typical was that?</h3>${this.typicalView(lane?.verdict.kind === "solved" ? lane.verdict.at : null, lane !== null && epoch >= epochs && lane.verdict.kind !== "solved")}</div>
      </div>
      <bp-epoch-deck .running=${session.running} .epoch=${epoch} .epochs=${epochs} .known=${store.known - 1} .speed=${session.speed} .most=${boot.catalog.limits.epoch.max - 1}
        .startLabel=${"Watch it learn"} .busy=${session.busy} .extra=${EXTRA}
        @act=${(/** @type {CustomEvent<string>} */ e) => this.act(e.detail)} @seek=${(/** @type {CustomEvent<number>} */ e) => session.seek(e.detail)}
        @speed=${(/** @type {CustomEvent<number>} */ e) => session.setSpeed(e.detail)} @epochs=${(/** @type {CustomEvent<number>} */ e) => session.setEpochs(e.detail)}></bp-epoch-deck>
      ${this.guessing ? html`<section class="cost" aria-labelledby="cost-h"><h3 id="cost-h">Why not one neuron, and why not guess?</h3><bp-cost-chart .results=${this.guessing} .runs=${this.runs}></bp-cost-chart></section>` : nothing}
      <bp-take-away .source=${this.takeAway}></bp-take-away>
      <p class="vh" aria-live="polite">${this.said}</p>`;
  }

  /** @param {RunSession} session @param {Boot} boot */
  sentence(session, boot) {
    const { spec } = session;
    const seed = seedOf(spec);
    const presets = boot.catalog.run_presets.filter(({ name }) => name !== "race");
    const inside = boot.catalog.activations.find(({ name }) => name === spec.activations[0])?.label;
    const loss = boot.catalog.losses.find(({ name }) => name === spec.loss)?.label;
    return html`<p class="settings">Training <select class="pick" aria-label="Preset" @change=${(/** @type {Event} */ e) => this.choosePreset(/** @type {HTMLSelectElement} */ (e.currentTarget).value)}>${
      presets.map(({ name, label }) => html`<option value=${name} ?selected=${name === this.preset}>${label}</option>`)}</select>:
      ${inside} hidden neurons, a sigmoid output, ${loss} as the ${spec.reduction === "sum" ? "sum" : "mean"} over the four rows,
      <span class="nb">learning rate <bp-rate-field .rate=${spec.lanes[0].learning_rate} .name=${"Learning rate of the network"} .refusal=${rateRefusal(session)} .refusalId=${REFUSAL_ID}
        @rate-text=${(/** @type {CustomEvent<string>} */ e) => this.setRate(e.detail)}></bp-rate-field></span>${seed === null ? nothing : html`, starting weights of seed <span class="n">${seed}</span>`}.</p>`;
  }

  /** @param {string} text */
  setRate(text) {
    if (this.session) void this.session.propose(withLane(this.session.wanted, 0, { learning_rate: parseNumber(text) ?? text }));
  }

  /** @param {number|null} mark the epoch at which this one was solved @param {boolean} never it came to its end unsolved */
  typicalView(mark, never) {
    const { typical } = this;
    if (!typical) return html`<p class="line-of-words">Training 500 other starts …</p>`;
    const { counts, binWidth, unsolved } = binned(typical);
    return html`<p class="lane-why">${typicalWords(typical)}</p>
      <bp-histogram .counts=${counts} .binWidth=${binWidth} .from=${0} .mark=${mark} .never=${never} .label=${"this one"} .unsolved=${unsolved} .caption=${"Epoch at which each of the other starts solved it"}></bp-histogram>`;
  }
}

customElements.define("bp-xor", XorFigure);

// @ts-check
// Figure `race`: the same start, the same data, other learning rates. Composes the views over a run session.
import { html, nothing } from "../../vendor/lit.js";
import { exact, parseNumber } from "../format.js";
import { seedOf, withLane, withOneMore, withoutLane } from "../lane-specs.js";
import { evidence, headline } from "../verdict-words.js";
import { laneKey } from "../views/lane-key.js";
import { LightElement } from "../views/light-element.js";
import { numberText } from "../views/number-text.js";
import { runFollows } from "./convention-takers.js";
import { actOn, atField, finishWords, lineOfWords, lossWords, marksOf, pointsOf, rateRefusal, truthRows } from "./run-parts.js";
import { RunSession } from "./run-session.js";
import { takeRun } from "./take-away.js";
import "../views/epoch-deck.js";
import "../views/loss-chart.js";
import "../views/rate-field.js";
import "../views/small-network.js";
import "../views/surface.js";
import "../views/surface-key.js";
import "../views/truth-table.js";

/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../types.js").LaneFrame} LaneFrame */
/** @typedef {import("../connection.js").Connection} Connection */

const GRID = 28;
const NAMES = ["A", "B"];

export class RaceFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    /** @type {RunSession|null} */ this.session = null;
    this.log = true;
    this.said = "";
    this.takeAway = takeRun(this, "Race", "bp-loss-chart");
    this.tellConventions = runFollows(this, "race", "race");
    /** The rate that was typed last: its lane, and the spec that was proposed with it. @type {{lane: number, spec: unknown}} */ this.edited = { lane: -1, spec: null };
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.session && this.boot && this.connection) {
      const preset = this.boot.catalog.run_presets.find(({ name }) => name === "race");
      if (preset) this.session = new RunSession(this.connection, this.boot.catalog.verdicts, { ...preset, grid: GRID }, () => this.changed());
    }
    if (changed.has("status") && this.status === "connected") this.session?.connected();
  }

  changed() {
    const { session } = this;
    if (!session) return;
    this.tellConventions();
    this.setAttribute("aria-busy", String(session.busy));
    if (session.frame && !session.running && session.exactly) {
      this.said = `Epoch ${session.epoch}. ${session.frame.lanes.map((lane, i) => `Lane ${i + 1}, learning rate ${session.spec.lanes[i].learning_rate}: ${headline(lane.verdict)}.`).join(" ")}`;
    }
    this.version += 1;
  }

  /** @param {string} act */
  act(act) {
    const { session } = this;
    if (!session) return;
    if (act === "add-lane") void session.propose(withOneMore(session.wanted));
    else actOn(session, act);
  }

  render() {
    const { session, boot } = this;
    if (!session || !boot) return nothing;
    const { spec, frame, epoch, epochs, store } = session;
    const lanes = frame?.lanes.length === spec.lanes.length ? frame.lanes : [];
    const styles = spec.lanes.map((_, i) => i + 1);
    const extra = [{ act: "new-weights", label: "New weights" }, ...(spec.lanes.length < boot.catalog.limits.lanes.max ? [{ act: "add-lane", label: "Add lane" }] : [])];
    return html`
      ${lineOfWords(session, this.status, this.refusedLane >= 0)}
      <ol class="lanes">${spec.lanes.map((_, i) => this.lane(i, lanes[i] ?? null))}</ol>
      <bp-surface-key></bp-surface-key>
      <bp-loss-chart .label=${"Loss of every lane"} .curves=${store.curves} .labels=${spec.lanes.map((lane) => this.label(lane, boot))} .lanes=${styles} .says=${lanes.map(({ verdict }) => headline(verdict))}
        .epoch=${epoch} .epochs=${epochs} .log=${this.log} .finish=${session.finish} .marks=${marksOf(lanes, styles)} .caption=${this.caption(boot)}
        @seek=${(/** @type {CustomEvent<number>} */ e) => session.seek(e.detail)} @scale=${(/** @type {CustomEvent<string>} */ e) => { this.log = e.detail === "log"; this.version += 1; }}></bp-loss-chart>
      <bp-epoch-deck .running=${session.running} .epoch=${epoch} .epochs=${epochs} .known=${store.known - 1} .speed=${session.speed} .most=${boot.catalog.limits.epoch.max - 1}
        .startLabel=${"Start race"} .busy=${session.busy} .extra=${extra}
        @act=${(/** @type {CustomEvent<string>} */ e) => this.act(e.detail)} @seek=${(/** @type {CustomEvent<number>} */ e) => session.seek(e.detail)}
        @speed=${(/** @type {CustomEvent<number>} */ e) => session.setSpeed(e.detail)} @epochs=${(/** @type {CustomEvent<number>} */ e) => session.setEpochs(e.detail)}></bp-epoch-deck>
      <bp-take-away .source=${this.takeAway}></bp-take-away>
      <p class="vh" aria-live="polite">${this.said}</p>`;
  }

  /** @param {import("../types.js").LaneSpec} lane @param {Boot} boot */
  label({ learning_rate: rate, optimizer = "sgd" }, boot) {
    return `η ${exact(rate)}${optimizer === "sgd" ? "" : ` ${boot.catalog.optimizers.find(({ name }) => name === optimizer)?.label}`}`;
  }

  /** The lane in whose field a rate was typed and refused, -1 for none: of a rate that came otherwise the line of words tells. */
  get refusedLane() {
    const { session, edited } = this;
    return session && rateRefusal(session) && session.proposed === edited.spec ? edited.lane : -1;
  }

  /** @param {Boot} boot */
  caption(boot) {
    const { session } = this;
    if (!session) return nothing;
    const seed = seedOf(session.spec);
    return html`${lossWords(session.spec, boot)}. ${finishWords(session, "A lane")} Every lane starts from the same weights${seed === null ? "" : html`, those of seed <span class="n">${seed}</span>`}.`;
  }

  /** @param {number} i @param {LaneFrame|null} lane */
  lane(i, lane) {
    const { session } = this;
    if (!session) return nothing;
    const { spec, store, plane } = session;
    const refusal = this.refusedLane === i ? rateRefusal(session) : null;
    const refusalId = `race-rate-${i + 1}-refused`;
    return html`<li class="lane" aria-label="Lane ${i + 1}">
      <div class="lane-head">${laneKey(i + 1)}<label><i class="var" aria-hidden="true">η</i><bp-rate-field .rate=${spec.lanes[i].learning_rate} .name=${`Learning rate of lane ${i + 1}`} .refusal=${refusal} .refusalId=${refusalId}
          @rate-text=${(/** @type {CustomEvent<string>} */ e) => this.setRate(i, e.detail)}></bp-rate-field></label>
        ${this.optimizer(i)}
        ${spec.lanes.length > 1 ? html`<button type="button" class="btn lane-off" aria-label="Remove lane ${i + 1}" title="Remove this lane" @click=${() => void session.propose(withoutLane(session.wanted, i))}>✕</button>` : nothing}
        ${atField(refusal, refusalId)}</div>
      <h3 class="run-verdict">${lane ? headline(lane.verdict) : "Ready"}</h3>
      <p class="lane-why">${lane ? numberText(evidence(lane, store.curves[i].losses[0])) : "…"}</p>
      <div class="lane-pictures">
        <bp-small-network .layers=${spec.layers} .parameters=${lane?.parameters ?? []} .biases=${spec.biases} .names=${NAMES} .lane=${i + 1}></bp-small-network>
        <bp-surface .grid=${lane?.surface ?? null} .size=${plane.size} .low=${plane.low} .high=${plane.high} .points=${pointsOf(spec)} .axes=${true} .names=${NAMES} .label=${`What lane ${i + 1} answers for every A and B`}></bp-surface>
      </div>
      <bp-truth-table .caption=${`Truth table of lane ${i + 1}`} .plain=${true} .digits=${3} .rows=${truthRows(spec, lane)}></bp-truth-table>
    </li>`;
  }

  /** @param {number} i */
  optimizer(i) {
    const { session, boot } = this;
    if (!session || !boot) return nothing;
    const chosen = session.spec.lanes[i].optimizer ?? "sgd";
    return html`<select class="pick" aria-label="Optimiser of lane ${i + 1}" @change=${(/** @type {Event} */ e) => this.setOptimizer(i, /** @type {HTMLSelectElement} */ (e.currentTarget).value)}>${
      boot.catalog.optimizers.map(({ name, label }) => html`<option value=${name} ?selected=${name === chosen}>${label}</option>`)}</select>`;
  }

  /** @param {number} i @param {string} optimizer */
  setOptimizer(i, optimizer) {
    if (this.session) void this.session.propose(withLane(this.session.wanted, i, { optimizer, hyper: {} }));
  }

  /** A rate as typed goes to the engine even if it is no number: it is the engine that says what it takes. @param {number} i @param {string} text */
  setRate(i, text) {
    const { session } = this;
    if (!session) return;
    const spec = withLane(session.wanted, i, { learning_rate: parseNumber(text) ?? text });
    this.edited = { lane: i, spec };
    void session.propose(spec);
  }
}

customElements.define("bp-race", RaceFigure);

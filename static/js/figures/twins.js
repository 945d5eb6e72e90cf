// @ts-check
// Figure `twins`: two hidden neurons that start alike, and stay alike until one is nudged. Composes the views over a run session.
import { html, nothing } from "../../vendor/lit.js";
import { alike, strideOf } from "../twins-plan.js";
import { twinsEvidence, twinsHeadline } from "../twins-words.js";
import { LightElement } from "../views/light-element.js";
import { actOn, lineOfWords } from "./run-parts.js";
import { RunSession } from "./run-session.js";
import { takeRun } from "./take-away.js";
import "../views/epoch-deck.js";
import "../views/small-network.js";
import "../views/twins-chart.js";

/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../connection.js").Connection} Connection */

const NAMES = ["A", "B"];

export class TwinsFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    /** @type {RunSession|null} */ this.session = null;
    this.takeAway = takeRun(this, "Twins", "bp-small-network, bp-twins-chart");
    this.said = "";
    /** Frames of the curve are on their way. */ this.covering = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.session && this.boot && this.connection) this.begin(this.boot, this.connection);
    if (!this.session || !changed.has("status") || this.status !== "connected") return;
    this.session.connected();
    void this.cover(this.session);
  }

  /** Ask for the run of the twins, once. @param {Boot} boot @param {Connection} connection */
  begin(boot, connection) {
    const { alike: spec, epochs } = boot.catalog.examples.twins;
    this.session = new RunSession(connection, boot.catalog.verdicts, { spec, epochs, grid: 0 }, () => this.changed());
  }

  get nudged() {
    return this.session !== null && this.session.wanted.lanes[0].initial !== this.boot?.catalog.examples.twins.alike.lanes[0].initial;
  }

  changed() {
    const { session } = this;
    if (!session) return;
    this.setAttribute("aria-busy", String(session.busy));
    void this.cover(session);
    const lane = session.frame?.lanes[0];
    if (lane && !session.running && session.exactly && this.boot) {
      this.said = `Epoch ${session.epoch}. ${twinsHeadline(lane, session.epoch)}. ${twinsEvidence(lane, session.epoch, this.boot.catalog.examples.twins.by)}`;
    }
    this.version += 1;
  }

  /** Fetch what the curves still lack, an answer at a time: from the start to the last epoch, which the learner may move. @param {RunSession} session */
  async cover(session) {
    if (this.covering || !session.frame || session.refusal || session.connection.status !== "connected") return;
    const every = strideOf(session.epochs), missing = session.store.missing(0, every, session.epochs);
    if (missing === null) return;
    this.covering = true;
    await session.pull(session.run, missing, session.epochs + 1, every);
    this.covering = false;
    this.changed();
  }

  /** @param {string} act */
  act(act) {
    const { session } = this;
    if (!session) return;
    if (act === "nudge") void this.nudge(!this.nudged, true);
    else actOn(session, act);
  }

  /** Begin again with one weight nudged, or with none. @param {boolean} nudged @param {boolean} watch */
  async nudge(nudged, watch) {
    const { session, boot } = this;
    if (!session || !boot) return;
    const { twins } = boot.catalog.examples;
    const spec = nudged ? twins.nudged : twins.alike;
    session.running = false;
    await session.propose(spec, twins.epochs);
    if (watch && session.spec === spec) session.start();
  }

  render() {
    const { session, boot } = this;
    if (!session || !boot) return nothing;
    const { spec, frame, epoch, epochs, store } = session;
    const lane = frame?.lanes[0] ?? null;
    const extra = [{ act: "nudge", label: this.nudged ? "Alike again" : "Nudge one" }];
    return html`${lineOfWords(session, this.status)}
      <div class="twins-figure ${lane && alike(lane.parameters) ? "alike" : "parted"}">
        <div class="twins-net"><bp-small-network .layers=${spec.layers} .parameters=${lane?.parameters ?? []} .biases=${spec.biases} .names=${NAMES} .detail=${true} .lane=${null}></bp-small-network></div>
        <div class="twins-facts">
          <p class="run-verdict">${lane ? twinsHeadline(lane, epoch) : "Ready"}</p>
          <p class="lane-why">${lane ? twinsEvidence(lane, epoch, boot.catalog.examples.twins.by) : nothing}</p>
          <bp-twins-chart .frames=${store.frames} .size=${store.frames.size} .epoch=${frame?.epoch ?? 0} .epochs=${epochs}></bp-twins-chart>
        </div>
      </div>
      <bp-epoch-deck .running=${session.running} .epoch=${epoch} .epochs=${epochs} .known=${store.known - 1} .speed=${session.speed} .most=${boot.catalog.limits.epoch.max - 1}
        .startLabel=${"Train the twins"} .busy=${session.busy} .extra=${extra}
        @act=${(/** @type {CustomEvent<string>} */ e) => this.act(e.detail)} @seek=${(/** @type {CustomEvent<number>} */ e) => session.seek(e.detail)}
        @speed=${(/** @type {CustomEvent<number>} */ e) => session.setSpeed(e.detail)} @epochs=${(/** @type {CustomEvent<number>} */ e) => session.setEpochs(e.detail)}></bp-epoch-deck>
      <bp-take-away .source=${this.takeAway}></bp-take-away>
      <p class="vh" aria-live="polite">${this.said}</p>`;
  }
}

customElements.define("bp-twins", TwinsFigure);

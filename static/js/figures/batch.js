// @ts-check
// Figure `batch`: four gradients added up for one move, beside a move for each. Composes the views over one play head.
import { html, live, nothing, svg } from "../../vendor/lit.js";
import { STOPS } from "../batch-stops.js";
import { batchWords, rowName } from "../batch-words.js";
import { REDUCTIONS } from "../reductions.js";
import { batchTables } from "../views/batch-table.js";
import { ICONS } from "../views/icons.js";
import { LightElement } from "../views/light-element.js";
import { numberText } from "../views/number-text.js";
import { conventions } from "./conventions.js";
import { insist } from "./link-engine.js";
import { PlayHead } from "./play-head.js";
import { takeBatch } from "./take-answers.js";
import "../views/batch-plane.js";

/** @typedef {import("../types.js").Boot} Boot */
/** @typedef {import("../types.js").BatchAnswer} BatchAnswer */
/** @typedef {import("../reductions.js").Reduction} Reduction */

const TAPE = /** @type {import("../tape.js").Tape} */ (/** @type {unknown} */ ({ entries: STOPS, length: STOPS.length }));

export class BatchFigure extends LightElement {
  static properties = { boot: { attribute: false }, connection: { attribute: false }, status: { attribute: false }, version: { state: true } };

  constructor() {
    super();
    /** @type {Boot|null} */ this.boot = null;
    /** @type {import("../connection.js").Connection|null} */ this.connection = null;
    /** @type {string} */ this.status = "connecting";
    /** @type {number} */ this.version = 0;
    /** @type {BatchAnswer|null} */ this.answer = null;
    /** @type {Reduction} */ this.reduction = REDUCTIONS[0];
    /** By the learner or a link; until then it begins as the page has it. */ this.chosen = false;
    this.takeAway = takeBatch(this);
    this.refusal = "";
    this.asked = false;
    this.head = new PlayHead(() => { this.version += 1; }, () => this.head.pause());
    this.head.setTape(TAPE, 0);
    conventions.onChoose(({ name, value }) => { if (name === "reduction" && REDUCTIONS.some((each) => each === value)) this.choose(/** @type {Reduction} */ (value)); });
  }

  willUpdate() {
    if (!this.asked && this.boot && this.connection) void this.ask(this.connection, this.boot.catalog.examples.batch);
  }

  /** @param {import("../connection.js").Connection} connection @param {import("../types.js").BatchWanted} wanted */
  async ask(connection, wanted) {
    this.asked = true;
    const answer = await insist(connection, "batch", wanted);
    if (answer?.ok) {
      this.answer = answer;
      this.choose(this.chosen ? this.reduction : (REDUCTIONS.find((each) => each === conventions.value("reduction")) ?? this.reduction));
    } else if (answer) this.refusal = answer.error.message;
    this.version += 1;
  }

  get names() {
    return (this.boot?.catalog.examples.batch.spec.data.x ?? []).map(rowName);
  }

  /** @param {"back"|"step"|"play"|"start"} act */
  act(act) {
    const { head } = this;
    switch (act) {
      case "back": return head.seek(head.position - 1);
      case "start": return head.seek(0);
      case "step": return head.runTo(Math.min(STOPS.length, head.position + 1));
      case "play":
        if (head.playing) return head.pause();
        if (head.position >= STOPS.length) head.seek(0);
        return head.play();
    }
  }

  /** Put the rows together so; the page’s switch shows it. @param {Reduction} reduction */
  choose(reduction) {
    this.reduction = reduction;
    this.chosen = true;
    if (this.answer) conventions.report("batch", { reduction });
    this.version += 1;
  }

  render() {
    const { answer, head, reduction } = this;
    this.setAttribute("aria-busy", String(this.asked && !answer && !this.refusal));
    if (this.refusal) return html`<p class="line-of-words refusal" role="alert">${this.refusal}</p>`;
    if (!answer) return this.asked ? html`<p class="line-of-words" role="status">${this.status === "connected" ? "Waiting for the engine …" : "Connecting to the engine …"}</p>` : nothing;
    return html`<figure class="batch-figure">
      <div class="batch-deck">${this.buttons()}${this.switch()}</div>
      <figcaption class="finding" aria-live="polite">${spaced(batchWords(answer, head.position, reduction))}</figcaption>
      <bp-batch-plane .answer=${answer} .t=${head.drawn} .reduction=${reduction} .names=${this.names}></bp-batch-plane>
      <p class="key batch-key">${key("gradient", "a row’s gradient, uphill")}${key("added", `their ${reduction}`)}${key("move", "a move, against a gradient")}
        <span><span class="n">0 1</span> is the row with <i class="var">A</i> = 0, <i class="var">B</i> = 1; the learning rate is <span class="n">${answer.learning_rate}</span></span></p>
      <details><summary>As a table</summary>${batchTables(answer, this.names)}</details>
      <bp-take-away .source=${this.takeAway}></bp-take-away>
    </figure>`;
  }

  buttons() {
    const { position, playing } = this.head;
    const done = position >= STOPS.length;
    return html`<div class="grp steps">
      <button type="button" class="btn" data-act="back" ?disabled=${position === 0} @click=${() => this.act("back")}>${ICONS.back}Back</button>
      <button type="button" class="go" data-act="step" aria-disabled=${done ? "true" : "false"} @click=${() => this.act("step")}>Step ${ICONS.step}</button>
      <button type="button" class="btn" data-act="play" @click=${() => this.act("play")}>${playing ? html`${ICONS.pause}Pause` : html`${ICONS.play}Play`}</button>
      <span class="batch-at"><span class="vh">Step</span> <span class="n">${position}</span> of <span class="n">${STOPS.length}</span></span>
    </div>`;
  }

  switch() {
    return html`<fieldset class="by"><legend>Together by the</legend>${REDUCTIONS.map((name) => html`<label><input type="radio" name="batch-reduction" value=${name}
      .checked=${live(name === this.reduction)} @change=${() => this.emit("convention", { name: "reduction", value: name })}><span>${name}</span></label>`)}</fieldset>`;
  }
}

/** Numbers in a sentence have figures of one width. @param {string} words */
const spaced = (words) => words.split(/(\d+\.\d+)/).map((part, i) => (i % 2 ? html`<span class="n">${numberText(part)}</span>` : part));

/** @param {string} kind @param {string} text */
const key = (kind, text) => html`<span><svg class="batch-mark" viewBox="0 0 44 12" aria-hidden="true"><g class="arrow ${kind}"><path class="shaft" d="M1 6H31"></path>${
  kind === "move" ? svg`<path class="core" d="M1 6H31"></path>` : nothing}<path class="tip" d="M43 6L31 0.5V11.5z"></path></g></svg>${text}</span>`;

customElements.define("bp-batch", BatchFigure);

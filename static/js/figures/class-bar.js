// @ts-check
// What the teacher's bar and the learner's have in common: the room, what is said of it, and the frame that it is shown in.
import { html, nothing } from "../../vendor/lit.js";
import { ClassRoom } from "../class-room.js";
import { questionText } from "../views/class-parts.js";
import { LightElement } from "../views/light-element.js";
import "../views/class-choices.js";
import "../views/class-door.js";

/** @typedef {import("./class-page.js").ClassParts} ClassParts */
/** @typedef {import("../class-room.js").Question} Question */
/**
 * A question as a bar shows it: what stands beside it until it is revealed, the counts if they are shown, which choice is right, what
 * the learner chose, and what stands below.
 * @typedef {{beside: unknown, counts: number[]|null, right: number|null, own: number|null, below: unknown}} Panel
 */

export const TOO_MUCH_MS = 300;
export const AWAY_MS = 2000; // the class cannot be looked up just now

export class ClassBar extends LightElement {
  static properties = { version: { state: true } };

  constructor() {
    super();
    /** @type {number} */ this.version = 0;
    /** @type {ClassParts|null} */ this.parts = null;
    this.room = new ClassRoom("");
    this.connectionStatus = "connecting";
    /** By how much the weight of the question changes, once that is revealed. @type {number|null} */ this.change = null;
    /** A question that is done with on this page. */ this.done = 0;
    this.putAway = false;
    this.said = "";
  }

  /** What is told of the class reaches `asked`, `revealed` and `ended`. @param {ClassParts} parts @param {string} code */
  open(parts, code) {
    this.parts = parts;
    this.room = new ClassRoom(code);
    this.listen("class_asked", (told) => this.asked(told.question));
    this.listen("class_revealed", (told) => this.revealed(told));
    this.listen("class_ended", () => this.ended());
  }

  /** @param {string} event @param {(told: any) => void} act */
  listen(event, act) {
    this.parts?.connection.on(event, (told) => {
      if (told.code !== this.room.code) return;
      act(told);
      this.settle();
    });
  }

  /** @param {string} status */
  set status(status) {
    this.connectionStatus = status;
    if (status === "connected" && this.parts) void this.enter();
    this.version += 1;
  }

  /** Come in: on every connection anew. @returns {Promise<void>} */
  async enter() {}

  /** What has changed of the class is shown. */
  settle() {
    this.version += 1;
  }

  /** @param {Question} _question */
  asked(_question) {}

  /** @param {{question: number, counts: number[]}} _told */
  revealed(_told) {}

  ended() {
    this.room.end();
    this.said = "The class has ended.";
  }

  updated() {
    this.classList.toggle("class-bar", !this.putAway);
    this.hidden = this.putAway;
  }

  render() {
    const { room, parts } = this;
    if (!parts || this.putAway) return nothing;
    return html`${room.standing === "open" || room.standing === "joining" ? this.running() : this.finished()}
      <p class="vh" role="status" data-class-said>${this.said}</p>`;
  }

  /** @returns {unknown} */
  running() {
    return nothing;
  }

  /** @returns {unknown} */
  finished() {
    return nothing;
  }

  /** The question, until it is put away. @param {(question: Question) => Panel} panel */
  asking(panel) {
    const { question } = this.room;
    if (!question || question.id === this.done) return nothing;
    const { id, kind, about, revealed } = question;
    const { beside, counts, right, own, below } = panel(question);
    return html`<section class="class-panel" aria-label="The question" tabindex="-1">
      <div class="class-ask-head"><h2>${questionText(kind, about)}</h2>
        ${revealed ? html`<button type="button" class="btn" @click=${() => { this.done = id; this.version += 1; }}>Put away</button>` : beside}</div>
      <bp-class-choices .kind=${kind} .about=${about} .counts=${counts} .right=${right} .own=${own}
        @choose=${(/** @type {CustomEvent<number>} */ e) => this.predict(e.detail)}></bp-class-choices>
      ${below}
    </section>`;
  }

  /** A choice was pressed. @param {number} _choice */
  predict(_choice) {}

  /** A class that this page is not in any more. @param {unknown} words @param {unknown} way out */
  closed(words, way) {
    return html`<div class="class-row"><p class="class-words plain" role="status">${words}</p><div class="class-buttons">${way}
      <button type="button" class="btn" @click=${() => { this.putAway = true; this.version += 1; }}>Put away</button></div></div>`;
  }
}

/** What was counted of each choice of a question. @param {Question} question @param {number[]} counts */
export const countsOf = ({ choices }, counts) => Array.from({ length: choices }, (_, k) => counts[k] ?? 0);

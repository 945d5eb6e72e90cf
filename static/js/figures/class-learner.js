// @ts-check
// The learner's bar: following the teacher or not, and what the class is asked.
import { html, nothing } from "../../vendor/lit.js";
import { choicesOf, rightChoice, spokenQuestion, spokenResult } from "../class-question.js";
import { changeText, codeText, timeText } from "../views/class-parts.js";
import { enterAgain } from "./class-again.js";
import { watchActs } from "./class-acts.js";
import { AWAY_MS, ClassBar, TOO_MUCH_MS, countsOf } from "./class-bar.js";
import { changeIn } from "./class-change.js";
import { holdBefore } from "./class-hold.js";
import { hush } from "./class-hush.js";
import { bringBelow, keepFocus } from "./class-sight.js";
import { wake } from "./waking.js";

/** @typedef {import("./class-page.js").ClassParts} ClassParts */
/** @typedef {import("../class-room.js").Shown} Shown */

export class ClassLearner extends ClassBar {
  constructor() {
    super();
    this.learner = "";
    this.following = true;
    /** What is to be shown next. @type {Shown|null} */ this.next = null;
    /** @type {Promise<void>|null} */ this.applying = null;
    /** The figure that was brought into sight last. */ this.sighted = "";
    /** What this learner predicts, and to which question. @type {{question: number, choice: number}|null} */ this.own = null;
    this.refusal = "";
  }

  /** @param {ClassParts} parts @param {string} code @param {string} learner */
  begin(parts, code, learner) {
    this.open(parts, code);
    this.learner = learner;
    parts.addresses.led = true;
    this.listen("class_shown", (told) => { if (this.room.show(told)) this.follow(); });
    watchActs(() => this.letGo());
    this.status = this.connectionStatus;
  }

  async enter() {
    const { parts, room, learner } = this;
    if (!parts || room.standing === "over" || room.standing === "unknown") return;
    const answer = await parts.connection.request("class_join", { code: room.code, learner }).catch(() => null);
    if (!answer) return void enterAgain(this, AWAY_MS);
    if (!answer.ok) {
      const { field, message } = answer.error;
      if (field === "rate" || field === "server") enterAgain(this, field === "rate" ? TOO_MUCH_MS : AWAY_MS);
      if (field === "rate") this.refusal = "";
      else if (field !== "code") this.refusal = message;
      room.refused(field);
      if (field === "code") this.letGo();
      return this.settle();
    }
    this.refusal = "";
    const before = room.question;
    room.entered(answer);
    await parts.opened;
    if (room.shown) this.follow();
    if (room.question && (room.question.id !== before?.id || room.question.revealed !== before.revealed)) {
      if (room.question.revealed) void this.tellChange();
      else this.sayQuestion(room.question);
    }
    if (this.own && this.own.question === room.asked?.id) void this.send(this.own); // it may have been lost with the connection
    this.settle();
  }

  settle() {
    holdBefore(this.parts?.figure ?? null, this.room.asked?.about ?? null, this.following);
    super.settle();
  }

  ended() {
    super.ended();
    this.letGo();
  }

  /** Stop following; the figure is the learner's. */
  letGo() {
    if (!this.following) return;
    this.following = false;
    this.next = null;
    hush(false);
    if (this.parts) this.parts.addresses.led = false;
    if (this.room.standing === "open") this.said = "You explore on your own now. The way back is in the bar of the class.";
    this.version += 1;
  }

  backToTeacher() {
    this.following = true;
    this.sighted = "";
    if (this.parts) this.parts.addresses.led = true;
    this.said = "You follow the teacher again.";
    this.settle();
    this.follow();
  }

  /** Show what the teacher shows, if this page follows; the newest only. */
  follow() {
    if (!this.following || !this.room.shown) return;
    this.next = this.room.shown;
    this.applying ??= this.apply().finally(() => { this.applying = null; });
  }

  async apply() {
    const { parts } = this;
    await parts?.opened;
    while (this.next && parts) {
      const { figure, state } = this.next;
      this.next = null;
      const found = parts.addresses.figures.find(({ name }) => name === figure);
      if (!found) continue;
      await wake(found.element);
      hush(true);
      await parts.addresses.follow(figure, state);
      if (!this.following) return hush(false);
      hush(true); // what has come with it
      if (this.sighted !== figure) void bringBelow(this, found.element);
      this.sighted = figure;
    }
  }

  /** @param {import("../class-room.js").Question} question */
  asked(question) {
    if (!this.room.ask(question)) return;
    this.change = null;
    this.sayQuestion(question);
    if (this.following && this.parts?.figure) void bringBelow(this, this.parts.figure);
  }

  /** @param {import("../class-room.js").Question} question */
  sayQuestion({ kind, about }) {
    this.said = `The teacher asks: ${spokenQuestion(kind, about)} The choices are in the bar of the class: ${choicesOf(kind).join(", ")}.`;
  }

  /** @param {number} choice */
  predict(choice) {
    const { asked } = this.room;
    if (!asked) return;
    this.own = { question: asked.id, choice };
    this.version += 1;
    void this.send(this.own);
  }

  /** @param {{question: number, choice: number}} own @returns {Promise<void>} */
  async send(own) {
    const { parts, room, learner } = this;
    const answer = await parts?.connection.request("class_answer", { code: room.code, learner, ...own }).catch(() => null);
    if (this.own !== own) return; // another is on its way
    if (answer && !answer.ok && answer.error.field === "rate") {
      setTimeout(() => { if (this.own === own) void this.send(own); }, TOO_MUCH_MS);
      return;
    }
    this.said = answer?.ok ? `You predict: ${choicesOf(room.question?.kind ?? "direction")[own.choice]}.` : answer ? answer.error.message : "The server is out of reach. Your prediction is sent when it is back.";
    this.refusal = answer && !answer.ok ? answer.error.message : "";
    this.version += 1;
  }

  /** @param {{question: number, counts: number[]}} told */
  revealed(told) {
    if (!this.room.reveal(told)) return;
    this.version += 1;
    void keepFocus(this);
    void this.tellChange().then(() => { if (this.following && this.sighted === "passes" && this.parts?.figure) void bringBelow(this, this.parts.figure); });
  }

  /** Read from the tape what was asked for. */
  async tellChange() {
    const { parts, room: { question, basis, counts } } = this;
    if (!parts?.figure || !question) return;
    this.change = basis ? await changeIn(basis.state, question.about, parts.figure, parts.catalog) : null;
    this.said = spokenResult(question.kind, counts, this.change === null ? null : rightChoice(question.kind, this.change));
    this.version += 1;
  }

  /** Ask the number where it comes from: on one's own, in the pass that was meant. */
  async askWhere() {
    const { parts, room: { question, basis } } = this;
    if (!parts?.figure || !question || !basis) return;
    this.letGo();
    await this.applying;
    await parts.addresses.follow("passes", basis.state);
    parts.figure.ask(question.about);
  }

  running() {
    const { room, following } = this;
    const away = this.connectionStatus !== "connected";
    const words = this.refusal && room.standing === "joining" ? this.refusal
      : room.standing === "joining" ? "Joining the class…"
      : following ? "Following the teacher" : "Exploring on your own";
    return html`<div class="class-row">
        <p class="class-words"><span class="class-dot ${following && room.standing === "open" && !away ? "on" : ""}" aria-hidden="true"></span>${words}${away ? html` <span class="class-away">(out of reach, trying again)</span>` : nothing}</p>
        <p class="class-who quiet"><span class="class-word">Class</span> ${codeText(room.code)}${room.ends === 0 ? nothing : html`<span class="class-ends wide-only">until <span class="n">${timeText(room.ends)}</span></span>`}</p>
        ${room.standing === "joining" ? nothing : html`<div class="class-buttons">${following
    ? html`<button type="button" class="btn" @click=${() => this.letGo()}><span>Let go<span class="wide-only"> and explore</span></span></button>`
    : html`<button type="button" class="go" @click=${() => this.backToTeacher()}>Back to the teacher</button>`}</div>`}
      </div>
      ${this.asking((question) => this.panel(question))}`;
  }

  /** @param {import("../class-room.js").Question} question @returns {import("./class-bar.js").Panel} */
  panel(question) {
    const { room, change, refusal } = this;
    const { id, kind, about, revealed } = question;
    const own = this.own?.question === id ? this.own.choice : null;
    const note = refusal || (own === null ? "Choose one. The figure stops before the answer." : "You can change it until the answer is shown.");
    const result = change === null ? nothing : changeText(about, change, () => void this.askWhere());
    return { beside: nothing, own, counts: revealed ? countsOf(question, room.counts) : null, right: revealed && change !== null ? rightChoice(kind, change) : null,
      below: revealed ? result : html`<p class="class-note ${refusal ? "refusal" : ""}">${note}</p>` };
  }

  finished() {
    const { room } = this;
    if (room.standing === "over") return this.closed("This class has ended. The page stays as it is, and is yours.", nothing);
    return this.closed(html`There is no class <span class="n">${room.code}</span> now: it has ended, or the code is another. The page is yours.`,
      html`<bp-class-door .joinOnly=${true}></bp-class-door>`);
  }
}

customElements.define("bp-class-learner", ClassLearner);

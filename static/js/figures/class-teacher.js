// @ts-check
// The teacher's bar: the code, who is here, what is asked; and what the teacher's figure shows, sent to the class.
import { html, nothing } from "../../vendor/lit.js";
import { keyIn, learnersLink, teachersLink } from "../class-code.js";
import { choicesOf, counted, edgeOf, rightChoice, spokenQuestion, spokenResult, weightsAhead } from "../class-question.js";
import { changeText, codeText } from "../views/class-parts.js";
import { enterAgain } from "./class-again.js";
import { watchActs } from "./class-acts.js";
import { AWAY_MS, ClassBar, TOO_MUCH_MS, countsOf } from "./class-bar.js";
import { changeIn } from "./class-change.js";
import { holdBefore } from "./class-hold.js";
import { Showing } from "./class-show.js";
import { bringBelow, keepFocus } from "./class-sight.js";
import { wakes } from "./waking.js";
import "../views/class-ask.js";
import "../views/class-share.js";

/** @typedef {import("./class-page.js").ClassParts} ClassParts */
/** @typedef {import("../link-states.js").FigureName} FigureName */

export class ClassTeacher extends ClassBar {
  constructor() {
    super();
    this.key = "";
    /** The figure that the teacher acts in, and the class is shown. @type {FigureName} */ this.figure = "passes";
    this.showing = new Showing(() => this.look(), (figure, state) => this.show(figure, state));
    this.ending = false;
    this.shareSaid = "";
  }

  /** @param {ClassParts} parts @param {string} code */
  begin(parts, code) {
    this.open(parts, code);
    this.key = keyIn(location.hash) ?? "";
    if (this.key) addEventListener("hashchange", () => this.keepKey());
    else this.room.refused("key");
    const { addresses } = parts;
    this.listen("class_counts", (told) => this.room.count(told));
    watchActs((figure) => this.choose(figure ?? this.figure));
    addresses.opens = (figure) => this.choose(figure);
    for (const { name, element } of addresses.figures) {
      void wakes(element).then(() => element.addController({ hostUpdated: () => { if (name === this.figure) this.note(); } }));
    }
    this.status = this.connectionStatus;
  }

  /** A link within the page takes the place of the key: put it back. */
  keepKey() {
    if (keyIn(location.hash) === null) history.replaceState(null, "", `${location.pathname}${location.search}#key=${this.key}`);
  }

  async enter() {
    const { parts, room, key } = this;
    if (!parts || room.standing === "denied" || room.standing === "over") return;
    const first = room.standing === "joining";
    const answer = await parts.connection.request("class_teach", { code: room.code, key }).catch(() => null);
    if (!answer) return void enterAgain(this, AWAY_MS);
    if (!answer.ok) {
      const { field } = answer.error;
      room.refused(field);
      if (field === "rate" || field === "server") enterAgain(this, field === "rate" ? TOO_MUCH_MS : AWAY_MS);
      return this.settle();
    }
    room.entered(answer);
    if (first) await this.resume();
    if (room.question?.revealed) void this.tellChange();
    this.settle();
    void this.showing.again();
  }

  /** Go on where the class was left, unless the address says where that was. */
  async resume() {
    const { parts, room } = this;
    await parts?.opened;
    if (!room.shown) return;
    this.figure = room.shown.figure;
    if (!parts?.addresses.says(this.figure)) await parts?.addresses.follow(this.figure, room.shown.state);
  }

  settle() {
    holdBefore(this.parts?.figure ?? null, this.room.asked?.about ?? null);
    super.settle();
  }

  /** @param {import("../class-room.js").Question} question */
  asked(question) {
    if (this.room.ask(question)) this.change = null;
  }

  /** @param {{question: number, counts: number[]}} told */
  revealed(told) {
    if (!this.room.reveal(told)) return;
    this.version += 1;
    void keepFocus(this);
    void this.tellChange().then(() => { if (this.figure === "passes" && this.parts?.figure) void bringBelow(this, this.parts.figure); });
  }

  /** @param {FigureName} figure */
  choose(figure) {
    this.figure = figure;
    this.note();
  }

  note() {
    if (this.room.standing === "open") void this.showing.note();
  }

  /** @returns {Promise<{figure: FigureName, state: string}|null>} */
  async look() {
    const { figure } = this;
    const state = await this.parts?.addresses.textOf(figure);
    return state === null || state === undefined || this.room.standing !== "open" ? null : { figure, state };
  }

  /** @param {FigureName} figure @param {string} state @returns {Promise<import("./class-show.js").Sent>} */
  async show(figure, state) {
    const { parts, room, key } = this;
    const answer = await parts?.connection.request("class_show", { code: room.code, key, figure, state }).catch(() => null);
    if (answer?.ok) {
      room.show({ figure, state, number: answer.number });
      return "kept";
    }
    if (!answer) {
      if (parts?.connection.status !== "connected") return "over"; // it is said again once there is a connection
      return "again";
    }
    if (answer.error.field === "rate") await new Promise((resolve) => { setTimeout(resolve, TOO_MUCH_MS); });
    if (answer.error.field === "rate") return "again";
    if (answer.error.field === "state") return "kept"; // more than a link holds: the class stays at what it has
    room.refused(answer.error.field);
    this.settle();
    return "over";
  }

  /** @param {"learners"|"teacher"} whose */
  async copy(whose) {
    const { code } = this.room;
    const text = whose === "learners" ? learnersLink(location.origin, code) : teachersLink(location.origin, code, this.key);
    this.shareSaid = this.said = "";
    this.version += 1;
    await this.updateComplete; // said anew, it is heard anew
    try {
      await navigator.clipboard.writeText(text);
      this.shareSaid = this.said = whose === "learners" ? "The learners’ link is copied." : "The teacher’s link is copied.";
    } catch {
      this.shareSaid = this.said = `The browser does not let this page copy. The link is ${text}`;
    }
    this.version += 1;
  }

  /** @param {string} selector @returns {any} */
  piece(selector) {
    return this.querySelector(selector);
  }

  openAsk() {
    const { session } = this.parts?.figure ?? {};
    if (session?.head.playing) session.move((head) => head.pause());
    this.version += 1;
    void this.updateComplete.then(() => this.piece("bp-class-ask")?.open());
  }

  /** The figure is shown as it is, and then it is asked: so everybody knows which pass is meant. @param {{kind: import("../class-question.js").Kind, about: string}} wanted */
  async ask({ kind, about }) {
    const { parts, room, key } = this;
    if (!parts?.figure) return;
    this.figure = "passes";
    holdBefore(parts.figure, about);
    await this.showing.again();
    const answer = await parts.connection.request("class_ask", { code: room.code, key, kind, about, choices: choicesOf(kind).length }).catch(() => null);
    if (answer?.ok) this.asked(answer.question);
    this.refusedOr(answer, spokenQuestion(kind, about));
    void bringBelow(this, parts.figure);
  }

  async reveal() {
    const { parts, room, key } = this;
    const answer = await parts?.connection.request("class_reveal", { code: room.code, key }).catch(() => null);
    if (answer?.ok && room.question) this.revealed({ question: room.question.id, counts: answer.counts });
    this.refusedOr(answer ?? null, "");
  }

  async end() {
    const { parts, room, key } = this;
    this.ending = false;
    const answer = await parts?.connection.request("class_end", { code: room.code, key }).catch(() => null);
    if (answer?.ok) this.ended();
    this.refusedOr(answer ?? null, this.said);
    await this.updateComplete;
    this.piece("a, button")?.focus();
  }

  /** @param {{ok: boolean, error?: {field: string, message: string}}|null} answer @param {string} said */
  refusedOr(answer, said) {
    if (!answer) this.said = "The server is out of reach: that was not done.";
    else if (!answer.ok && answer.error) {
      this.said = answer.error.message;
      if (answer.error.field !== "rate") this.room.refused(answer.error.field);
    } else this.said = said;
    this.settle();
  }

  /** Read from the tape what was asked for. */
  async tellChange() {
    const { parts, room: { question, basis } } = this;
    if (!parts?.figure || !question || !basis) return;
    this.change = await changeIn(basis.state, question.about, parts.figure, parts.catalog);
    if (this.change !== null) this.said = spokenResult(question.kind, this.room.counts, rightChoice(question.kind, this.change));
    this.version += 1;
  }

  /** Show the whole class where the change comes from. */
  async askWhere() {
    const { parts, room: { question, basis } } = this;
    if (!parts?.figure || !question || !basis) return;
    this.choose("passes");
    await parts.addresses.follow("passes", basis.state);
    parts.figure.ask(question.about);
  }

  /** @param {boolean} ending */
  confirm(ending) {
    this.ending = ending;
    this.version += 1;
    void this.updateComplete.then(() => this.piece(ending ? "[data-end]" : "[data-ending]")?.focus());
  }

  running() {
    const { room, parts } = this;
    const { session } = parts?.figure ?? {};
    const weights = session ? weightsAhead(session.tape, session.position) : [];
    const last = room.question && edgeOf(room.question.about);
    const held = session?.run.spec.hold === true;
    const away = this.connectionStatus !== "connected";
    const none = held ? "The update is held back, so no weight changes in this pass." : "Every change of this pass is known already. Go back a step, or on to the next sample.";
    return html`<div class="class-row">
        <p class="class-who"><span class="class-word">Class</span> ${codeText(room.code)}<span class="class-here" role="status">${away ? "out of reach, trying again" : html`<span class="n">${room.here}</span> here`}</span></p>
        ${this.ending ? html`<div class="class-buttons" role="group" aria-label="End the class?" @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "Escape") this.confirm(false); }}>
            <span class="class-sure">End it for everybody?</span>
            <button type="button" class="btn" @click=${() => this.confirm(false)}>Go on</button>
            <button type="button" class="go" data-end @click=${() => void this.end()}>End class</button></div>`
    : html`<div class="class-buttons">
            <button type="button" class="btn" title="The link that learners open" @click=${() => void this.copy("learners")}><span>Copy <span class="wide-only">the learners’ </span>link</span></button>
            <button type="button" class="btn" @click=${() => this.piece("bp-class-share")?.open()}><span>QR<span class="wide-only"> code</span></span></button>
            <button type="button" class="btn" data-ending @click=${() => this.confirm(true)}><span>End<span class="wide-only"> class</span></span></button>
            <button type="button" class="go" @click=${() => this.openAsk()}>Ask</button></div>`}
      </div>
      ${this.asking((question) => this.panel(question))}
      <bp-class-share .code=${room.code} .host=${location.host} .ends=${room.ends} .said=${this.shareSaid} @copy=${(/** @type {CustomEvent} */ e) => void this.copy(e.detail)}></bp-class-share>
      <bp-class-ask .weights=${weights} .last=${last} .none=${none} @ask=${(/** @type {CustomEvent} */ e) => void this.ask(e.detail)}></bp-class-ask>`;
  }

  /** @param {import("../class-room.js").Question} question @returns {import("./class-bar.js").Panel} */
  panel(question) {
    const { room: { counts, here }, change } = this;
    const { kind, about, revealed } = question;
    const answered = counts.reduce((sum, n) => sum + n, 0);
    const result = change === null ? nothing : changeText(about, change, () => void this.askWhere());
    return { own: null, counts: countsOf(question, counts), right: revealed && change !== null ? rightChoice(kind, change) : null,
      beside: html`<p class="class-note"><span class="n">${answered}</span> of ${counted(here, "learner", "learners")} answered</p><button type="button" class="go" @click=${() => void this.reveal()}>Reveal</button>`,
      below: revealed ? result : html`<p class="class-note">Everybody’s figure stops before the answer.</p>` };
  }

  finished() {
    const { code, standing } = this.room;
    if (standing === "denied") {
      return this.closed("This is a teacher’s page, and it has not the key to its class. Open it by the link that was copied as the teacher’s.",
        html`<a class="btn" href="/class/${code}">Join as a learner</a>`);
    }
    const words = standing === "over" ? "The class has ended. The page stays as it is, and is yours." : "There is no such class any more. The page is yours.";
    return this.closed(words, html`<a class="btn" href="/${location.search}">Leave the class</a>`);
  }
}

customElements.define("bp-class-teacher", ClassTeacher);

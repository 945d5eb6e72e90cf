// @ts-check
// What a page knows of its class, from what the server tells it; what is late is dropped. No DOM.

/** @typedef {import("./link-states.js").FigureName} FigureName */
/** @typedef {{figure: FigureName, state: string, number: number}} Shown */
/** @typedef {{id: number, kind: import("./class-question.js").Kind, about: string, choices: number, revealed: boolean, counts?: number[]}} Question */
/** How it stands with the class: `over` has been one, `unknown` was none, `denied` has another key. @typedef {"joining"|"open"|"over"|"unknown"|"denied"} Standing */

export class ClassRoom {
  /** @param {string} code */
  constructor(code) {
    this.code = code;
    /** @type {Standing} */ this.standing = "joining";
    /** How many learners are there. */ this.here = 0;
    /** When it ends by itself, in seconds since 1970; 0 before that is known. */ this.ends = 0;
    /** @type {Shown|null} */ this.shown = null;
    /** What figure `passes` showed last: what a question is about. @type {Shown|null} */ this.pass = null;
    /** @type {Question|null} */ this.question = null;
    /** The pass that the question is about. @type {Shown|null} */ this.basis = null;
    /** @type {number[]} */ this.counts = [];
  }

  /** A question that takes answers. */
  get asked() {
    return this.question !== null && !this.question.revealed ? this.question : null;
  }

  /** What is said to whoever comes in. @param {{ends: number, shown: Shown|null, question: Question|null, here: number, counts?: number[]}} told */
  entered({ ends, shown, question, here, counts }) {
    this.standing = "open";
    this.ends = ends;
    this.here = here;
    if (shown) this.show(shown);
    if (question) this.ask(question, counts);
    else this.question = null;
  }

  /** Whether this is newer than what is there. @param {Shown} shown */
  show(shown) {
    if (this.shown && shown.number <= this.shown.number) return false;
    this.shown = shown;
    if (shown.figure === "passes") this.pass = shown;
    return true;
  }

  /** Whether this is another question than the one that is there. @param {Question} question @param {number[]} [counts] */
  ask(question, counts) {
    if (this.question && question.id < this.question.id) return false;
    const another = question.id !== this.question?.id;
    if (another) this.basis = this.pass;
    if (another || counts || question.counts) this.counts = counts ?? question.counts ?? [];
    if (another || question.revealed) this.question = question;
    return another;
  }

  /** @param {{question: number|null, counts: number[], here: number}} told */
  count({ question, counts, here }) {
    this.here = here;
    if (this.question && question === this.question.id) this.counts = counts;
  }

  /** Whether this reveals what was not. @param {{question: number, counts: number[]}} told */
  reveal({ question, counts }) {
    const { asked } = this;
    if (asked?.id !== question) return false;
    this.question = { ...asked, revealed: true };
    this.counts = counts;
    return true;
  }

  /** The server's no to coming in. @param {string} field */
  refused(field) {
    if (field === "code") this.standing = this.standing === "open" || this.standing === "over" ? "over" : "unknown";
    else if (field === "key") this.standing = "denied";
    if (this.standing !== "open") this.question = null;
  }

  /** The class has ended. */
  end() {
    this.standing = "over";
    this.question = null;
  }
}

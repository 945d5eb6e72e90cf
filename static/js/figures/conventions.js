// @ts-check
// The conventions that numbers are written with, one store for the page. Figures report what they are written with;
// a switch chooses, and every figure that can follows.

/** @typedef {import("../convention-evidence.js").ConventionName} ConventionName */
/** @typedef {import("../convention-evidence.js").Evidence} Evidence */
/** @typedef {{[name in ConventionName]?: string|null}} Reported what a figure is written with; null: the convention says nothing of it */

/** In the page's order. */
const FIGURES = ["passes", "race", "batch", "xor"];
/** @type {Readonly<Record<ConventionName, string>>} */
export const FIRST = Object.freeze({ sign: "gradient", half: "half", reduction: "mean" });
/** What the learner has to know of a loss: with ½, without, or neither. @type {Readonly<Record<string, string>>} */
const HALF_OF = Object.freeze({ half_squared_error: "half", squared_error: "whole" });
/** @type {Readonly<Record<string, import("../types.js").LossName>>} */
export const LOSS_OF = Object.freeze({ half: "half_squared_error", whole: "squared_error" });

/** @param {string} loss @returns {string|null} */
export const halfOf = (loss) => HALF_OF[loss] ?? null;
/** The loss that says the same with or without the one half. @param {string} half */
export const lossOf = (half) => LOSS_OF[half];

/**
 * Raises `choose` with {name, value} when the learner uses a switch, and `change` when something that is reported changes.
 */
export class Conventions extends EventTarget {
  constructor() {
    super();
    /** What each figure is written with. @type {Map<string, Reported>} */ this.reports = new Map();
    /** What was chosen and is on its way. @type {Map<ConventionName, string>} */ this.wanted = new Map();
    /** The figures are being told: some report before others do. */ this.choosing = false;
    /** What was chosen before all that follow have begun. @type {Map<ConventionName, string>} */ this.held = new Map();
    /** The figures that wait for their numbers. @type {Set<string>} */ this.waiting = new Set();
    /** The switches that were used. @type {Set<ConventionName>} */ this.used = new Set();
    /** @type {Map<string, Evidence>} */ this.evidence = new Map();
  }

  /** @param {ConventionName} name @returns {string[]} the different values that figures have now */
  values(name) {
    const found = FIGURES.map((who) => this.reports.get(who)?.[name]).filter((value) => typeof value === "string");
    return [...new Set(found)];
  }

  /** What is in force; where figures differ, what the first of them has; "" where it says nothing of any. @param {ConventionName} name */
  value(name) {
    return this.open(name) ? this.values(name)[0] ?? FIRST[name] : "";
  }

  /** The value that a switch shows: what was chosen, else what is in force; null where figures differ. @param {ConventionName} name */
  shown(name) {
    return this.held.get(name) ?? this.wanted.get(name) ?? (this.values(name).length > 1 ? null : this.value(name));
  }

  /** A switch was used, and not all that follow it have. */
  get underWay() {
    return this.held.size > 0 || this.wanted.size > 0;
  }

  /** Whether any figure has a use for it. @param {ConventionName} name */
  open(name) {
    const told = FIGURES.some((who) => this.reports.get(who)?.[name] !== undefined);
    return !told || this.values(name).length > 0;
  }

  /** @param {string} who @param {Reported} report @param {boolean} [waits] it is about to have another */
  report(who, report, waits = false) {
    const known = JSON.stringify(this.reports.get(who)) === JSON.stringify(report) && this.waiting.has(who) === waits;
    if (known) return;
    this.reports.set(who, report);
    if (waits) this.waiting.add(who);
    else this.waiting.delete(who);
    if (this.waiting.size === 0 && !this.choosing) this.wanted.clear();
    this.tell();
  }

  /** The learner uses a switch, and not all that follow have begun: only the newest choice counts. @param {ConventionName} name @param {string} value @param {Promise<unknown>} begun */
  async chooseWhen(name, value, begun) {
    this.held.set(name, value);
    this.tell();
    await begun;
    if (this.held.get(name) !== value) return;
    this.held.delete(name);
    this.choose(name, value);
  }

  /** The learner uses a switch. @param {ConventionName} name @param {string} value */
  choose(name, value) {
    this.used.add(name);
    for (const key of this.evidence.keys()) if (key.startsWith(`${name} `)) this.evidence.delete(key);
    this.wanted.set(name, value);
    this.choosing = true;
    this.dispatchEvent(new CustomEvent("choose", { detail: { name, value } }));
    this.choosing = false;
    if (this.waiting.size === 0) this.wanted.clear();
    this.tell();
  }

  /** What a figure's numbers say of a switch. @param {ConventionName} name @param {string} who @param {Evidence} evidence */
  prove(name, who, evidence) {
    if (!this.used.has(name)) return;
    this.evidence.set(`${name} ${who}`, evidence);
    this.tell();
  }

  /** Whether a figure's numbers said something of a switch. @param {ConventionName} name @param {string} who */
  proved(name, who) {
    return this.evidence.has(`${name} ${who}`);
  }

  /** What a figure's numbers said is not of what it shows any more. @param {string} who */
  forget(who) {
    const keys = [...this.evidence.keys()].filter((key) => key.endsWith(` ${who}`));
    for (const key of keys) this.evidence.delete(key);
    if (keys.length) this.tell();
  }

  /** All that was proved of a switch, together. @param {ConventionName} name @returns {Evidence|null} */
  proof(name) {
    const found = FIGURES.flatMap((who) => this.evidence.get(`${name} ${who}`) ?? []);
    if (found.length === 0) return null;
    return { changed: found.flatMap(({ changed }) => changed), same: found.flatMap(({ same }) => same), note: notesOf(found) };
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  /** @param {(choice: {name: ConventionName, value: string}) => void} react */
  onChoose(react) {
    this.addEventListener("choose", (event) => react(/** @type {CustomEvent} */ (event).detail));
  }
}

/** The notes, each once; where runs differ, each says which it is of. @param {Evidence[]} found */
function notesOf(found) {
  const differ = new Set(found.filter(({ where }) => where).map(({ note }) => note)).size > 1;
  const notes = found.map(({ note, where }) => (note && where && differ ? `${where[0].toUpperCase()}${where.slice(1)}: ${note}` : note));
  return [...new Set(notes.filter(Boolean))].join(" ");
}

/** The page's own. */
export const conventions = new Conventions();

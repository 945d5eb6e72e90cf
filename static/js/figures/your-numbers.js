// @ts-check
// A button in a sentence sets a figure up, and may put other numbers in the place of the learner's: those are kept, and a way back is offered.
import { canonical } from "../link.js";
import { written } from "../link-write.js";
import "../views/your-numbers.js";
import { FIRST, conventions } from "./conventions.js";
import { isAwake } from "./waking.js";
import { writtenIn } from "./written-in.js";

/** @typedef {import("../link-states.js").Catalog} Catalog */
/** @typedef {import("../link-states.js").FigureName} FigureName */
/** @typedef {import("../views/light-element.js").LightElement} LightElement */
/** @typedef {{name: FigureName, element: LightElement, link: import("./link-engine.js").Linked<any>}} Figure */

/** What of a state is the learner's own: not where the play head stands, nor how far the ball has come, nor which pass it follows. @type {Readonly<Partial<Record<FigureName, string[]>>>} */
const OWN = Object.freeze({ passes: ["runs", "start"], hill: ["landscape", "weight", "rate", "start"], race: ["preset", "spec", "epochs"], xor: ["preset", "spec", "epochs"], depth: ["depth"] });
/** What is lost with them. */
const ALSO = Object.freeze(["length", "pass"]);
const NONE = "{}"; // as the figure begins
const NAMES = /** @type {const} */ (["sign", "half", "reduction"]);

export class YourNumbersKept {
  /**
   * @param {Figure} figure @param {Catalog} catalog @param {import("../views/your-numbers.js").YourNumbers} view
   * @param {() => void} note write the address as it is now: the browser's Back leads here too
   */
  constructor({ name, element, link }, catalog, view, note) {
    this.name = name;
    this.element = element;
    this.link = link;
    this.catalog = catalog;
    this.view = view;
    this.note = note;
    /** The learner's, while others stand in their place or are about to. @type {any} */ this.kept = null;
    /** What the text set up last, once it is there. */ this.set = NONE;
    /** The text sets something up, and it is not there yet. */ this.setting = false;
    view.addEventListener("take-back", () => void this.takeBack());
    view.addEventListener("keep", () => this.keep());
    element.addController({ hostUpdated: () => this.look() });
  }

  /** Numbers of a state that are not as the figure begins, as text. @param {any} state @param {readonly string[]} [also] */
  own(state, also = []) {
    const fields = Object.entries(written(this.name, writtenIn(state, FIRST), this.catalog)).filter(([field]) => OWN[this.name]?.includes(field) || also.includes(field));
    return canonical(Object.fromEntries(fields));
  }

  /** Let the text set the figure up. @template T @param {() => T} act @returns {T} */
  replacing(act) {
    if (!OWN[this.name] || !isAwake(this.element)) return act();
    this.note();
    const state = this.link.state();
    const theirs = this.own(state) !== this.set && this.own(state, ALSO) !== NONE;
    if (theirs && !this.setting) this.kept = state;
    this.setting = true;
    const result = act();
    this.look();
    return result;
  }

  /** See whether other numbers stand there. */
  look() {
    if (!this.setting && this.kept === null) return;
    const changing = this.link.changing();
    const state = this.link.state();
    if (this.setting && !changing) {
      this.set = this.own(state);
      this.setting = false;
    }
    const same = this.kept !== null && this.own(state, ALSO) === this.own(this.kept, ALSO);
    if (same && !changing && !this.setting) this.kept = null; // nothing came of it, or they are back
    this.view.offered = this.kept !== null && !(same && !changing);
  }

  async takeBack() {
    const { kept, element } = this;
    this.keep();
    this.set = NONE;
    element.tabIndex = -1;
    element.focus({ preventScroll: true }); // the button has gone
    const [sign, half, reduction] = NAMES.map((name) => conventions.shown(name)); // a switch is no number of theirs
    if (kept) await this.link.restore(writtenIn(kept, { sign, half, reduction }));
  }

  keep() {
    this.kept = null;
    this.setting = false;
    this.view.offered = false;
  }
}

/** @type {WeakMap<Element, YourNumbersKept>} */
const keepers = new WeakMap();

/** Keep the learner's numbers of a figure from now on. @param {Figure} figure @param {Catalog} catalog @param {() => void} note @param {string} what the figure's name in words */
export function keepNumbers(figure, catalog, note, what) {
  const view = /** @type {import("../views/your-numbers.js").YourNumbers} */ (document.createElement("bp-your-numbers"));
  view.what = what;
  keepers.set(figure.element, new YourNumbersKept(figure, catalog, view, note));
  return view;
}

/** Do what a button in a sentence does to a figure; what it puts away can be had back. @template T @param {Element} figure @param {() => T} act @returns {T} */
export function replacing(figure, act) {
  const keeper = keepers.get(figure);
  return keeper ? keeper.replacing(act) : act();
}

/** When the way back is drawn, if there is one: it takes its room above the figure. @param {Element} figure */
export const offerDrawn = async (figure) => keepers.get(figure)?.view.updateComplete;

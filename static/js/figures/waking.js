// @ts-check
// A figure begins when it comes near, when somebody asks for it, or when the page goes to paper: until then it asks the engine for nothing.
import { standStill } from "./stand-still.js";

/** @typedef {import("../views/light-element.js").LightElement} LightElement */

const AHEAD = "900px 0px";

class Sleeper {
  /** @param {LightElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.awake = false;
    this.asked = false;
    /** @type {(() => void)|null} */ this.begin = null;
    /** @type {Promise<void>} */ this.drawn = new Promise((resolve) => { this.resolve = resolve; });
    this.paper = matchMedia("print");
    this.watch = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) void this.start(); }, { rootMargin: AHEAD });
    this.onPaper = () => void this.start();
    this.onPrint = () => {
      void this.start();
      standStill(figure); // printing waits for no answer
    };
  }

  /** @param {() => void} begin */
  lie(begin) {
    this.begin = begin;
    if (this.asked) return void this.start();
    this.watch.observe(this.figure);
    addEventListener("beforeprint", this.onPrint);
    this.paper.addEventListener("change", this.onPaper);
  }

  async start() {
    const { begin } = this;
    this.asked = true;
    if (!begin) return; // it is not known yet how
    this.begin = null;
    this.watch.disconnect();
    removeEventListener("beforeprint", this.onPrint);
    this.paper.removeEventListener("change", this.onPaper);
    begin();
    await this.figure.updateComplete.catch(reportError); // the page goes on all the same
    this.awake = true;
    this.resolve?.();
  }
}

/** @type {WeakMap<LightElement, Sleeper>} */
const sleepers = new WeakMap();

/** @param {LightElement} figure */
function sleeperOf(figure) {
  const found = sleepers.get(figure) ?? new Sleeper(figure);
  sleepers.set(figure, found);
  return found;
}

/** Say how a figure begins; it does so once, when it is time. @param {LightElement} figure @param {() => void} begin */
export const sleep = (figure, begin) => sleeperOf(figure).lie(begin);

/** Let a figure begin, if it has not; resolves when it has and is drawn. @param {LightElement} figure @returns {Promise<void>} */
export function wake(figure) {
  const sleeper = sleeperOf(figure);
  void sleeper.start();
  return sleeper.drawn;
}

/** When a figure has begun by itself, or was woken. @param {LightElement} figure */
export const wakes = (figure) => sleeperOf(figure).drawn;

/** @param {LightElement} figure */
export const isAwake = (figure) => sleeperOf(figure).awake;

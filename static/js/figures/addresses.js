// @ts-check
/**
 * The address bar follows the learner: it holds what sets each figure apart from how it begins, as text of `link-figures.js`.
 * A move of the play head that has come to rest replaces the address; a changed spec is a new one, so that Back undoes it.
 * A figure that is under way keeps what was last written of it.
 */
import { stateOf, textOf } from "../link-figures.js";
import { themeIn, themeNow } from "../theme.js";
import { conventions } from "./conventions.js";
import { isAwake, wake, wakes } from "./waking.js";

/** @typedef {import("../link-states.js").Catalog} Catalog */
/** @typedef {import("../link-states.js").FigureName} FigureName */
/** @typedef {import("../views/light-element.js").LightElement} LightElement */
/** @typedef {import("./link-engine.js").Linked<any>} Linked */
/** What of a figure the address knows. @typedef {{name: FigureName, element: LightElement, link: Linked, text: string, about: string}} Followed */
/** @typedef {{name: FigureName, element: LightElement, link: Linked}} Figure */

const REST_MS = 300;
const ALONE = "s"; // what the state is called where there is one figure only

export class Addresses {
  /**
   * @param {Figure[]} figures in the order in which they are opened @param {Catalog} catalog
   * @param {boolean} alone the page is one figure's @param {(name: FigureName, faults: string[]) => void} tell
   */
  constructor(figures, catalog, alone, tell) {
    /** @type {Followed[]} */ this.figures = figures.map((figure) => ({ ...figure, text: "", about: "" }));
    this.catalog = catalog;
    this.alone = alone;
    this.tell = tell;
    this.themeNamed = themeIn(location.search) !== null;
    this.opening = false;
    this.openAgain = false;
    /** Told of each figure that an address is about to open. @type {(name: FigureName) => void} */ this.opens = () => {};
    /** Somebody else decides what is shown: Back does not go through what they did. */ this.led = false;
    /** Counts what was opened: what was read of the figures before is not written after. */ this.opened = 0;
    /** One after the other, so that the newest is written last. @type {Promise<void>} */ this.writing = Promise.resolve();
    /** @type {ReturnType<typeof setTimeout>|undefined} */ this.timer = undefined;
  }

  /** Open what the address says, and follow from then on. */
  async begin() {
    this.opening = true;
    for (const each of this.figures) {
      void wakes(each.element).then(() => {
        each.about = each.link.about();
        each.element.addController({ hostUpdated: () => this.note() });
      });
    }
    document.addEventListener("change", (event) => {
      if (!(event.target instanceof HTMLInputElement) || event.target.name !== "theme") return;
      this.themeNamed = true;
      this.note();
    });
    conventions.addEventListener("change", () => this.note());
    addEventListener("popstate", () => void this.open());
    this.opening = false;
    await this.open();
  }

  /** What the figure's part of the address is called. @param {FigureName} name */
  parameter(name) {
    return this.alone ? ALONE : name;
  }

  /** Open the figures whose part of the address is not what is written of them; the newest address counts. */
  async open() {
    this.opened += 1;
    this.openAgain = this.opening;
    if (this.opening) return;
    this.opening = true;
    do {
      this.openAgain = false;
      const asked = new URLSearchParams(location.search);
      const slice = await this.networkOfSlice(asked);
      for (const each of this.figures) {
        const text = asked.get(this.parameter(each.name)) ?? "";
        const borrowed = each.name === "passes" && text === "" ? slice : null;
        if (!borrowed && text === each.text) continue;
        this.opens(each.name);
        await this.openOne(each, text, borrowed);
      }
    } while (this.openAgain);
    this.opening = false;
    this.note();
  }

  /** @param {Followed} each @param {string} text @param {unknown} instead a state that is not the text's */
  async openOne(each, text, instead) {
    each.text = text;
    await wake(each.element);
    const { state, faults } = await stateOf(each.name, text, this.catalog);
    await Promise.all(this.figures.map(({ element }) => element.updateComplete)); // one figure may follow another
    this.tell(each.name, [...faults, ...await each.link.restore(instead ?? state)]);
    each.about = each.link.about();
  }

  /** Whether the address says something of a figure. @param {FigureName} name */
  says(name) {
    return new URLSearchParams(location.search).has(this.parameter(name));
  }

  /** The text of a figure as it is at this moment, under way or not; null while it sleeps. @param {FigureName} name */
  async textOf(name) {
    const each = this.figures.find((one) => one.name === name);
    return each && isAwake(each.element) ? textOf(name, each.link.state(), this.catalog) : null;
  }

  /** Show what somebody else shows. @param {FigureName} name @param {string} text */
  async follow(name, text) {
    const each = this.figures.find((one) => one.name === name);
    if (each) await this.openOne(each, text, null);
  }

  /**
   * A link to another slice of the loss that says nothing of figure `passes` brings that its network: what the slice is of is on the page.
   * @param {URLSearchParams} asked @returns {Promise<import("../link-states.js").PassesState|null>}
   */
  async networkOfSlice(asked) {
    const text = this.alone ? null : asked.get("hill");
    const another = this.figures.some((each) => each.name === "hill" && each.text !== text);
    const network = text && another ? (await stateOf("hill", text, this.catalog)).state.network : null;
    return network && { runs: [{ first: 0, spec: network.spec }], pass: network.pass, at: 0, length: network.pass + 1, start: null };
  }

  /** Something has been drawn: see soon whether there is something to write. */
  note() {
    if (!this.opening) this.timer ??= setTimeout(() => void this.write(), REST_MS);
  }

  /** Write what stands there now, after what was read before. @param {LightElement} [left] a figure that is written of though it is under way */
  write(left) {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.opening || conventions.underWay && !left) return this.writing; // it is noted once that is done: a switch is one entry, whoever follows it
    const { opened } = this;
    const now = this.figures.filter(({ element, link }) => isAwake(element) && (element === left || !link.moving()))
      .map((each) => ({ each, about: each.link.about(), packed: textOf(each.name, each.link.state(), this.catalog) }));
    this.writing = this.writing.then(() => this.put(now, opened)).catch(reportError);
    return this.writing;
  }

  /** @param {{each: Followed, about: string, packed: Promise<string>}[]} now @param {number} opened */
  async put(now, opened) {
    const found = await Promise.all(now.map(async ({ each, about, packed }) => ({ each, about, text: await packed })));
    if (opened !== this.opened) return;
    const another = found.some(({ each, about }) => about !== each.about);
    for (const { each, about, text } of found) Object.assign(each, { about, text });
    const url = this.url(location.pathname, Object.fromEntries(this.figures.map(({ name, text }) => [name, text])), this.themeNamed ? themeNow() : null) + location.hash;
    if (url === location.pathname + location.search + location.hash) return;
    if (another && !this.led && window.top === window) history.pushState(null, "", url); // a frame leaves Back to the page around it
    else history.replaceState(null, "", url);
  }

  /** @param {string} path @param {Record<string, string>} texts by figure @param {string|null} theme */
  url(path, texts, theme) {
    const own = new URLSearchParams();
    for (const { name } of this.figures) if (texts[name]) own.set(this.parameter(name), texts[name]);
    if (theme) own.set("theme", theme);
    const big = this.alone && document.documentElement.classList.contains("projector") ? "big" : "";
    const query = [own.toString(), big, this.others()].filter((part) => part !== "").join("&");
    return query ? `${path}?${query}` : path;
  }

  /** The parameters of the address that are not the page's own. */
  others() {
    const all = new URLSearchParams(location.search);
    for (const own of ["theme", "big", ...this.figures.map(({ name }) => this.parameter(name))]) all.delete(own);
    return all.toString();
  }

  /**
   * Addresses of one figure as it is now: on this page, and alone.
   * @param {FigureName} name @returns {Promise<{link: string, alone: string}>}
   */
  async of(name) {
    const each = this.figures.find((one) => one.name === name);
    await this.write(each?.element); // whoever leaves by this link comes back to what is here now
    const text = each && isAwake(each.element) ? await textOf(name, each.link.state(), this.catalog) : "";
    const query = (/** @type {string} */ parameter) => {
      const own = new URLSearchParams();
      if (text) own.set(parameter, text);
      const theme = themeNow();
      if (theme) own.set("theme", theme);
      return own.size ? `?${own}` : "";
    };
    const alone = `${location.origin}/figure/${name}${query(ALONE)}`;
    return { alone, link: this.alone ? alone : `${location.origin}/${query(name)}#${name}` };
  }
}

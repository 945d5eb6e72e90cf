// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Addresses } from "../../static/js/figures/addresses.js";
import { conventions } from "../../static/js/figures/conventions.js";
import { sleep } from "../../static/js/figures/waking.js";
import { textOf } from "../../static/js/link-figures.js";
import { CATALOG } from "./link-fixture.js";

/** The browser, as far as an address needs it: one page, its history, and one figure that says its depth. */
function aPage() {
  const page = { entries: [""], at: 0, depth: 15, about: () => String(page.depth) };
  const location = { pathname: "/", hash: "", origin: "", get search() { return page.entries[page.at]; } };
  const put = (/** @type {string} */ url) => (url.includes("?") ? url.slice(url.indexOf("?")) : "");
  const history = {
    pushState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ url) => { page.entries = [...page.entries.slice(0, ++page.at), put(url)]; },
    replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ url) => { page.entries[page.at] = put(url); },
  };
  const window = { top: /** @type {unknown} */ (null) };
  window.top = window;
  Object.assign(globalThis, {
    location, history, window, reportError: (/** @type {unknown} */ error) => { throw error; }, addEventListener: () => {}, removeEventListener: () => {},
    document: { addEventListener: () => {}, querySelector: () => null, documentElement: { classList: { contains: () => false } } },
    matchMedia: () => ({ addEventListener: () => {}, removeEventListener: () => {} }), IntersectionObserver: class { observe() {} disconnect() {} },
  });
  const element = /** @type {any} */ ({ addController: () => {}, updateComplete: Promise.resolve(true) });
  const link = { state: () => ({ depth: page.depth }), about: () => page.about(), moving: () => false, changing: () => false,
    restore: async (/** @type {{depth: number}} */ { depth }) => { page.depth = depth; return []; } };
  const addresses = new Addresses([{ name: "depth", element, link }], CATALOG, true, () => {});
  sleep(element, () => {});
  return { page, addresses };
}

/** @param {number} depth */
const queryOf = async (depth) => `?s=${await textOf("depth", { depth }, CATALOG)}`;

test("what was read of a figure before Back was pressed is not written over what Back leads to", async () => {
  const { page, addresses } = aPage();
  await addresses.begin();
  await addresses.openOne(addresses.figures[0], "", null); // awake
  page.depth = 20;
  await addresses.write();
  assert.deepEqual(page.entries, ["", await queryOf(20)]);
  page.depth = 25;
  const writing = addresses.write(); // the text is being packed
  page.at = 0;
  await addresses.open();
  await writing;
  await addresses.write();
  assert.equal(page.depth, 15);
  assert.deepEqual(page.entries, ["", await queryOf(20)]);
});

test("of two that are written at once the newest is written last", async () => {
  const { page, addresses } = aPage();
  await addresses.begin();
  await addresses.openOne(addresses.figures[0], "", null);
  page.about = () => "";
  addresses.figures[0].about = "";
  const order = /** @type {string[]} */ ([]);
  const put = addresses.put.bind(addresses);
  addresses.put = async (now, opened) => {
    if (order.length === 0) await new Promise((resolve) => { setTimeout(resolve, 20); });
    await put(now, opened);
    order.push(await now[0].packed);
  };
  page.depth = 20;
  const first = addresses.write();
  await Promise.resolve();
  page.depth = 25;
  await Promise.all([first, addresses.write()]);
  assert.deepEqual(order, await Promise.all([20, 25].map((depth) => textOf("depth", { depth }, CATALOG))));
  assert.deepEqual(page.entries, [await queryOf(25)]);
});

test("a switch of the page is one entry, however late the last figure follows", async () => {
  const { page, addresses } = aPage();
  await addresses.begin();
  await addresses.openOne(addresses.figures[0], "", null);
  conventions.report("race", { reduction: "mean" }, false);
  conventions.onChoose(() => conventions.report("race", { reduction: "mean" }, true));
  conventions.choose("reduction", "sum");
  page.depth = 20;
  await addresses.write();
  assert.deepEqual(page.entries, [""]);
  page.depth = 25;
  conventions.report("race", { reduction: "sum" }, false);
  await addresses.write();
  assert.deepEqual(page.entries, ["", await queryOf(25)]);
});

// @ts-check
// What links need of the page: buttons behind each figure, words before it, keys, and the address bar.
import { FIGURES } from "../link-states.js";
import "../views/copy-link.js";
import "../views/link-faults.js";
import { Addresses } from "./addresses.js";
import { batchLink } from "./link-batch.js";
import { depthLink } from "./link-depth.js";
import { hillLink } from "./link-hill.js";
import { passesLink } from "./link-passes.js";
import { runLink } from "./link-runs.js";
import { twinsLink } from "./link-twins.js";
import { keepNumbers } from "./your-numbers.js";

/** @typedef {import("../link-states.js").FigureName} FigureName */
/** @typedef {import("../views/copy-link.js").CopyLink} CopyLink */
/** @typedef {import("../views/link-faults.js").LinkFaults} LinkFaults */
/** @typedef {import("../views/light-element.js").LightElement} LightElement */

/** @type {Record<FigureName, (figure: any) => import("./link-engine.js").Linked<any>>} */
const LINKS = { passes: passesLink, hill: hillLink, race: runLink, xor: runLink, depth: depthLink, batch: batchLink, twins: twinsLink };
const FRAME_MARGIN_PX = 160; // a heading, and air

/** Wire links to the figures of the page; `opened` is when what the address says is open. @param {import("../link-states.js").Catalog} catalog @returns {{addresses: Addresses, opened: Promise<void>}} */
export function wireLinks(catalog) {
  const alone = document.body.dataset.alone !== undefined;
  const figures = FIGURES.flatMap((name) => {
    const element = /** @type {LightElement|null} */ (document.querySelector(`bp-${name}`));
    return element ? [{ name, element, link: LINKS[name](element) }] : [];
  });
  /** @type {Map<FigureName, LinkFaults>} */ const faults = new Map();
  const addresses = new Addresses(figures, catalog, alone, (name, words) => {
    const view = faults.get(name);
    if (view) view.faults = words;
  });
  for (const figure of figures) {
    const { name, element } = figure;
    const words = /** @type {LinkFaults} */ (document.createElement("bp-link-faults"));
    element.before(keepNumbers(figure, catalog, () => void addresses.write(element), titleOf(name, element)), words);
    faults.set(name, words);
    element.after(buttons(name, element, addresses));
    element.addEventListener("keydown", (event) => {
      if (isProjectorKey(event)) void project(name, addresses);
    });
  }
  document.querySelector("[data-projector]")?.addEventListener("click", () => void toggleProjector(addresses));
  return { addresses, opened: addresses.begin() };
}

/** @param {FigureName} name @param {LightElement} element @param {Addresses} addresses */
function buttons(name, element, addresses) {
  const view = /** @type {CopyLink} */ (document.createElement("bp-copy-link"));
  const title = titleOf(name, element);
  view.urls = () => addresses.of(name);
  view.page = `/figure/${name}`;
  view.alone = addresses.alone;
  view.what = title;
  view.embed = (alone) => `<iframe src="${escaped(alone)}" title="${escaped(title)}" width="100%" height="${
    Math.ceil(element.getBoundingClientRect().height) + FRAME_MARGIN_PX}" loading="lazy" allow="clipboard-write"></iframe>`;
  return view;
}

/** @param {FigureName} name @param {LightElement} element */
const titleOf = (name, element) => element.closest("section")?.querySelector("h1, h2, h3")?.textContent?.trim().replace(/\s+/g, " ") ?? name;

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** P, but not as a letter that is typed. @param {KeyboardEvent} event */
function isProjectorKey({ key, target, ctrlKey, metaKey, altKey }) {
  return key.toLowerCase() === "p" && !ctrlKey && !metaKey && !altKey && target instanceof Element && !target.closest("input:not([type=range], [type=radio]), select, textarea, dialog[open]");
}

/** From the lesson to the figure alone in large type; there, large type on and off. @param {FigureName} name @param {Addresses} addresses */
async function project(name, addresses) {
  if (addresses.alone) return toggleProjector(addresses);
  const { alone } = await addresses.of(name);
  location.assign(`${alone}${alone.includes("?") ? "&" : "?"}big`);
}

/** @param {Addresses} addresses */
function toggleProjector(addresses) {
  const big = document.documentElement.classList.toggle("projector");
  document.querySelector("[data-projector]")?.setAttribute("aria-pressed", String(big));
  addresses.note();
}

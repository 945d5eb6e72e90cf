// @ts-check
// A class together, on whichever page this is: a button to start one, the teacher's bar, or the learner's.
import { learnerFrom } from "../class-code.js";
import "../views/class-door.js";
import "./class-learner.js";
import { measure } from "./class-sight.js";
import "./class-teacher.js";

/** @typedef {import("./class-learner.js").ClassLearner} ClassLearner */
/** @typedef {import("./class-teacher.js").ClassTeacher} ClassTeacher */
/** @typedef {import("../views/class-door.js").ClassDoor} ClassDoor */
/**
 * What a class needs of the page; `opened` is when the figures of the address are open.
 * @typedef {{connection: import("../connection.js").Line, catalog: import("../link-states.js").Catalog, addresses: import("./addresses.js").Addresses,
 *   opened: Promise<void>, figure: import("./passes.js").PassesFigure|null}} ClassParts
 */

const LEARNER = "backprop-learner"; // in this tab only
const NAME_BYTES = 16;

/** Wire the page; what it returns is told how the connection is. @param {ClassParts} parts @returns {{status: string}|null} */
export function wireClass(parts) {
  const { class: joined, teach } = document.body.dataset;
  if (teach) return barOf(/** @type {ClassTeacher} */ (document.createElement("bp-class-teacher")), (bar) => bar.begin(parts, teach));
  if (joined) return barOf(/** @type {ClassLearner} */ (document.createElement("bp-class-learner")), (bar) => bar.begin(parts, joined, learnerName()));
  wireDoor(parts);
  return null;
}

/** @template {ClassTeacher|ClassLearner} T @param {T} bar @param {(bar: T) => void} begin @returns {T} */
function barOf(bar, begin) {
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Class");
  document.querySelector("header.bar")?.after(bar);
  new ResizeObserver(() => measure(bar)).observe(bar);
  begin(bar);
  return bar;
}

/** A name for as long as this tab is open. */
function learnerName() {
  const drawn = learnerFrom(crypto.getRandomValues(new Uint8Array(NAME_BYTES)));
  try {
    const kept = sessionStorage.getItem(LEARNER) ?? drawn;
    sessionStorage.setItem(LEARNER, kept);
    return kept;
  } catch {
    return drawn; // storage is switched off: after a reload it is somebody else
  }
}

/** @param {ClassParts} parts */
function wireDoor({ connection }) {
  const foot = document.querySelector("footer.foot");
  if (!foot) return; // a figure alone
  const door = /** @type {ClassDoor} */ (document.createElement("bp-class-door"));
  foot.append(door);
  const button = /** @type {HTMLButtonElement|null} */ (document.querySelector("[data-class-start]"));
  const start = async () => {
    if (door.starting) return;
    door.starting = true;
    door.fault = "";
    const answer = await connection.request("class_start", {}).catch(() => null);
    if (answer?.ok) return location.assign(`/teach/${answer.code}${location.search}#key=${answer.key}`);
    door.starting = false;
    door.fault = answer ? answer.error.message : "The server is out of reach. Try again in a moment.";
    door.scrollIntoView({ block: "center" });
  };
  door.addEventListener("start-class", () => void start());
  button?.addEventListener("click", () => void start());
}

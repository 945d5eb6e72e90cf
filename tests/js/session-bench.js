// @ts-check
/** Figure `passes` without a page: a connection that answers from tapes of our own, written in the sign that is asked for. */
import { passesLink } from "../../static/js/figures/link-passes.js";
import { PassesSession } from "../../static/js/figures/session.js";
import { signOf, turns } from "../../static/js/signs.js";
import { answerFor } from "./fixture.js";
import { CATALOG, TEXTBOOK } from "./link-fixture.js";

/** @typedef {import("../../static/js/types.js").Spec} Spec */

/** @type {Spec} */
export const SPEC = { ...TEXTBOOK, sign: "gradient" };
export const settle = () => new Promise((resolve) => { setImmediate(resolve); });

/** The same pass written with the error term. @param {ReturnType<typeof answerFor>} answer */
export const turned = ({ givens, entries }) => ({ givens, entries: entries.map((entry) => (turns(entry.id) ? { ...entry, value: 0 - entry.value } : entry)) });

/** @param {Spec} spec @param {number} pass */
function bodyOf(spec, pass) {
  const answer = answerFor({ biases: false });
  return { pass, sample: 0, network: { weights: spec.initial.kind === "given" ? spec.initial.weights : [], biases: null },
    ...(signOf(spec) === "gradient" ? answer : turned(answer)), check: { parameters: [], worst: "", worst_relative_difference: 0, tolerance: 1, passed: true }, moved_first: [] };
}

export class FakePasses {
  constructor() {
    /** @type {{event: string, payload: any}[]} */ this.asked = [];
    this.away = false;
    /** What the engine says no to. @type {(payload: any) => boolean} */ this.refuses = () => false;
    this.hold = false;
    /** @type {(() => void)[]} */ this.held = [];
  }

  release() {
    this.hold = false;
    for (const go of this.held.splice(0)) go();
  }

  /** @param {string} event @param {any} payload */
  async request(event, payload) {
    this.asked.push({ event, payload });
    if (this.hold) await new Promise((resolve) => { this.held.push(() => resolve(undefined)); });
    await settle();
    if (this.away) throw new Error("away");
    const { spec } = payload;
    if (event === "pass" && this.refuses(payload)) return { ok: false, error: { field: "sign", got: "", takes: "", message: "No." } };
    if (event === "passes") return { ok: true, spec, passes: [], history: [] };
    return { ok: true, spec, ...bodyOf(spec, payload.pass), history: Array.from({ length: payload.pass + 1 }, (_, k) => 1 / (k + 1)) };
  }
}

export async function begun() {
  const connection = new FakePasses();
  const first = { ok: /** @type {const} */ (true), spec: SPEC, ...bodyOf(SPEC, 0), history: [1] };
  const session = new PassesSession(/** @type {any} */ (connection), /** @type {any} */ ({ catalog: CATALOG, first }), () => {}, () => {});
  return { connection, session };
}

/** A session that a link was opened in. @param {FakePasses} connection @param {import("../../static/js/link-states.js").PassesState} state */
export async function restoredSession(connection, state) {
  const first = { ok: /** @type {const} */ (true), spec: SPEC, ...bodyOf(SPEC, 0), history: [1] };
  const session = new PassesSession(/** @type {any} */ (connection), /** @type {any} */ ({ catalog: CATALOG, first }), () => {}, () => {});
  await passesLink(/** @type {any} */ ({ session })).restore(state);
  return session;
}

// @ts-check
/** A run session to test with: a connection that is answered by hand, a screen and a clock that are moved by hand. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock } from "node:test";
import { RunSession } from "../../static/js/figures/run-session.js";
import { KINDS, answerTo, specOf } from "./run-fixture.js";

/** @typedef {import("../../static/js/types.js").RunSpec} RunSpec */
/** @typedef {{spec: RunSpec, epoch: number, stop: number, every?: number | null, grid?: number}} Wanted */
/** @typedef {{wanted: Wanted, answer: (value: any) => void, lose: () => void}} Asked */

const FRAME_MS = 1000 / 60;
export const SPEC = specOf([0.01, 0.5]);
export const FASTER = specOf([0.02, 0.9]);

let now = 0;
/** @type {((now: number) => void)[]} */ let drawn = [];
export const settle = () => new Promise((resolve) => { setImmediate(resolve); });

/** For every test file that plays: at its top. */
export function standStill() {
  beforeEach(() => {
    now = 0;
    drawn = [];
    mock.timers.enable({ apis: ["setTimeout"] });
    mock.method(performance, "now", () => now);
    Object.assign(globalThis, { requestAnimationFrame: (/** @type {(now: number) => void} */ draw) => drawn.push(draw) });
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
    Reflect.deleteProperty(globalThis, "requestAnimationFrame");
  });
}

/** How many frames are asked for. */
export const framesWanted = () => drawn.length;

/** Let a frame of the screen pass. */
export async function frame(ms = FRAME_MS) {
  now += ms;
  mock.timers.tick(ms);
  const due = drawn;
  drawn = [];
  for (const draw of due) draw(now);
  await settle();
}

/** A connection that is answered by hand. */
export class FakeConnection {
  /** @type {import("../../static/js/types.js").ConnectionStatus} */ status = "connected";
  /** @type {Asked[]} */ open = [];
  /** Every question that was ever asked. @type {Wanted[]} */ asked = [];
  /** The most that were open at once. */ most = 0;

  /** @param {string} event @param {any} wanted @returns {any} */
  request(event, wanted) {
    assert.equal(event, "run");
    this.asked.push(wanted);
    return new Promise((resolve, reject) => {
      this.open.push({ wanted, answer: resolve, lose: () => reject(new Error("lost")) });
      this.most = Math.max(this.most, this.open.length);
    });
  }

  close() {}

  /** Answer the oldest, or the given one. @param {Parameters<typeof answerTo>[1]} [engine] @param {number} [which] */
  async answer(engine = {}, which = 0) {
    const [asked] = this.open.splice(which, 1);
    asked.answer(answerTo(asked.wanted, { lanes: asked.wanted.spec.lanes.length, tag: tagOf(asked.wanted.spec), ...engine }));
    await settle();
  }

  async refuse(message = "No.", field = "lanes.learning_rate") {
    const asked = this.open.shift();
    asked?.answer({ ok: false, error: { field, got: "", takes: "", message } });
    await settle();
  }

  async lose() {
    for (const { lose } of this.open.splice(0)) lose();
    await settle();
  }

  /** Answer until nothing is asked any more. @param {Parameters<typeof answerTo>[1]} [engine] */
  async answerAll(engine) {
    for (let times = 0; this.open.length; times += 1) {
      assert.ok(times < 200, "it asks without end");
      await this.answer(engine);
    }
  }
}

/** A number that tells runs apart. @param {RunSpec} spec */
const tagOf = (spec) => (spec === SPEC ? 1 : 2);

/** A session whose first frame has come. @param {{epochs?: number, grid?: number}} [how] */
export async function begun({ epochs = 1000, grid = 0 } = {}) {
  const connection = new FakeConnection();
  let changes = 0;
  const session = new RunSession(connection, KINDS, { spec: SPEC, epochs, grid }, () => { changes += 1; });
  await connection.answer();
  return { connection, session, changes: () => changes };
}

/** A question without its spec. @param {Wanted} wanted */
export const bare = ({ epoch, stop, every, grid }) => ({ epoch, stop, every, grid });

/** Every number that the session shows, as the run that it is of. @param {RunSession} session */
export const runsShown = ({ frame: shown, store }) => new Set([
  ...shown?.lanes.map((lane) => lane.parameters[0]) ?? [],
  ...store.curves.map(({ losses }) => Math.floor(losses[0] / 1e6)),
  ...[...store.frames.values()].flatMap(({ lanes }) => lanes.map((lane) => lane.parameters[0])),
]);

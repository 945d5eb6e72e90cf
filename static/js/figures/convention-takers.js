// @ts-check
// How figures follow the page's conventions, report which they are written with, and prove what a switch did.
import { onePassEvidence, passEvidence, runEvidence } from "../convention-evidence.js";
import { canonical } from "../link.js";
import { conventions, halfOf, lossOf } from "./conventions.js";

/** @typedef {import("../convention-evidence.js").ConventionName} ConventionName */
/** @typedef {import("../tape.js").Tape} Tape */
/** @typedef {import("../types.js").LaneFrame} LaneFrame */
/** @typedef {import("../types.js").RunSpec} RunSpec */
/** @typedef {import("../types.js").Spec} Spec */
/** A pass that was shown, and what it is about. @typedef {{tape: Tape, about: string, sign: string, half: string|null}} Told */

/**
 * Let figure `passes` follow; the answer is to be called whenever something shown has changed.
 * @param {import("./passes.js").PassesFigure} figure @returns {() => void}
 */
export function passesFollow(figure) {
  /** @type {Told|null} */
  let last = null;
  conventions.onChoose(({ name, value }) => {
    const { session } = figure;
    if (!session) return;
    if (name === "sign") void session.restate(/** @type {import("../types.js").SignName} */ (value));
    if (name === "reduction") conventions.prove(name, "passes", onePassEvidence(session.tape));
    const { loss } = session.base.spec;
    if (name === "half" && halfOf(loss) !== null && lossOf(value) !== loss) void session.change({ loss: lossOf(value) });
  });
  return () => {
    if (!figure.session) return;
    const { tape, run, restating, wanted } = figure.session;
    const [sign, half] = [tape.sign, halfOf(run.spec.loss)];
    if (last?.tape !== tape) {
      const now = { tape, about: aboutPass(run.spec, tape), sign, half };
      const before = last;
      last = now;
      if (before) prove(before, now);
    }
    conventions.report("passes", { sign, half }, restating.waits || wanted !== null);
  };
}

/**
 * What two tapes in a row say of a switch. Of another pass nothing is said: what was proved is not of what is shown.
 * @param {Told} before @param {Told} now
 */
function prove(before, now) {
  const oneRow = conventions.proved("reduction", "passes");
  if (before.about !== now.about) conventions.forget("passes");
  else if (before.sign !== now.sign && before.half === now.half) conventions.prove("sign", "passes", passEvidence("sign", before.tape, now.tape));
  else if (before.sign === now.sign && now.half !== null && before.half !== now.half) conventions.prove("half", "passes", passEvidence("half", before.tape, now.tape, now.half));
  if (oneRow) conventions.prove("reduction", "passes", onePassEvidence(now.tape));
}

/**
 * Let a figure of a run follow; the answer is to be called whenever something shown has changed.
 * @param {{session: import("./run-session.js").RunSession|null}} figure @param {string} who @param {string} where as the evidence calls it
 * @returns {() => void}
 */
export function runFollows(figure, who, where) {
  /** @type {{spec: RunSpec, lane: LaneFrame}|null} */
  let last = null;
  conventions.onChoose(({ name, value }) => {
    const { session } = figure;
    if (!session) return;
    const { wanted } = session;
    if (name === "reduction" && reductionOf(wanted) !== value) void session.propose({ ...wanted, reduction: value });
    if (name === "half" && halfOf(wanted.loss) !== null && lossOf(value) !== wanted.loss) void session.propose({ ...wanted, loss: lossOf(value) });
  });
  return () => {
    const { session } = figure;
    if (!session) return;
    const { spec, waits } = session;
    const [lane] = session.store.frames.get(0)?.lanes ?? [];
    if (lane) {
      const before = last;
      last = { spec, lane };
      if (before && before.spec !== spec) {
        const [reduced, halved] = [reductionOf(before.spec) !== reductionOf(spec), before.spec.loss !== spec.loss];
        if (aboutRun(before.spec) !== aboutRun(spec)) conventions.forget(who);
        else if (reduced && !halved) conventions.prove("reduction", who, runEvidence("reduction", where, before.lane, lane, spec));
        else if (halved && !reduced) conventions.prove("half", who, runEvidence("half", where, before.lane, lane, spec));
      }
    }
    conventions.report(who, { half: halfOf(spec.loss), reduction: reductionOf(spec) }, waits);
  };
}

/** @param {Pick<RunSpec, "reduction">} spec */
const reductionOf = ({ reduction = "mean" }) => reduction;
/** A loss without its one half. @param {import("../types.js").LossName} loss */
const lossBut = (loss) => (halfOf(loss) === null ? loss : lossOf("whole"));

/** All that a run is but its conventions. @param {RunSpec} spec */
const aboutRun = (spec) => canonical({ ...spec, loss: lossBut(spec.loss), reduction: "" });

/** All that a pass is but its conventions: what it starts from, and how the network is made. @param {Spec} spec @param {Tape} tape */
const aboutPass = ({ layers, activations, loss, biases, hold = false }, { givens }) => canonical({
  layers, activations, loss: lossBut(loss), biases, hold, givens: givens.map(({ id, value }) => [id, value]) });

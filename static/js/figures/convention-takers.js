// @ts-check
// How figures follow the page's conventions, report which they are written with, and prove what a switch did.
import { onePassEvidence, passEvidence, runEvidence, samePass } from "../convention-evidence.js";
import { conventions, halfOf, lossOf } from "./conventions.js";

/** @typedef {import("../convention-evidence.js").ConventionName} ConventionName */
/** @typedef {import("../tape.js").Tape} Tape */
/** @typedef {import("../types.js").LaneFrame} LaneFrame */
/** @typedef {import("../types.js").RunSpec} RunSpec */

/**
 * Let figure `passes` follow; the answer is to be called whenever something shown has changed.
 * @param {import("./passes.js").PassesFigure} figure @returns {() => void}
 */
export function passesFollow(figure) {
  /** @type {{tape: Tape, sign: string, half: string|null}|null} */
  let last = null;
  conventions.onChoose(({ name, value }) => {
    const { session } = figure;
    if (!session) return;
    if (name === "sign" && value !== session.sign) void session.restate(/** @type {import("../types.js").SignName} */ (value));
    if (name === "reduction") conventions.prove(name, "passes", onePassEvidence(session.tape));
    const { loss } = session.base.spec;
    if (name === "half" && halfOf(loss) !== null && lossOf(value) !== loss) void session.change({ loss: lossOf(value) });
  });
  return () => {
    if (!figure.session) return;
    const { tape, run } = figure.session;
    const now = { tape, sign: tape.sign, half: halfOf(run.spec.loss) };
    const before = last;
    last = now;
    if (before && before.tape !== tape && samePass(before.tape, tape)) {
      if (before.sign !== now.sign) conventions.prove("sign", "passes", passEvidence("sign", before.tape, tape));
      if (before.half !== null && now.half !== null && before.half !== now.half) conventions.prove("half", "passes", passEvidence("half", before.tape, tape));
    }
    conventions.report("passes", { sign: now.sign, half: now.half }, figure.session.restates || figure.session.wanted !== null);
  };
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
    const [lane] = session?.store.frames.get(0)?.lanes ?? [];
    if (!session || !lane) return;
    const { spec, proposing } = session;
    const before = last;
    last = { spec, lane };
    if (before && before.spec !== spec) {
      if (alike(before.spec, spec, "reduction")) conventions.prove("reduction", who, runEvidence("reduction", where, before.lane, lane));
      if (alike(before.spec, spec, "loss")) conventions.prove("half", who, runEvidence("half", where, before.lane, lane));
    }
    conventions.report(who, { half: halfOf(spec.loss), reduction: reductionOf(spec) }, proposing);
  };
}

/** @param {Pick<RunSpec, "reduction">} spec */
const reductionOf = ({ reduction = "mean" }) => reduction;

/** Whether two specs differ in this field and in no other. @param {RunSpec} one @param {RunSpec} other @param {"reduction"|"loss"} field */
const alike = (one, other, field) => one[field] !== other[field] && JSON.stringify({ ...one, [field]: "" }) === JSON.stringify({ ...other, [field]: "" });

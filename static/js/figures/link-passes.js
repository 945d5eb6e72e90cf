// @ts-check
// What a link holds of figure `passes`, and how it is opened again: every run of the passes so far, asked for anew.
import { canonical } from "../link.js";
import { signOf } from "../signs.js";
import { initialFrom } from "./edits.js";
import { PassRun, Refused } from "./pass-run.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("../link-states.js").PassesState} PassesState */
/** @typedef {import("./passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./session.js").PassesSession} PassesSession */

const NEAR = 3; // numbers that are seen to travel rather than to jump
const MOST_RUNS = 12; // with more, a link holds the present run only, counted from its own first pass

/** @param {PassesFigure} figure @returns {import("./link-engine.js").Linked<PassesState>} */
export const passesLink = (figure) => ({
  state: () => stateOf(sessionOf(figure)),
  about: () => JSON.stringify(sessionOf(figure).timeline.segments.map(({ run, first }) => [first, run.spec])),
  changing: () => sessionOf(figure).wanted !== null,
  moving: () => {
    const { head, wanted, heading, open } = sessionOf(figure);
    return head.playing || head.target !== null || wanted !== null || heading !== null || open > 0;
  },
  restore: (state) => restore(sessionOf(figure), state),
});

/** @param {PassesFigure} figure */
function sessionOf({ session }) {
  if (!session) throw new Error("The figure has not begun.");
  return session;
}

/** @param {PassesSession} session @returns {PassesState} */
function stateOf({ timeline, pass, position, start }) {
  const { segments, length } = timeline;
  if (segments.length > MOST_RUNS) {
    const { run, pass: own } = timeline.at(pass);
    return { runs: [{ first: 0, spec: run.spec }], pass: own, at: position, length: own + 1, start };
  }
  const { initial } = segments[0].run.spec;
  const begun = initial.kind === "given" ? { ...initial, biases: initial.biases ?? null } : null;
  const same = begun !== null && canonical(begun) === canonical({ ...start, biases: start.biases ?? null });
  return { runs: segments.map(({ run, first }) => ({ first, spec: run.spec })), pass, at: position, length, start: same ? null : start };
}

/**
 * Open a state. A pass that the engine refuses leaves its run, from the first pass; a refused run leaves what is there.
 * A sign that is chosen meanwhile holds for what comes.
 * @param {PassesSession} session @param {PassesState} state @param {number} [choices] of a sign, up to now @returns {Promise<string[]>}
 */
async function restore(session, state, choices = session.restating.choices) {
  if (holds(session, state)) return move(session, state);
  const intent = session.act();
  session.head.pause();
  Object.assign(session, { wanted: null, before: undefined });
  const sign = signOf(state.runs[state.runs.length - 1].spec); // one for the page
  const runs = state.runs.map(({ first, spec }) => ({ first, run: runOf(session, { ...spec, sign }) }));
  const answer = await session.ask(() => bodies(runs, state));
  if (intent !== session.intent) return [];
  if (answer === null) {
    session.later = () => void restore(session, state, choices);
    return [];
  }
  if (answer instanceof Refused) {
    const { spec } = state.runs[state.runs.length - 1];
    const simpler = { runs: [{ first: 0, spec }], pass: 0, at: 0, length: 1, start: null };
    const whole = state.runs.length > 1 || state.pass > 0 || state.length > 1;
    return [...new Set([answer.message, ...(whole ? await restore(session, simpler, choices) : [])])];
  }
  const { first, shown } = answer;
  session.timeline = Object.assign(new Timeline(runs[0].run), { segments: runs.map(({ run, first: from }) => ({ run, first: from })), length: state.length });
  session.start = state.start ?? initialFrom(first.network);
  if (choices === session.restating.choices) session.restating.sign = sign;
  session.refusal = null;
  session.show(state.pass, shown, state.at);
  return [];
}

/** A run that is there already keeps what it has fetched. @param {PassesSession} session @param {import("../types.js").Spec} spec */
function runOf({ connection, timeline }, spec) {
  const text = canonical(spec);
  return timeline.segments.find(({ run }) => canonical(run.spec) === text)?.run ?? new PassRun(connection, spec);
}

/** Whether these are the runs that are there, and nothing is about to change them. @param {PassesSession} session @param {PassesState} state */
function holds(session, state) {
  const { segments } = session.timeline;
  if (session.wanted || session.later || session.restates || segments.length !== state.runs.length) return false;
  if (segments.some(({ run, first }, k) => first !== state.runs[k].first || canonical(run.spec) !== canonical(state.runs[k].spec))) return false;
  return state.start === null || canonical(state.start) === canonical(session.start);
}

/** Only the play head is elsewhere: the pass that is there is not asked for again. @param {PassesSession} session @param {PassesState} state @returns {Promise<string[]>} */
async function move(session, { pass, at, length }) {
  const { timeline, head } = session;
  if (pass !== session.pass) await session.goTo(pass, at);
  else {
    session.act();
    session.stale = new Map();
    session.notice = null;
    if (at > head.position && at - head.position <= NEAR) head.runTo(at);
    else if (at !== head.position || head.playing) head.seek(at);
  }
  if (pass === session.pass) timeline.length = Math.max(length, pass + 1);
  else if (!session.refusal && !session.later && session.notice) return [session.notice.text]; // the run does not reach it
  return session.refusal ? [session.refusal.message] : [];
}

/**
 * The very first pass, and the one that is shown; on the way, the losses of all passes.
 * @param {{first: number, run: PassRun}[]} runs @param {PassesState} state
 */
async function bodies(runs, { pass, length }) {
  for (const [k, { first, run }] of runs.entries()) {
    const end = k + 1 < runs.length ? runs[k + 1].first : Math.max(length, first + 1);
    await run.pass(end - 1 - first);
  }
  const { first, run } = runs.findLast((each) => each.first <= pass) ?? runs[0];
  return { first: await runs[0].run.pass(0), shown: await run.pass(pass - first) };
}

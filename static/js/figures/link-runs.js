// @ts-check
// What a link holds of the figures of a run, `race` and `xor`, and how it is opened again.
import { canonical } from "../link.js";

/** @typedef {import("../link-states.js").RunState} RunState */
/** @typedef {import("./race.js").RaceFigure} RaceFigure */
/** @typedef {import("./xor.js").XorFigure} XorFigure */

/** @param {RaceFigure|XorFigure} figure @returns {import("./link-engine.js").Linked<RunState>} */
export const runLink = (figure) => ({
  state: () => {
    const { spec, epochs, epoch, speed } = sessionOf(figure);
    return { preset: "preset" in figure ? figure.preset : "race", spec, epochs, epoch, speed, log: figure.log };
  },
  about: () => JSON.stringify(sessionOf(figure).spec),
  changing: () => sessionOf(figure).waits,
  moving: () => sessionOf(figure).running || sessionOf(figure).proposing,
  restore: (state) => restore(figure, state),
});

/** @param {RaceFigure|XorFigure} figure */
function sessionOf({ session }) {
  if (!session) throw new Error("The figure has not begun.");
  return session;
}

/** @param {RaceFigure|XorFigure} figure @param {RunState} state @returns {Promise<string[]>} */
async function restore(figure, state) {
  const session = sessionOf(figure);
  const { spec, epochs } = session;
  if (session.frame && !session.waits && canonical(spec) === canonical(state.spec)) return move(figure, session, state);
  session.running = false;
  await session.propose(state.spec, state.epochs);
  if (session.unanswered) {
    session.unanswered = () => restore(figure, state).then(() => {});
    return [];
  }
  if (session.refusal) {
    const { message } = session.refusal;
    session.refusal = null;
    if (!session.frame) await session.propose(spec, epochs);
    figure.version += 1;
    return [message];
  }
  if (session.spec !== state.spec) return []; // the learner was quicker
  return move(figure, session, state);
}

/** Only the play head is elsewhere: the run that is there goes on from what it has. @param {RaceFigure|XorFigure} figure @param {import("./run-session.js").RunSession} session @param {RunState} state @returns {string[]} */
function move(figure, session, state) {
  session.refusal = null;
  session.epochs = session.proposedEpochs = state.epochs;
  if ("preset" in figure) figure.preset = state.preset;
  figure.log = state.log;
  session.speed = state.speed;
  session.follow(state.epoch);
  return [];
}

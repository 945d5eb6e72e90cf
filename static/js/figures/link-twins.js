// @ts-check
// What a link holds of figure `twins`: whether one is nudged, and the epoch.

/** @typedef {import("./twins.js").TwinsFigure} TwinsFigure */
/** @typedef {import("../link-states.js").TwinsState} TwinsState */

/** @param {TwinsFigure} figure @returns {import("./link-engine.js").Linked<TwinsState>} */
export const twinsLink = (figure) => ({
  state: () => ({ nudged: figure.nudged, epoch: figure.session?.epoch ?? 0 }),
  about: () => String(figure.nudged),
  changing: () => figure.session !== null && figure.session.proposing,
  moving: () => figure.session !== null && (figure.session.running || figure.session.proposing),
  restore: (state) => restore(figure, state),
});

/** Its first run is on its way when it has only just begun: the epoch has to wait for an answer. @param {TwinsFigure} figure @param {TwinsState} state @returns {Promise<string[]>} */
async function restore(figure, state) {
  const { nudged, epoch } = state;
  const there = figure.session;
  if (!there?.frame || there.waits || figure.nudged !== nudged || there.refusal) await figure.nudge(nudged, false); // else the run is there
  const { session } = figure;
  if (!session) return [];
  if (session.unanswered) {
    session.unanswered = () => restore(figure, state).then(() => {});
    return [];
  }
  if (session.proposing || figure.nudged !== nudged) return []; // the learner was quicker
  if (epoch > session.epochs) session.setEpochs(epoch);
  session.follow(epoch);
  return [];
}

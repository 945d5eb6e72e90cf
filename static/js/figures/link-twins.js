// @ts-check
// What a link holds of figure `twins`: whether one is nudged, and the epoch.

/** @param {import("./twins.js").TwinsFigure} figure @returns {import("./link-engine.js").Linked<import("../link-states.js").TwinsState>} */
export const twinsLink = (figure) => ({
  state: () => ({ nudged: figure.nudged, epoch: figure.session?.epoch ?? 0 }),
  about: () => String(figure.nudged),
  moving: () => figure.session !== null && (figure.session.running || figure.session.proposing),
  restore: async ({ nudged, epoch }) => {
    figure.begin();
    if (nudged !== figure.nudged) await figure.nudge(nudged, false);
    if (figure.session && epoch > figure.session.epochs) figure.session.setEpochs(epoch);
    figure.session?.seek(epoch);
    return [];
  },
});

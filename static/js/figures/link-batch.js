// @ts-check
// What a link holds of figure `batch`: how the rows are put together, and how far it was stepped.

/** @param {import("./batch.js").BatchFigure} figure @returns {import("./link-engine.js").Linked<import("../link-states.js").BatchState>} */
export const batchLink = (figure) => ({
  state: () => ({ reduction: figure.reduction, at: figure.head.position }),
  about: () => "",
  changing: () => false,
  moving: () => figure.head.playing,
  restore: async ({ reduction, at }) => {
    figure.choose(reduction);
    figure.head.seek(at);
    return [];
  },
});

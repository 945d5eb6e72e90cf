// @ts-check
// What a link holds of figure `depth`: how many layers.

/** @param {import("./depth.js").DepthFigure} figure @returns {import("./link-engine.js").Linked<import("../link-states.js").DepthState>} */
export const depthLink = (figure) => ({
  state: () => ({ depth: figure.depth }),
  about: () => "",
  changing: () => figure.busy,
  moving: () => figure.busy,
  restore: async ({ depth }) => {
    figure.setDepth(depth);
    return [];
  },
});

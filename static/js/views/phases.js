// @ts-check
// What each phase of a pass is called on the page, and its mark.

/** @type {Record<string, {label: string, mark: string, short: string}>} */
export const PHASES = {
  forward: { label: "Forward pass", mark: "▸", short: "Forward" },
  loss: { label: "Loss", mark: "●", short: "Loss" },
  backward: { label: "Backward pass", mark: "◂", short: "Backward" },
  update: { label: "Update weights", mark: "◆", short: "Update" },
};

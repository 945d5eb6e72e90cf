// @ts-check
// The table of plateaus follows the run of figure `xor`.
import "../views/stuck-table.js";

/** @typedef {import("./xor.js").XorFigure} XorFigure */

/** @param {XorFigure|null} xor */
export function wireStuck(xor) {
  const table = /** @type {import("../views/stuck-table.js").StuckTable|null} */ (document.querySelector("bp-stuck"));
  if (!xor || !table) return;
  xor.addEventListener("run-shown", () => {
    const { session } = xor;
    const lane = session?.frame?.lanes[0];
    if (session && lane) table.show({ loss: session.spec.loss, reduction: session.spec.reduction ?? "mean", outputs: lane.outputs });
  });
}

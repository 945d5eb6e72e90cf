// @ts-check
// Who could not come in tries again: but for a lost connection, which brings its own try when it is back.

/** @param {{enter: () => Promise<unknown>, connectionStatus: string}} bar @param {number} ms */
export function enterAgain(bar, ms) {
  setTimeout(() => { if (bar.connectionStatus === "connected") void bar.enter(); }, ms);
}

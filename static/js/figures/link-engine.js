// @ts-check
// Questions that a link asks the engine: asked until there is an answer, for a page may open before its connection does.

/** @typedef {import("../connection.js").Connection} Connection */
/** @typedef {import("../types.js").Exchanges} Exchanges */
/** @typedef {import("../types.js").Refusal} Refusal */

/** What a figure has to do with links. @template S
 * @typedef {object} Linked
 * @property {() => S} state
 * @property {() => string} about what the Back button goes back over: a change of this, not a move of the play head
 * @property {() => boolean} changing other numbers than those shown were asked for
 * @property {() => boolean} moving nothing is at rest, so nothing is written
 * @property {(state: S) => Promise<string[]>} restore what the engine refused, in its words
 */

const AGAIN_MS = 1000;

/**
 * @template {keyof Exchanges} E
 * @param {Connection} connection @param {E} event @param {Exchanges[E]["payload"]} payload
 * @param {() => boolean} [wanted] whether the answer is still of use
 * @returns {Promise<Exchanges[E]["answer"]|Refusal|null>} null where it is of no use any more
 */
export async function insist(connection, event, payload, wanted = () => true) {
  while (wanted()) {
    try {
      return await connection.request(event, payload);
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
  }
  return null;
}

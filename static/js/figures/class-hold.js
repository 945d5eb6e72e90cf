// @ts-check
// While a class is asked what a number will be, figure `passes` stops before it.
import { standBefore } from "../class-question.js";

/** @typedef {import("./passes.js").PassesFigure} PassesFigure */

/** Whoever has seen the number already goes on as they like: their tapes. @type {WeakSet<import("../tape.js").Tape>} */
const seen = new WeakSet();

/**
 * @param {PassesFigure|null} figure @param {string|null} about the number, null: none is asked for
 * @param {boolean} [back] go back to before it
 */
export function holdBefore(figure, about, back = false) {
  const session = figure?.session;
  if (!session) return;
  const { head, tape } = session;
  if (about === null) {
    head.mostOf = () => Infinity;
    return;
  }
  const most = standBefore(tape, about);
  if (session.position > most && !back) seen.add(tape);
  else seen.delete(tape);
  head.mostOf = (each) => (seen.has(each) ? Infinity : standBefore(each, about));
  if (session.position > head.end) session.move(() => head.seek(head.end));
}

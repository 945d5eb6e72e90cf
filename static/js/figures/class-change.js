// @ts-check
// By how much a weight changed in the pass that a class is shown: from the tape that is on the page, or else from the engine.
import { canonical } from "../link.js";
import { stateOf } from "../link-figures.js";
import { signOf } from "../signs.js";
import { makeTape } from "../tape.js";
import { PassRun } from "./pass-run.js";

/**
 * @param {string} text the state of figure `passes` @param {string} about
 * @param {import("./passes.js").PassesFigure} figure @param {import("../link-states.js").Catalog} catalog
 * @returns {Promise<number|null>} null where there is no such number, or no answer
 */
export async function changeIn(text, about, { session }, catalog) {
  if (!session) return null;
  const { runs, pass } = (await stateOf("passes", text, catalog)).state;
  const { spec, first } = runs.findLast((each) => each.first <= pass) ?? runs[0];
  const wanted = canonical(spec);
  const run = session.timeline.segments.find((each) => canonical(each.run.spec) === wanted)?.run ?? new PassRun(session.connection, spec);
  const body = await run.pass(pass - first).catch(() => null);
  return body && (makeTape(body, signOf(spec)).byId.get(about)?.value ?? null);
}

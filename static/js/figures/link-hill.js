// @ts-check
// What a link holds of figure `hill`, and how it is opened again: the same steps, taken by the engine once more.
import { digitsOf } from "../hill-digits.js";
import { canonical } from "../link.js";
import { quoted } from "../link-specs.js";
import { SLICE } from "../link-states.js";
import { insist } from "./link-engine.js";
import { sliceNetwork } from "./slice-network.js";

/** @typedef {import("../link-states.js").HillState} HillState */
/** @typedef {import("../types.js").HillAnswer} HillAnswer */
/** @typedef {import("../types.js").HillStop} HillStop */
/** @typedef {import("../types.js").Refusal} Refusal */
/** @typedef {import("./hill.js").HillFigure} HillFigure */
/** @typedef {import("./hill-session.js").HillSession} HillSession */

const MOST_STEPS = 200; // that the engine takes in one answer
const AHEAD = 8;

/** @param {HillFigure} figure @returns {import("./link-engine.js").Linked<HillState>} */
export const hillLink = (figure) => ({
  state: () => stateOf(sessionOf(figure)),
  about: () => `${sessionOf(figure).name} ${sessionOf(figure).name === SLICE ? sessionOf(figure).weight : ""}`,
  changing: () => !sessionOf(figure).fresh,
  moving: () => sessionOf(figure).running || sessionOf(figure).underWay || !sessionOf(figure).fresh,
  restore: (state) => restore(figure, state),
});

/** @param {HillFigure} figure */
function sessionOf({ session }) {
  if (!session) throw new Error("The figure has not begun.");
  return session;
}

/** @param {HillSession} session @returns {HillState} */
function stateOf({ name, weight, rate, landscape, stops, trail, network }) {
  const sliced = name === SLICE && network !== null;
  const start = stops[0]?.x ?? null;
  /** @type {HillState["moves"]} */ const moves = [];
  for (const { rate: taken = 0 } of trail) {
    const last = moves[moves.length - 1];
    if (last?.[0] === taken) last[1] += 1;
    else moves.push([taken, 1]);
  }
  return { landscape: name, weight: sliced ? weight : "", rate: rate === landscape?.rates.default ? null : rate,
    start: start === landscape?.start ? null : start, moves, network: sliced ? { spec: network.spec, pass: network.pass } : null };
}

/** @param {HillFigure} figure @param {HillState} state @returns {Promise<string[]>} */
async function restore(figure, state) {
  const session = sessionOf(figure);
  const { connection } = figure;
  if (!connection) return [];
  if (moved(session, state)) return [];
  session.pause();
  session.subject += 1;
  const own = session.subject;
  const wanted = () => session.subject === own;
  if (state.network) {
    const { spec, pass } = state.network;
    const answer = await insist(connection, "pass", { spec, pass }, wanted);
    if (!answer || !wanted()) return [];
    if (!answer.ok) return begunAnew(session, answer.error.message);
    const network = sliceNetwork(answer.spec, pass, answer.givens);
    if (!network.weights.some(({ id }) => id === state.weight)) return begunAnew(session, `the network has no weight ${quoted(state.weight)}`);
    Object.assign(session, { network, weight: state.weight });
    figure.network = network;
  }
  const answer = await descent(state, (question) => insist(connection, "hill", question, wanted));
  if (!answer || !wanted()) return [];
  if (!answer.ok) return begunAnew(session, answer.error.message);
  stand(session, state, answer);
  return [];
}

/** One step on or back, or another rate, from where the ball is: no other question to the engine than that. @param {HillSession} session @param {HillState} state */
function moved(session, state) {
  const now = stateOf(session);
  const rest = ({ moves: _moves, rate: _rate, ...others } = state) => canonical(others);
  if (!session.fresh || session.busy || session.running || rest(now) !== rest(state)) return false;
  const [old, wanted] = [now.moves, state.moves].map((moves) => moves.flatMap(([rate, steps]) => Array.from({ length: steps }, () => rate)));
  const by = wanted.length - old.length;
  if (Math.abs(by) > 1 || old.slice(0, wanted.length).some((rate, k) => rate !== wanted[k])) return false;
  const rate = state.rate ?? session.landscape?.rates.default ?? null;
  if (by === 1 && (wanted[old.length] !== session.rate || rate !== session.rate || !session.canStep)) return false;
  if (by === 1) session.step();
  else if (by === -1) session.back();
  if (by < 1 && rate !== null && rate !== session.rate) session.setRate(rate);
  return true;
}

/** The figure as it begins, and why. @param {HillSession} session @param {string} why */
function begunAnew(session, why) {
  session.choose("bowl");
  return [why];
}

/** @typedef {{ok: true, landscape: HillAnswer["landscape"], rate: number, curve: NonNullable<HillAnswer["curve"]>, trail: HillStop[], stops: HillStop[]}} Descent */

/**
 * Take the same steps at the same rates, and look a few ahead.
 * @param {HillState} state
 * @param {(question: import("../types.js").HillWanted) => Promise<HillAnswer|Refusal|null>} ask
 * @returns {Promise<Descent|Refusal|null>}
 */
async function descent({ landscape, weight, rate, start, moves, network }, ask) {
  const slice = network ? { ...network, weight } : {};
  /** @type {HillStop[]} */ const trail = [];
  let x = start;
  for (const [taken, count] of moves) {
    for (let left = count; left > 0;) {
      const steps = Math.min(left, MOST_STEPS);
      const answer = await ask({ landscape, ...slice, start: x, learning_rate: taken, steps, curve: false });
      if (!answer?.ok) return answer;
      const stops = answer.stops.slice(0, steps).map((stop) => ({ ...stop, rate: taken }));
      trail.push(...stops);
      if (answer.stops.length <= steps) { // it rests, or has flown off: there is no way further
        trail.pop();
        x = answer.stops[answer.stops.length - 1].x;
        left = 0;
      } else {
        x = answer.stops[steps].x;
        left -= steps;
      }
    }
  }
  const answer = await ask({ landscape, ...slice, start: x, learning_rate: rate, steps: AHEAD, curve: true });
  if (!answer?.ok) return answer;
  return { ok: true, landscape: answer.landscape, rate: answer.learning_rate, curve: answer.curve ?? { x: [], loss: [] }, trail, stops: answer.stops };
}

/** Put the ball where it was. @param {HillSession} session @param {HillState} state @param {Descent} found */
function stand(session, state, { landscape, rate, curve, trail, stops: [here, ...ahead] }) {
  session.subject += 1;
  Object.assign(session, {
    name: state.landscape, weight: state.weight || session.weight, rate, hereRate: rate, landscape, curve, curveWanted: false,
    digits: digitsOf(landscape, curve), trail, here, ahead, t: trail.length, held: null, refusal: null, stepWanted: false, running: false,
  });
  session.onChange();
}

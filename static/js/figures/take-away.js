// @ts-check
// What each figure has to give: which files, made by the engine of what the figure shows, and which picture.
import { csvText } from "../downloads.js";
import { verdictWord } from "../hill-words.js";
import { SLICE } from "../link-states.js";
import { printPass } from "./print-pass.js";
import "../views/take-away.js";

/** @typedef {import("../views/take-away.js").TakeAway} TakeAway */
/** @typedef {import("../connection.js").Connection} Connection */
/** @typedef {import("../types.js").ExportWanted} ExportWanted */

const PATIENCE_MS = 30_000; // an epoch far on takes as long as training up to it
/** kind, label, form @type {[string, string, string][]} */
const PASS_FILES = [["csv", "Numbers", "CSV"], ["json", "Numbers", "JSON"], ["solution", "Worked solution", "Markdown"], ["numpy", "Program", "NumPy"], ["pytorch", "Program", "PyTorch"]];
/** @type {[string, string, string][]} */
const RUN_FILES = [["run_csv", "Losses", "CSV"], ["epoch_csv", "This epoch’s weights", "CSV"], ["run_json", "All of it", "JSON"], ["run_numpy", "Program", "NumPy"], ["run_pytorch", "Program", "PyTorch"]];

/** @param {Connection|null} connection @param {ExportWanted} wanted */
async function exported(connection, wanted) {
  if (!connection) throw new Error("The engine is out of reach.");
  const answer = await connection.request("export", wanted, { timeoutMs: PATIENCE_MS });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer;
}

/** The pass that figure `passes` shows. @param {import("./passes.js").PassesFigure} figure @returns {TakeAway} */
export function takePass(figure) {
  const shown = () => {
    const { session } = figure;
    if (!session) throw new Error("There is nothing to take away yet.");
    return { ...session.timeline.at(session.pass), session };
  };
  return {
    texts: PASS_FILES.map(([kind, label, note]) => ({ act: kind, label, note, make: async () => {
      const { run, pass } = shown();
      return exported(figure.connection, { kind, spec: run.spec, pass });
    } })),
    picture: { title: () => `Pass ${shown().session.pass + 1}`, name: () => `backprop-pass-${shown().session.pass + 1}`, parts: () => [...figure.querySelectorAll("bp-network")] },
    print: async () => {
      const { run, session } = shown();
      await printPass({ number: session.pass + 1, spec: run.spec, body: session.body, tape: session.tape });
    },
  };
}

/**
 * The run that a figure shows, up to its play head.
 * @param {import("./race.js").RaceFigure | import("./xor.js").XorFigure | import("./twins.js").TwinsFigure} figure @param {string} title @param {string} drawings selects what is drawn
 * @returns {TakeAway}
 */
export function takeRun(figure, title, drawings) {
  const shown = () => {
    if (!figure.session) throw new Error("There is nothing to take away yet.");
    return figure.session;
  };
  return {
    texts: RUN_FILES.map(([kind, label, note]) => ({ act: kind, label, note, make: async () => exported(figure.connection, { kind, spec: shown().spec, epoch: shown().epoch }) })),
    picture: { title: () => `${title}, epoch ${shown().epoch}`, name: () => `backprop-${title.toLowerCase()}-${shown().epoch}`, parts: () => [...figure.querySelectorAll(drawings)] },
    print: null,
  };
}

/** The ball's way so far: the engine's numbers, as the page has them. @param {import("./hill.js").HillFigure} figure @returns {TakeAway} */
export function takeHill(figure) {
  const shown = () => {
    const { session } = figure;
    if (!session?.landscape) throw new Error("There is nothing to take away yet.");
    return { session, landscape: session.landscape, name: `backprop-hill-${session.landscape.name.replace("_", "-")}` };
  };
  return {
    texts: [
      { act: "csv", label: "Steps", note: "CSV", make: async () => {
        const { session, name } = shown();
        const rows = session.stops.map((stop, k) => [k, stop.x, stop.loss, stop.slope, stop.step, verdictWord(stop)]);
        return { name: `${name}.csv`, type: "text/csv", text: csvText(["step", "position", "loss", "slope", "change", "verdict"], rows) };
      } },
      { act: "json", label: "Steps and curve", note: "JSON", make: async () => {
        const { session, landscape, name } = shown();
        const { stops, curve, network } = session;
        const along = landscape.name === SLICE && network ? { spec: network.spec, pass: network.pass, weight: session.weight } : {};
        return { name: `${name}.json`, type: "application/json", text: `${JSON.stringify({ format: "backprop hill, version 1", landscape, ...along, learning_rate: session.hereRate, stops, curve }, null, 1)}\n` };
      } },
    ],
    picture: { title: () => shown().landscape.label, name: () => shown().name, parts: () => [...figure.querySelectorAll("bp-hill-curve")] },
    print: null,
  };
}

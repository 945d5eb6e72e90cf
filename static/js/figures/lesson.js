// @ts-check
// What the text of the lesson does to the figures: every button in a sentence, by name.
import { withLane } from "../lane-specs.js";

/** @typedef {import("./passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./hill.js").HillFigure} HillFigure */
/** @typedef {import("./race.js").RaceFigure} RaceFigure */
/** @typedef {import("./xor.js").XorFigure} XorFigure */
/** @typedef {import("./depth.js").DepthFigure} DepthFigure */
/** @typedef {{passes: PassesFigure|null, hill: HillFigure|null, race: RaceFigure|null, xor: XorFigure|null, depth: DepthFigure|null}} Figures */

const SATURATING = "30"; // an input so large that both hidden neurons hardly have a slope left
const GOOD = 2;
const GOOD_FOR_ADAM = 0.1;
const DEEP = 30;

/** What each button sets up. @type {Record<string, (figures: Figures) => Element|null>} */
const SHOWS = {
  forward: ({ passes }) => act(passes, "forward"),
  backward: ({ passes }) => act(passes, "backward"),
  loss: ({ passes }) => stand(passes, "loss"),
  delta: ({ passes }) => ask(passes, "o1.delta"),
  chain: ({ passes }) => ask(passes, "grad:x1>h1"),
  activation: ({ passes }) => ask(passes, "h1.a"),
  update: ({ passes }) => act(passes, "update"),
  biases: ({ passes }) => {
    void passes?.session?.change({ biases: true });
    return passes;
  },
  saturated: ({ passes }) => {
    void passes?.session?.edit("x1", SATURATING)?.then(() => seek(passes, "h1.delta"));
    return passes;
  },
  product: ({ passes }) => seek(passes, "o1.delta"),
  streams: ({ passes }) => seek(passes, "h1.grad_a"),
  padlock: ({ passes }) => seek(passes, "h1.delta"),
  hold: ({ passes }) => {
    void passes?.session?.change({ hold: true });
    return passes;
  },
  roll: ({ hill }) => land(hill, "bowl"),
  slope: ({ hill }) => {
    hill?.session?.choose("slice");
    return hill;
  },
  ravine: ({ hill }) => land(hill, "ravine"),
  valleys: ({ hill }) => land(hill, "double_valley"),
  deeper: ({ depth }) => {
    depth?.setDepth(DEEP);
    return depth;
  },
  race: ({ race }) => act(race, "start"),
  fast: ({ race }) => run(race, ({ wanted }) => withLane(wanted, 0, { learning_rate: GOOD })),
  adam: ({ race }) => run(race, ({ wanted }) => withLane(wanted, wanted.lanes.length - 1, { optimizer: "adam", hyper: {}, learning_rate: GOOD_FOR_ADAM })),
  overflow: ({ race }) => run(race, () => race?.boot?.catalog.examples.overflow.spec, race?.boot?.catalog.examples.overflow.epochs),
  xor: ({ xor }) => act(xor, "start"),
};

/** @param {{act: (name: string) => void}&Element|null} figure @param {string} name */
function act(figure, name) {
  figure?.act(name);
  return figure;
}

/** Put the ball down somewhere and let it go. @param {HillFigure|null} hill @param {string} landscape */
function land(hill, landscape) {
  hill?.session?.choose(landscape);
  hill?.session?.run();
  return hill;
}

/**
 * Train what a sentence proposes, from the start.
 * @param {RaceFigure|null} race @param {(session: import("./run-session.js").RunSession) => import("../types.js").RunSpec|undefined} proposal @param {number} [epochs]
 */
function run(race, proposal, epochs) {
  const { session } = race ?? {};
  const spec = session && proposal(session);
  if (session && spec) void session.propose(spec, epochs).then(() => session.spec === spec && race?.act("start"));
  return race;
}

/** @param {PassesFigure|null} passes @param {string} id */
function stand(passes, id) {
  passes?.standAt(id);
  return passes;
}

/** Stand just there, further on or back. @param {PassesFigure|null} passes @param {string} id */
function seek(passes, id) {
  const at = passes?.session?.tape.indexOf(id) ?? Infinity;
  if (Number.isFinite(at)) passes?.session?.move((head) => head.seek(at)); // a deeper network has no h1
  return passes;
}

/** @param {PassesFigure|null} passes @param {string} id */
function ask(passes, id) {
  passes?.ask(id);
  return null; // the derivation scrolls itself into sight
}

/** Wire the text to the figures. @param {Figures} figures */
export function wireLesson(figures) {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const show = /** @type {HTMLElement|null} */ (target.closest("[data-show]"));
    if (show) bringIntoSight(SHOWS[show.dataset.show ?? ""]?.(figures) ?? null);
    const chained = /** @type {HTMLElement|null} */ (target.closest("bp-because-chain [data-ask]"));
    if (chained) ask(figures.passes, chained.dataset.ask ?? "");
    const printed = /** @type {HTMLElement|null} */ (target.closest("[data-textbook]"));
    if (printed) void figures.passes?.askTextbook(printed.dataset.textbook ?? "");
  });
}

/** @param {Element|null} figure */
function bringIntoSight(figure) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  figure?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

// @ts-check
// What the text of the lesson does to the figures: every button in a sentence, by name.
import { withLane } from "../lane-specs.js";
import { SLICE } from "../link-states.js";
import { rewritten, rateFor } from "../same-steps.js";
import { conventions, LOSS_OF } from "./conventions.js";
import { wake } from "./waking.js";
import { offerDrawn, replacing } from "./your-numbers.js";

/** @typedef {import("./passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./hill.js").HillFigure} HillFigure */
/** @typedef {import("./race.js").RaceFigure} RaceFigure */
/** @typedef {import("./xor.js").XorFigure} XorFigure */
/** @typedef {import("./depth.js").DepthFigure} DepthFigure */
/** @typedef {import("../types.js").RunSpec} RunSpec */
/** @typedef {{passes: PassesFigure|null, hill: HillFigure|null, race: RaceFigure|null, xor: XorFigure|null, depth: DepthFigure|null}} Figures */

const SATURATING = "30"; // an input so large that both hidden neurons hardly have a slope left
const GOOD = 2; // with the mean over the rows
const GOOD_FOR_ADAM = 0.1;
const DEEP = 30;

/**
 * What each button sets up, by the figure that it is about; the figure comes into sight then, unless the answer is false.
 * @type {{[name in keyof Figures]: Record<string, (figure: NonNullable<Figures[name]>) => boolean|void>}}
 */
const SHOWS = {
  passes: {
    forward: (passes) => passes.act("forward"),
    backward: (passes) => passes.act("backward"),
    loss: (passes) => seek(passes, "loss"),
    delta: (passes) => ask(passes, "o1.delta"),
    chain: (passes) => ask(passes, "grad:x1>h1"),
    activation: (passes) => ask(passes, "h1.a"),
    update: (passes) => passes.act("update"),
    biases: (passes) => void passes.session?.change({ biases: true }),
    saturated: (passes) => void Promise.resolve(passes.session?.edit("x1", SATURATING)).then(() => seek(passes, "h1.delta")), // it may be so already
    product: (passes) => seek(passes, "o1.delta"),
    streams: (passes) => seek(passes, "h1.grad_a"),
    padlock: (passes) => seek(passes, "h1.delta"),
    hold: (passes) => void passes.session?.change({ hold: true }),
  },
  hill: {
    roll: (hill) => land(hill, "bowl"),
    slope: (hill) => hill.session?.choose(SLICE),
    ravine: (hill) => land(hill, "ravine"),
    valleys: (hill) => land(hill, "double_valley"),
  },
  race: {
    race: (race) => race.act("start"),
    fast: (race) => run(race, ({ wanted }) => withLane(wanted, 0, { learning_rate: rateFor(GOOD, wanted) })),
    adam: (race) => run(race, ({ wanted }) => withLane(wanted, wanted.lanes.length - 1, { optimizer: "adam", hyper: {}, learning_rate: GOOD_FOR_ADAM })),
    overflow: (race) => run(race, ({ wanted }) => asWritten(race.boot?.catalog.examples.overflow.spec, wanted), race.boot?.catalog.examples.overflow.epochs),
  },
  xor: { xor: (xor) => xor.act("start") },
  depth: { deeper: (depth) => depth.setDepth(DEEP) },
};

/** The figure that a button in a sentence is about. @param {string} wanted */
export const figureOf = (wanted) => /** @type {(keyof Figures)[]} */ (Object.keys(SHOWS)).find((name) => wanted in SHOWS[name]) ?? null;

/** Put the ball down somewhere and let it go. @param {HillFigure} hill @param {string} landscape */
function land({ session }, landscape) {
  session?.choose(landscape);
  session?.run();
}

/**
 * Train what a sentence proposes, from the start.
 * @param {RaceFigure} race @param {(session: import("./run-session.js").RunSession) => import("../types.js").RunSpec|undefined} proposal @param {number} [epochs]
 */
function run(race, proposal, epochs) {
  const { session } = race;
  const spec = session && proposal(session);
  if (session && spec) void session.propose(spec, epochs).then(() => session.spec === spec && race.act("start"));
}

/** An example as the page writes its numbers, with the same steps. @param {RunSpec|undefined} example @param {RunSpec} wanted */
function asWritten(example, { reduction = "mean" }) {
  const loss = LOSS_OF[conventions.value("half")];
  return example && rewritten(example, { reduction, ...(loss ? { loss } : {}) });
}

/** Stand just there, further on or back. @param {PassesFigure} passes @param {string} id */
function seek({ session }, id) {
  const at = session?.tape.indexOf(id) ?? Infinity;
  if (Number.isFinite(at)) void session?.move((head) => head.seek(at)); // a deeper network has no h1
}

/** @param {PassesFigure|null} passes @param {string} id */
function ask(passes, id) {
  passes?.ask(id);
  return false; // the derivation scrolls itself into sight
}

/** Wire the text to the figures. @param {Figures} figures */
export function wireLesson(figures) {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement|null} */ (target.closest("[data-show]"));
    if (button) void show(figures, button.dataset.show ?? "");
    const chained = /** @type {HTMLElement|null} */ (target.closest("bp-because-chain [data-ask]"));
    if (chained) ask(figures.passes, chained.dataset.ask ?? "");
    const printed = /** @type {HTMLElement|null} */ (target.closest("[data-textbook]"));
    const { passes } = figures;
    if (printed && passes) void replacing(passes, () => passes.askTextbook(printed.dataset.textbook ?? ""));
  });
}

/** Set a figure up and bring it into sight. @param {Figures} figures @param {string} wanted */
async function show(figures, wanted) {
  for (const [name, shows] of Object.entries(SHOWS)) {
    const figure = figures[/** @type {keyof Figures} */ (name)];
    const set = /** @type {Record<string, (figure: any) => boolean|void>} */ (shows)[wanted];
    if (!figure || !set) continue;
    await wake(figure);
    if (replacing(figure, () => set(figure)) === false) continue;
    await offerDrawn(figure);
    bringIntoSight(figure);
  }
}

const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];

/** Put a figure's beginning below the bar; there it stays, whatever grows inside it, until the reader moves. @param {HTMLElement} figure */
export function bringIntoSight(figure) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  figure.style.overflowAnchor = "none"; // or the browser holds a line of it in place, and its beginning moves up behind the bar
  const moved = () => {
    figure.style.overflowAnchor = "";
    for (const name of MOVES) removeEventListener(name, moved);
  };
  for (const name of MOVES) addEventListener(name, moved, { passive: true });
  figure.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

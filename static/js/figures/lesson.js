// @ts-check
// What the text of the lesson does to the figures: every button in a sentence, by name.

/** @typedef {import("./passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./hill.js").HillFigure} HillFigure */
/** @typedef {import("./race.js").RaceFigure} RaceFigure */
/** @typedef {import("./xor.js").XorFigure} XorFigure */
/** @typedef {import("./depth.js").DepthFigure} DepthFigure */
/** @typedef {{passes: PassesFigure|null, hill: HillFigure|null, race: RaceFigure|null, xor: XorFigure|null, depth: DepthFigure|null}} Figures */

const SATURATING = "30"; // an input so large that both hidden neurons hardly have a slope left
const FAST = 10;
const DEEP = 30;

/** What each button sets up. @type {Record<string, (figures: Figures) => Element|null>} */
const SHOWS = {
  forward: ({ passes }) => act(passes, "forward"),
  backward: ({ passes }) => act(passes, "backward"),
  loss: ({ passes }) => stand(passes, "loss"),
  delta: ({ passes }) => ask(passes, "o1.delta"),
  chain: ({ passes }) => ask(passes, "grad:x1>h1"),
  activation: ({ passes }) => ask(passes, "h1.a"),
  biases: ({ passes }) => {
    void passes?.session?.change({ biases: true });
    return passes;
  },
  saturated: ({ passes }) => {
    void passes?.session?.edit("x1", SATURATING);
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
  fast: ({ race }) => {
    race?.setRate(0, String(FAST));
    return race;
  },
  adam: ({ race }) => {
    const last = (race?.session?.spec.lanes.length ?? 0) - 1;
    race?.setOptimizer(last, "adam");
    race?.setRate(last, "0.1");
    return race;
  },
  overflow: ({ race }) => {
    const example = race?.boot?.catalog.examples.overflow;
    if (race && example) void race.session?.propose(example.spec, example.epochs).then(() => race.session?.spec === example.spec && race.act("start"));
    return race;
  },
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
  figure?.closest("section")?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

// @ts-check
// The page: what the server sent with it, the connection, the theme, and the figures.
import { pathOf } from "./because-links.js";
import { connect } from "./connection.js";
import "./figures/batch.js";
import { wireClass } from "./figures/class-page.js";
import { wireConventions } from "./figures/convention-page.js";
import "./figures/depth.js";
import "./figures/hill.js";
import { keepFocusInSight } from "./figures/in-sight.js";
import { wireLesson } from "./figures/lesson.js";
import { wireLinks } from "./figures/links.js";
import { wakeLater } from "./figures/idle-waking.js";
import "./figures/passes.js";
import { wireQuantities } from "./figures/quantities.js";
import "./figures/race.js";
import { wireStuck } from "./figures/stuck.js";
import "./figures/twins.js";
import { sleep, wake } from "./figures/waking.js";
import "./figures/xor.js";
import { markSections } from "./sections.js";
import { keepTheme } from "./theme.js";
import "./views/because-chain.js";
import "./views/formula.js";
import "./views/glance.js";

/** @typedef {import("./figures/batch.js").BatchFigure} BatchFigure */
/** @typedef {import("./figures/depth.js").DepthFigure} DepthFigure */
/** @typedef {import("./figures/hill.js").HillFigure} HillFigure */
/** @typedef {import("./figures/passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./figures/race.js").RaceFigure} RaceFigure */
/** @typedef {import("./figures/twins.js").TwinsFigure} TwinsFigure */
/** @typedef {import("./figures/xor.js").XorFigure} XorFigure */

keepTheme();
keepFocusInSight();

const boot = document.getElementById("boot");
const figure = /** @type {PassesFigure|null} */ (document.querySelector("bp-passes"));
const hill = /** @type {HillFigure|null} */ (document.querySelector("bp-hill"));
const runs = /** @type {(RaceFigure|XorFigure|DepthFigure|BatchFigure|TwinsFigure)[]} */ ([...document.querySelectorAll("bp-race, bp-xor, bp-depth, bp-batch, bp-twins")]);
const chain = /** @type {import("./views/because-chain.js").BecauseChain|null} */ (document.querySelector("bp-because-chain"));
const glance = /** @type {import("./views/glance.js").GlanceView|null} */ (document.querySelector("bp-glance"));
wireQuantities(figure, glance);
wireLesson({ passes: figure, hill, race: document.querySelector("bp-race"), xor: document.querySelector("bp-xor"), depth: document.querySelector("bp-depth") });
wireStuck(document.querySelector("bp-xor"));
markSections();
wireConventions();
if (boot) void begin(boot);

/** Let the first figure be seen, and then the others, each when it comes near. @param {HTMLElement} sent */
async function begin(sent) {
  const served = JSON.parse(sent.textContent ?? "");
  figure?.addEventListener("pass-shown", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (hill) hill.network = detail;
    if (chain) chain.tape = detail.tape;
    if (glance) Object.assign(glance, { tape: detail.tape, layers: detail.spec.layers, path: pathOf(detail.tape) });
  });
  const [first, ...others] = [...(figure ? [figure] : []), ...(hill ? [hill] : []), ...runs];
  /** @type {import("./types.js").ConnectionStatus} */ let now = "connecting";
  /** @type {{status: string}[]} */ const begun = [];
  const connection = connect({ onStatus: (status) => {
    now = status;
    for (const each of begun) each.status = status;
  } });
  const beginning = (/** @type {typeof first} */ each) => () => {
    begun.push(each);
    Object.assign(each, { connection, status: now }, each === hill ? {} : { boot: served });
  };
  sleep(first, beginning(first));
  await wake(first);
  await new Promise((next) => { setTimeout(next); });
  for (const each of others) sleep(each, beginning(each));
  wakeLater(others);
  const classBar = wireClass({ ...wireLinks(served.catalog), connection, catalog: served.catalog, figure });
  if (classBar) begun.push(Object.assign(classBar, { status: now }));
}

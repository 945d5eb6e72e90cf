// @ts-check
// The page: what the server sent with it, the connection, the theme, and the figures.
import { connect } from "./connection.js";
import "./figures/depth.js";
import "./figures/hill.js";
import { wireLesson } from "./figures/lesson.js";
import { wireLinks } from "./figures/links.js";
import "./figures/passes.js";
import "./figures/race.js";
import "./figures/xor.js";
import { markSections } from "./sections.js";
import { keepTheme } from "./theme.js";
import "./views/because-chain.js";
import "./views/formula.js";

/** @typedef {import("./figures/depth.js").DepthFigure} DepthFigure */
/** @typedef {import("./figures/hill.js").HillFigure} HillFigure */
/** @typedef {import("./figures/passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./figures/race.js").RaceFigure} RaceFigure */
/** @typedef {import("./figures/xor.js").XorFigure} XorFigure */

keepTheme();

const boot = document.getElementById("boot");
const figure = /** @type {PassesFigure|null} */ (document.querySelector("bp-passes"));
const hill = /** @type {HillFigure|null} */ (document.querySelector("bp-hill"));
const runs = /** @type {(RaceFigure|XorFigure|DepthFigure)[]} */ ([...document.querySelectorAll("bp-race, bp-xor, bp-depth")]);
const chain = /** @type {import("./views/because-chain.js").BecauseChain|null} */ (document.querySelector("bp-because-chain"));
wireLesson({ passes: figure, hill, race: document.querySelector("bp-race"), xor: document.querySelector("bp-xor") });
markSections();
if (boot) {
  const served = JSON.parse(boot.textContent ?? "");
  figure?.addEventListener("pass-shown", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (hill) hill.network = detail;
    if (chain) chain.tape = detail.tape;
  });
  const booted = [...(figure ? [figure] : []), ...runs];
  const all = [...booted, ...(hill ? [hill] : [])];
  const connection = connect({ onStatus: (status) => { for (const each of all) each.status = status; } });
  for (const each of all) each.connection = connection;
  for (const each of booted) each.boot = served;
  wireLinks(served.catalog);
}

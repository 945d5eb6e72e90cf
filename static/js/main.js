// @ts-check
// The page: what the server sent with it, the connection, the theme, and the figures.
import { connect } from "./connection.js";
import "./figures/hill.js";
import "./figures/passes.js";
import "./figures/race.js";
import "./figures/xor.js";
import { keepTheme } from "./theme.js";

/** @typedef {import("./figures/hill.js").HillFigure} HillFigure */
/** @typedef {import("./figures/passes.js").PassesFigure} PassesFigure */
/** @typedef {import("./figures/race.js").RaceFigure} RaceFigure */
/** @typedef {import("./figures/xor.js").XorFigure} XorFigure */

keepTheme();

const boot = document.getElementById("boot");
const figure = /** @type {PassesFigure|null} */ (document.querySelector("bp-passes"));
const hill = /** @type {HillFigure|null} */ (document.querySelector("bp-hill"));
const runs = /** @type {(RaceFigure|XorFigure)[]} */ ([...document.querySelectorAll("bp-race, bp-xor")]);
if (boot && figure) {
  const served = JSON.parse(boot.textContent ?? "");
  figure.addEventListener("pass-shown", (event) => { if (hill) hill.network = /** @type {CustomEvent} */ (event).detail; });
  const others = [...(hill ? [hill] : []), ...runs];
  const connection = connect({ onStatus: (status) => { for (const each of [figure, ...others]) each.status = status; } });
  for (const each of [figure, ...others]) each.connection = connection;
  for (const each of [figure, ...runs]) each.boot = served;
}

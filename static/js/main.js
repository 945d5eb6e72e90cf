// @ts-check
// The page: what the server sent with it, the connection, the theme, and the figures.
import { connect } from "./connection.js";
import "./figures/passes.js";
import { keepTheme } from "./theme.js";

/** @typedef {import("./figures/passes.js").PassesFigure} PassesFigure */

keepTheme();

const boot = document.getElementById("boot");
const figure = /** @type {PassesFigure|null} */ (document.querySelector("bp-passes"));
if (boot && figure) {
  figure.connection = connect({ onStatus: (status) => { figure.status = status; } });
  figure.boot = JSON.parse(boot.textContent ?? "");
}

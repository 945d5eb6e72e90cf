// @ts-check
// What the play head of figure `batch` goes through. No DOM.
import { easeTravel, travelled } from "./clock.js";

/** Every stop is under way as long as a pulse along an edge: the play head's clock (clock.js) tells it from an id. */
const STOP = Object.freeze({ id: "loss" });
const ROWS = 4;
/** A row's gradient each, their sum or mean, the move against it. */
export const STOPS = Object.freeze(Array.from({ length: ROWS + 2 }, () => STOP));
export const ADDED = ROWS, MOVED = ROWS + 1;

/** How far a stop has come at the play head: 0 not begun, 1 there. @param {number} t @param {number} stop */
export const grown = (t, stop) => (t >= stop + 1 ? 1 : t <= stop ? 0 : easeTravel(travelled(STOP, t - stop)));

// @ts-check
// The parts of the hill's picture: axes, ground, where the ball has been, where it will land. Drawn by hill-curve.js.
import { nothing, svg } from "../../vendor/lit.js";
import { linearTicks } from "../ticks.js";

/** @typedef {import("../hill-scale.js").HillScale} HillScale */
/** @typedef {import("../types.js").HillStop} HillStop */

const X_TICK_PX = 84, X_TICK_NARROW_PX = 58; // at least so far apart
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", PLAIN = "0123456789−";
const BOTTOM_PX = 10;

/** A formatted number in a drawing; its exponent is raised, as few faces carry every superscript digit. @param {string} text */
export function drawnNumber(text) {
  const at = [...text].findIndex((c) => RAISED.includes(c));
  if (at < 0) return svg`${text}`;
  const exponent = [...text.slice(at)].map((c) => PLAIN[RAISED.indexOf(c)]).join("");
  return svg`${text.slice(0, at)}<tspan dy="-0.45em" font-size="0.75em">${exponent}</tspan>`;
}

/** @param {HillScale} scale */
export function axes(scale) {
  const across = linearTicks(scale.low, scale.high, Math.max(2, (scale.right - scale.left) / (scale.narrow ? X_TICK_NARROW_PX : X_TICK_PX)));
  return svg`<path class="axis" d="M${scale.left} ${scale.bottom + 0.5}H${scale.right}"></path>
    ${across.map(({ value, text }) => {
      const x = scale.x(value);
      return svg`<path class="axis" d="M${x} ${scale.bottom}v6"></path><text class="tick" x=${x} y=${scale.bottom + 22} text-anchor="middle">${text}</text>`;
    })}
    ${scale.rungs.map(({ value, text }) => {
      const y = scale.y(value);
      return svg`<path class="rung" d="M${scale.left} ${y}H${scale.right}"></path><text class="tick" x=${scale.left - 10} y=${y + 4.5} text-anchor="end">${drawnNumber(text)}</text>`;
    })}`;
}

/**
 * The bottoms of all valleys; that of the ball's own is filled.
 * @param {HillScale} scale @param {readonly {x: number, loss: number|null}[]} minima @param {number|null} own
 */
export function bottomMarks(scale, minima, own) {
  return minima.filter(({ x }) => x >= scale.low && x <= scale.high).map(({ x: bottom }) => {
    const x = scale.x(bottom), y = scale.bottom - BOTTOM_PX;
    return svg`<path class="bottom-line" d="M${x} ${scale.y(scale.drawn(bottom).loss) + 5}V${y}"></path><path class="bottom-mark ${bottom === own ? "" : "other"}" d="M${x} ${y}l-6 ${BOTTOM_PX}h12z"></path>`;
  });
}

/**
 * Where the ball has been: a numbered ring each, as far as there is room; the newest has the first claim to it.
 * @param {HillScale} scale @param {HillStop[]} trail @param {{x: number, y: number, r: number}[]} taken
 */
export function trailRings(scale, trail, taken) {
  const { ringPx } = scale;
  const room = [...taken];
  /** @type {{ring: {x: number, y: number}|null, dot: {x: number, y: number}, k: number}[]} */
  const marks = [];
  for (let k = trail.length - 1; k >= 0; k--) {
    const stop = trail[k];
    if (stop.x < scale.low || stop.x > scale.high) continue;
    const at = scale.resting(stop.x, ringPx);
    const free = room.every(({ x, y, r }) => Math.hypot(x - at.cx, y - at.cy) > r + ringPx + 2);
    if (free) room.push({ x: at.cx, y: at.cy, r: ringPx });
    marks.push({ ring: free ? { x: at.cx, y: at.cy } : null, dot: { x: at.x, y: at.y }, k });
  }
  return marks.reverse();
}

/** @param {ReturnType<typeof trailRings>} marks @param {number} ringPx */
export function trailView(marks, ringPx) {
  return svg`<g class="been">${marks.map(({ ring, dot, k }) => (ring
    ? svg`<circle class="ring" cx=${ring.x} cy=${ring.y} r=${ringPx}></circle><text class="ring-n" x=${ring.x} y=${ring.y + 4} text-anchor="middle">${k}</text>`
    : svg`<circle class="dot" cx=${dot.x} cy=${dot.y} r="2.5"></circle>`))}</g>`;
}

/** An arrow exactly as long as the step; where it leads out of the picture, it is broken off at the edge. @param {import("../hill-plan.js").Plan} plan @param {number} ballPx */
export function arrowView({ arrow, landing, ghost }, ballPx) {
  if (!arrow) return nothing;
  const { from, to, y, out, head } = arrow;
  const back = to - Math.sign(to - from) * head;
  return svg`<g class="plan">
    ${ghost ? svg`<path class="drop" d="M${landing.x} ${y + head * 0.6}V${ghost.y}"></path><circle class="ghost" cx=${ghost.cx} cy=${ghost.cy} r=${ballPx}></circle>` : nothing}
    <path class="start" d="M${from} ${y - 6}v12"></path>
    <path class="shaft" d="M${from} ${y}H${back}"></path><path class="shaft-core" d="M${from} ${y}H${back}"></path>
    <path class="tip" d="M${to} ${y}L${back} ${y - head * 0.6}V${y + head * 0.6}z"></path>
    ${out ? svg`<path class="broken" d="M${back - Math.sign(to - from) * 12} ${y - 7}l-4 14m-4 -14l-4 14"></path>` : nothing}
  </g>`;
}

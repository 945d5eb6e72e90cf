// @ts-check
import { nothing, svg } from "../../vendor/lit.js";
import { path } from "../bezier.js";
import { number } from "../format.js";
import { scaleOf } from "../scales.js";
import { askable, slot } from "./svg-number.js";

/** @typedef {import("../layout.js").Gap} Gap */
/** @typedef {import("./network.js").Picture} Picture */

/**
 * What the output said beside what was wanted, on one scale, with the gap between them.
 * @param {Gap} gap @param {number} index @param {Picture} p
 */
export function gapView(gap, index, p) {
  const saidId = `${gap.output}.a`;
  const wantedId = `t${index + 1}`;
  const said = p.show(saidId);
  const wanted = p.show(wantedId) ?? 0;
  const scale = scaleOf(p.activationOf(gap.output), [wanted, said ?? wanted]);
  const at = (/** @type {number} */ v) => {
    const k = (v - scale.low) / (scale.high - scale.low);
    return { x: gap.low.x + (gap.high.x - gap.low.x) * k, y: gap.low.y + (gap.high.y - gap.low.y) * k };
  };
  const a = said === null ? null : at(said);
  const t = at(wanted);
  const grown = said === null ? 0 : p.grown("loss");
  const end = a && { x: t.x + (a.x - t.x) * grown, y: t.y + (a.y - t.y) * grown };
  return svg`
    ${a ? svg`<path class="wire" d=${path(wireTo(gap, a))}></path>` : nothing}
    <path class="scale" d="M${gap.low.x} ${gap.low.y}L${gap.high.x} ${gap.high.y}"></path>
    ${[scale.low, scale.high].map((v) => endOf(gap, at(v), v))}
    ${end && grown > 0 ? svg`<line class="gap" x1=${t.x} y1=${t.y} x2=${end.x} y2=${end.y}></line>` : nothing}
    <path class="wanted" d="M${t.x} ${t.y - 7}l7 7l-7 7l-7-7z"></path>
    ${a ? svg`<circle class="said" cx=${a.x} cy=${a.y} r="6"></circle>` : nothing}
    ${gap.tall ? tallLabels(gap, p, a, t, saidId, wantedId, wanted) : wideLabels(gap, p, a, t, saidId, wantedId, wanted)}`;
}

/** @param {Gap} gap @param {{x: number, y: number}} end @returns {import("../bezier.js").Curve} */
function wireTo(gap, end) {
  const w = gap.wire;
  if (gap.tall) return [w[0], w[1], w[0], (w[1] + end.y) / 2, end.x, (w[1] + end.y) / 2, end.x, end.y];
  return [w[0], w[1], (w[0] + end.x) / 2, w[1], (w[0] + end.x) / 2, end.y, end.x, end.y];
}

/** @param {Gap} gap @param {{x: number, y: number}} spot @param {number} value */
function endOf(gap, spot, value) {
  return gap.tall
    ? svg`<path class="scale" d="M${spot.x} ${spot.y - 5}v10"></path><text class="n n-xs quiet" x=${spot.x + (spot.x === gap.low.x ? -14 : 14)} y=${spot.y + 5} text-anchor="middle">${number(value, { digits: 0 })}</text>`
    : svg`<path class="scale" d="M${spot.x - 5} ${spot.y}h10"></path><text class="n n-xs quiet" x=${spot.x - 12} y=${spot.y + 5} text-anchor="end">${number(value, { digits: 0 })}</text>`;
}

/**
 * Two labels to the right of an upright scale, kept apart.
 * @param {Gap} gap @param {Picture} p @param {{x: number, y: number}|null} a @param {{x: number, y: number}} t
 * @param {string} saidId @param {string} wantedId @param {number} wanted
 */
function wideLabels({ words: { above, below, apart } }, p, a, t, saidId, wantedId, wanted) {
  const x = t.x + 18;
  const gapY = a ? Math.max(0, apart - Math.abs(a.y - t.y)) / 2 : 0;
  const saidAbove = a !== null && a.y <= t.y;
  const ty = t.y + (a ? (saidAbove ? gapY : -gapY) : 0);
  const ay = a ? a.y + (saidAbove ? -gapY : gapY) : 0;
  return svg`
    ${a ? svg`<text class="note" x=${x} y=${ay - above}>said</text>${slot(p, saidId, x, ay + below, { anchor: "start" })}` : nothing}
    <text class="note" x=${x} y=${ty - above}>wanted</text>
    ${askable(p, wantedId, number(wanted), svg`<rect class="hit" x=${x - 6} y=${ty - 6} width="68" height="26" rx="6"></rect><text class="n" x=${x} y=${ty + below}>${number(wanted)}</text>`)}`;
}

/**
 * Two labels on either side of a level scale.
 * @param {Gap} gap @param {Picture} p @param {{x: number, y: number}|null} a @param {{x: number, y: number}} t
 * @param {string} saidId @param {string} wantedId @param {number} wanted
 */
function tallLabels(gap, p, a, t, saidId, wantedId, wanted) {
  const hold = (/** @type {number} */ x) => Math.max(gap.low.x + 22, Math.min(gap.high.x - 22, x));
  const middle = (gap.low.x + gap.high.x) / 2;
  return svg`
    ${a ? askable(p, saidId, `said ${number(p.show(saidId) ?? 0)}`, svg`<text class="note halo" x=${hold(a.x + (a.x < middle ? -34 : 34))} y=${a.y - 15} text-anchor="middle">said <tspan class="n n-s">${number(p.show(saidId) ?? 0)}</tspan></text>`) : nothing}
    ${askable(p, wantedId, `wanted ${number(wanted)}`, svg`<text class="note" x=${hold(t.x)} y=${t.y + 30} text-anchor="middle">wanted <tspan class="n n-s">${number(wanted)}</tspan></text>`)}`;
}

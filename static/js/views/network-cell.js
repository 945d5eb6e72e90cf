// @ts-check
import { nothing, svg } from "../../vendor/lit.js";
import { number } from "../format.js";
import { glyphPath, glyphPoint, glyphTangent } from "../glyph.js";
import { svgNumberText } from "./number-text.js";
import { askable, name, slot } from "./svg-number.js";

/** @typedef {import("../layout.js").Cell} Cell */
/** @typedef {import("./network.js").Picture} Picture */

const GLYPH = { w: 34, h: 26 };
const FAR = 60; // from the middle: such a cell stands at a side

/**
 * One node: a given value, or z, the activation's curve with a dot on it, and a.
 * @param {Cell} cell @param {Picture} p
 */
export function cellView(cell, p) {
  const live = p.livePlace === cell.id;
  const classes = [
    "cell", cell.kind === "input" ? "given" : "",
    live ? `live ${p.phase}` : "", p.lit.has(cell.id) ? "lit" : "",
  ].join(" ");
  const left = cell.x - cell.w / 2;
  const top = cell.y - cell.h / 2;
  return svg`
    <rect class=${classes} x=${left} y=${top} width=${cell.w} height=${cell.h} rx="14"></rect>
    ${cellName(cell, p, left, top)}
    ${cell.kind === "input" ? inputValue(cell, p) : neuron(cell, p)}`;
}

/**
 * The name stands at a corner that no edge reaches.
 * @param {Cell} cell @param {Picture} p @param {number} left @param {number} top
 */
function cellName(cell, p, left, top) {
  if (!p.layout.tall) return name(cell.id, left + 4, top - 12, "start");
  if (cell.kind === "input") return svg`<g class="name-in">${name(cell.id, left + 12, cell.y + 6, "start")}</g>`;
  const inner = p.layout.width / 2 - cell.x > FAR ? left + cell.w - 26 : left + 6;
  return svg`<g class="name-in">${name(cell.id, inner, top - 9, "start")}</g>`;
}

/** @param {Cell} cell @param {Picture} p */
function inputValue(cell, p) {
  const tall = p.layout.tall;
  return slot(p, cell.id, cell.x + (tall ? 12 : 0), cell.y + 6, { anchor: "middle" });
}

/** @param {Cell} cell @param {Picture} p */
function neuron(cell, p) {
  const z = p.show(`${cell.id}.z`);
  const activation = p.activationOf(cell.id);
  const tall = p.layout.tall;
  const side = tall ? 51 : 66;
  const label = cell.y + (tall ? -11 : -15);
  const value = cell.y + (tall ? 17 : 18);
  const gx = cell.x, gy = cell.y + (tall ? 8 : 2);
  const slopeKnown = p.show(`${cell.id}.slope`) !== null;
  const a = p.show(`${cell.id}.a`);
  const dot = z === null ? null : glyphPoint(activation, z * (a === null ? p.sliding(`${cell.id}.a`) : 1), GLYPH.w, GLYPH.h);
  const tangent = slopeKnown && z !== null ? glyphTangent(activation, z, GLYPH.w, GLYPH.h) : null;
  return svg`
    <text class="tag" x=${cell.x - side} y=${label} text-anchor="middle">z</text>
    <text class="tag" x=${cell.x + side} y=${label} text-anchor="middle">a</text>
    ${slot(p, `${cell.id}.z`, cell.x - side, value, { anchor: "middle" })}
    ${slot(p, `${cell.id}.a`, cell.x + side, value, { anchor: "middle" })}
    <g transform="translate(${gx} ${gy})" aria-hidden="true">
      <path class="axis" d="M${-GLYPH.w / 2} ${GLYPH.h / 2 + 3}h${GLYPH.w}"></path>
      <path class="squash" d=${glyphPath(activation, GLYPH.w, GLYPH.h)}></path>
      ${tangent ? svg`<line class="tangent" x1=${tangent.x1} y1=${tangent.y1} x2=${tangent.x2} y2=${tangent.y2}></line>` : nothing}
      ${dot ? svg`<circle class="dot ${tangent ? "backward" : ""}" cx=${dot.x} cy=${dot.y} r="4"></circle>` : nothing}
    </g>
    ${blame(cell, p)}`;
}

/** The node's own gradient and slope, under the cell. @param {Cell} cell @param {Picture} p */
function blame(cell, p) {
  const y = cell.y + cell.h / 2 + 23;
  const left = cell.x - cell.w / 2 + 6;
  const delta = p.show(`${cell.id}.delta`);
  const slope = p.show(`${cell.id}.slope`);
  const waiting = p.show(`${cell.id}.grad_a`);
  const shown = delta !== null ? `${cell.id}.delta` : waiting !== null ? `${cell.id}.grad_a` : null;
  const value = delta ?? waiting;
  const fused = slope === null;
  return svg`
    ${shown && value !== null
      ? askable(p, shown, number(value, { sign: true }), svg`<text class="n n-s backward ${p.liveId === shown ? "strong" : ""}" x=${left} y=${y}><tspan class="tri">◂</tspan> ${svgNumberText(number(value, { sign: true }))}</text>`)
      : nothing}
    ${fused || p.layout.tall ? nothing : askable(p, `${cell.id}.slope`, `slope ${number(slope)}`, svg`<text class="note" x=${cell.x + cell.w / 2 - 6} y=${y} text-anchor="end">slope <tspan class="n n-s">${svgNumberText(number(slope))}</tspan></text>`)}`;
}

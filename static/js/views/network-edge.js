// @ts-check
import { nothing, svg } from "../../vendor/lit.js";
import { head, path, pointAt, reversed } from "../bezier.js";
import { number } from "../format.js";
import { PILL } from "../layout.js";
import { svgNumberText } from "./number-text.js";
import { askable } from "./svg-number.js";

/** @typedef {import("../layout.js").Edge} Edge */
/** @typedef {import("./network.js").Picture} Picture */
/** @typedef {import("../scene.js").Pulse} Pulse */

/** Drawn width of a weight: see --weight-* in tokens.css. @param {number} w */
const widthOf = (w) => Math.min(9, 1 + 3 * Math.abs(w));

/** The line itself: width by size, dashed when negative. @param {Edge} edge @param {Picture} p */
export function edgeLine(edge, p) {
  const w = p.weightAt(edge.id);
  const lit = p.lit.has(edge.id) || p.lit.has(`w:${edge.id}`) ? "lit" : "";
  return svg`<path class="edge ${w < 0 ? "neg" : "pos"} ${lit}" d=${path(edge.curve)} stroke-width=${widthOf(w).toFixed(2)}></path>`;
}

/** The constant-1 node that a bias hangs from. @param {Edge} edge */
export function biasNode(edge) {
  return edge.one === null ? nothing : svg`
    <circle class="one-node" cx=${edge.one.x} cy=${edge.one.y} r="12"></circle>
    <text class="n n-s" x=${edge.one.x} y=${edge.one.y + 5} text-anchor="middle">1</text>`;
}

/** The weight in its pill, its padlock, and the share of the blame that has landed on it. @param {Edge} edge @param {Picture} p */
export function edgePill(edge, p) {
  const { x, y } = edge.pill;
  const live = p.livePlace === edge.id;
  const weightId = p.show(`new:${edge.id}`) === null ? `w:${edge.id}` : `new:${edge.id}`;
  const lit = p.lit.has(edge.id) || p.lit.has(weightId) ? "lit" : "";
  const locked = p.locked;
  return askable(p, weightId, `${number(p.weightAt(edge.id))}${locked ? ", locked until the update" : ""}`, svg`
    <rect class="hit" x=${x - PILL.w / 2} y=${y - 24} width=${PILL.w} height="48" rx="8"></rect>
    <rect class="pill ${live ? `live ${p.phase}` : ""} ${lit}" x=${x - PILL.w / 2} y=${y - PILL.h / 2} width=${PILL.w} height=${PILL.h} rx=${PILL.h / 2}></rect>
    ${locked ? padlock(x - PILL.w / 2 + 20, y) : nothing}
    <text class="n n-s ${weightId.startsWith("new:") ? "update" : ""}" x=${x + (locked ? 10 : 0)} y=${y + 5} text-anchor="middle">${svgNumberText(number(p.weightAt(edge.id)))}</text>`);
}

/** @param {Edge} edge @param {Picture} p */
export function edgeLabel(edge, p) {
  const { x, y, anchor } = edge.label;
  const change = p.show(`change:${edge.id}`);
  const gradient = p.show(`grad:${edge.id}`);
  const id = change !== null ? `change:${edge.id}` : `grad:${edge.id}`;
  const value = change ?? gradient;
  if (value === null) return nothing;
  const kind = change !== null ? "update" : "backward";
  const settle = p.settling === id ? "landing" : "";
  return askable(p, id, number(value, { sign: true }), svg`<text class="n n-s halo ${kind} ${p.liveId === id ? "strong" : ""} ${settle}" x=${x} y=${y} text-anchor=${anchor}><tspan class="tri">${
    kind === "update" ? "◆" : "◂"}</tspan> ${svgNumberText(number(value, { sign: true }))}</text>`);
}

/** What a padlock means, once, in a corner that nothing else needs. @param {Picture} p */
export function lockWord(p) {
  if (!p.locked) return nothing;
  const { x, y } = p.layout.lock;
  return svg`<g aria-hidden="true">${padlock(x + 5, y - 5)}<text class="note halo" x=${x + 18} y=${y}>locked until the update</text></g>`;
}

/** @param {number} x @param {number} y */
function padlock(x, y) {
  return svg`<g class="lock" transform="translate(${x - 5} ${y - 6})" aria-hidden="true"><rect x="0" y="5" width="10" height="7.5" rx="1.5"></rect><path d="M2 5V3.2a3 3 0 0 1 6 0V5"></path></g>`;
}

/** The trail behind a pulse. @param {Pulse} pulse */
export function trailView({ edge, at, direction }) {
  const trail = direction === "forward" ? head(edge.curve, at) : head(reversed(edge.curve), 1 - at);
  return svg`<path class="trail ${direction}" d=${path(trail)}></path>`;
}

/** A tag that carries its number along an edge and points where it goes. @param {Pulse} pulse @param {boolean} tall */
export function pulseView({ edge, at, direction, value }, tall) {
  const forward = direction === "forward";
  const spot = pointAt(edge.curve, at);
  const text = number(value, { sign: !forward });
  const w = Math.max(58, text.length * 8.6 + 14);
  return svg`<g class="pulse ${direction}" transform="translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})">
      <path d=${tag(w, forward ? (tall ? "down" : "right") : (tall ? "up" : "left"))}></path>
      <text class="n n-s" y="5" text-anchor="middle">${svgNumberText(text)}</text>
    </g>`;
}

/** @param {number} w @param {"left"|"right"|"up"|"down"} to */
function tag(w, to) {
  const x = w / 2, y = 13;
  switch (to) {
    case "right": return `M${-x + 4} ${-y}H${x}L${x + 9} 0L${x} ${y}H${-x + 4}q-4 0-4-4V${-y + 4}q0-4 4-4z`;
    case "left": return `M${x - 4} ${-y}H${-x}L${-x - 9} 0L${-x} ${y}H${x - 4}q4 0 4-4V${-y + 4}q0-4-4-4z`;
    case "down": return `M${-x + 4} ${-y}H${x - 4}q4 0 4 4V${y - 4}q0 4-4 4H8L0 ${y + 8}L-8 ${y}H${-x + 4}q-4 0-4-4V${-y + 4}q0-4 4-4z`;
    default: return `M${-x + 4} ${y}H${x - 4}q4 0 4-4V${-y + 4}q0-4-4-4H8L0 ${-y - 8}L-8 ${-y}H${-x + 4}q-4 0-4 4V${y - 4}q0 4 4 4z`;
  }
}

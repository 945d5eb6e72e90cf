// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { number } from "../format.js";
import { around } from "../hill-labels.js";
import { labelsOf, planOf } from "../hill-plan.js";
import { HillScale } from "../hill-scale.js";
import { Swipe } from "../swipe.js";
import { arrowView, axes, bottomMarks, drawnNumber, trailRings, trailView } from "./hill-parts.js";
import { LightElement } from "./light-element.js";
import { edgeName } from "./name.js";
import { WidthWatch } from "./width-watch.js";

/** @typedef {import("../types.js").HillStop} HillStop */

const KEYS_ACROSS = 200, LEAP = 10; // an arrow key moves by so small a share of the picture, with Shift or Page by ten
const GRIP_PX = 24;
const ASPECT = 0.36, OF_WINDOW = 0.48;
const HEIGHT = { least: 310, most: 430 };

/** The landscape and the ball on it. Emits `hold` with x while the ball is moved, and `act` "step" from the ball's own Enter. */
export class HillCurve extends LightElement {
  static properties = {
    landscape: { attribute: false }, curve: { attribute: false }, digits: { attribute: false }, stop: { attribute: false },
    x: { attribute: false }, trail: { attribute: false }, moving: { attribute: false }, stale: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import("../types.js").HillLandscape|null} */ this.landscape = null;
    /** @type {import("../types.js").HillCurve|null} */ this.curve = null;
    /** @type {import("../hill-digits.js").Digits} */ this.digits = { x: 2, loss: 2, slope: 2 };
    /** The engine's numbers for the ball at rest. @type {HillStop|null} */ this.stop = null;
    /** Where the ball is drawn. @type {number} */ this.x = 0;
    /** @type {HillStop[]} */ this.trail = [];
    /** @type {boolean} */ this.moving = false;
    /** Another landscape was asked for. @type {boolean} */ this.stale = false;
    this.width = new WidthWatch(this);
    /** @type {HillScale|null} */ this.scale = null;
    this.gripped = false;
    /** A finger on the ball, until it is known where it goes. */ this.swipe = new Swipe();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const { widthPx } = this.width;
    if (!this.landscape || !this.curve || widthPx === 0) return;
    if (this.scale && !changed.has("curve") && !changed.has("landscape") && this.scale.widthPx === widthPx) return;
    this.scale = new HillScale(this.landscape, this.curve, { widthPx, heightPx: this.heightPx });
  }

  render() {
    const { scale, landscape, stop } = this;
    if (!scale || !landscape || !stop) return nothing;
    const { widthPx, heightPx } = scale;
    const { ballPx, ringPx } = scale;
    const { line, ground } = scale.paths;
    const shown = this.moving ? this.trail[this.trail.length - 1] : stop;
    const plan = planOf(scale, shown, this.moving ? shown.x : this.x);
    const ball = this.moving ? scale.resting(this.x, ballPx) : plan.ball;
    const trail = trailRings(scale, this.trail, [{ x: plan.ball.cx, y: plan.ball.cy, r: ballPx }, ...(plan.ghost ? [{ x: plan.ghost.cx, y: plan.ghost.cy, r: ballPx }] : [])]);
    const rings = trail.flatMap(({ ring, dot }) => [ring ? around(ring.x, ring.y, ringPx + 1) : around(dot.x, dot.y, 3)]);
    const labels = this.moving ? null : labelsOf(scale, plan, stop, this.digits, rings, landscape.minima);
    const gone = this.x < scale.low || this.x > scale.high;
    return html`<svg class="hill ${this.stale ? "stale" : ""}" width=${widthPx * this.width.scale} height=${heightPx * this.width.scale} viewBox="0 0 ${widthPx} ${heightPx}" role="group" aria-label="The loss, a ball on it, its slope and its next step"
      @pointerdown=${this.grip} @pointermove=${this.drag} @pointerup=${this.release} @pointercancel=${this.release}>
      <path class="ground" d=${ground}></path>${axes(scale)}<path class="curve" d=${line}></path>
      <text class="loss-name" x="0" y="16">loss</text>
      ${bottomMarks(scale, landscape.minima, shown.reason.bottom)}
      ${trailView(trail, ringPx)}
      ${this.moving || gone ? nothing : svg`<path class="tangent" d="M${plan.tangent.from.x} ${plan.tangent.from.y}L${plan.tangent.to.x} ${plan.tangent.to.y}"></path>`}
      ${gone && !this.moving ? nothing : arrowView(plan, ballPx)}
      ${labels && !gone ? svg`${labels.bottoms.map((each) => label(each, "quiet"))}${label(labels.slope, "backward")}${label(labels.step, "update")}` : nothing}
      ${gone ? this.away(scale) : this.ball(ball, ballPx)}
    </svg>
    <p class="axis-name">${landscape.axis === "x" ? html`<i>x</i>` : html`weight ${edgeName(landscape.axis)}`}</p>`;
  }

  /** Less in a short window, so that the hill is seen with what drives the ball. */
  get heightPx() {
    const { widthPx, windowPx } = this.width;
    return Math.round(Math.max(HEIGHT.least, Math.min(HEIGHT.most, widthPx * ASPECT, windowPx * OF_WINDOW)));
  }

  /** @param {import("../hill-scale.js").Resting} at @param {number} ballPx */
  ball({ cx, cy, x }, ballPx) {
    const turn = x / ballPx;
    return svg`<g class="ball" role="slider" tabindex="0" aria-label="Ball" aria-valuemin=${this.landscape?.low} aria-valuemax=${this.landscape?.high}
      aria-valuenow=${this.x} aria-valuetext=${this.spoken} @keydown=${this.key}>
      <circle class="grip" cx=${cx} cy=${cy} r=${GRIP_PX}></circle><circle class="halo" cx=${cx} cy=${cy} r=${ballPx + 5}></circle>
      <circle class="body" cx=${cx} cy=${cy} r=${ballPx}></circle>
      <circle class="glint" cx=${cx + Math.cos(turn) * ballPx * 0.55} cy=${cy + Math.sin(turn) * ballPx * 0.55} r="2.6"></circle></g>`;
  }

  /** A ball that has left the picture: a pointer at the edge. It can be taken hold of there. @param {HillScale} scale */
  away(scale) {
    const right = this.x > scale.high;
    const { ballPx } = scale;
    const x = right ? scale.right - 4 : scale.left + 4, y = scale.top - 24, s = right ? 1 : -1;
    return svg`<g class="ball away" role="slider" tabindex="0" aria-label="Ball" aria-valuemin=${this.landscape?.low} aria-valuemax=${this.landscape?.high}
      aria-valuenow=${right ? scale.high : scale.low} aria-valuetext=${`${this.spoken}, out of the picture`} @keydown=${this.key}>
      <circle class="grip" cx=${x - s * 10} cy=${y} r=${GRIP_PX}></circle><circle class="halo" cx=${x - s * 10} cy=${y} r=${ballPx + 5}></circle>
      <circle class="ghost" cx=${x - s * 10} cy=${y} r=${ballPx}></circle>
      <path class="chevron" d="M${x - s * 13} ${y - 6}l${s * 6} 6l${-s * 6} 6"></path>
      <text class="label" x=${x - s * 32} y=${y + 5} text-anchor=${right ? "end" : "start"}>${drawnNumber(number(this.x, { digits: this.digits.x }))}</text></g>`;
  }

  get spoken() {
    const at = number(this.x, { digits: this.digits.x });
    return this.stop?.x === this.x && this.stop.loss !== null ? `${at}, loss ${number(this.stop.loss, { digits: this.digits.loss })}` : at;
  }

  /** @param {PointerEvent} event */
  grip(event) {
    const onBall = event.target instanceof Element && event.target.closest(".ball");
    if (event.button !== 0 || (!onBall && event.pointerType !== "mouse")) return; // a finger beside the ball scrolls the page
    event.preventDefault();
    if (event.pointerType !== "mouse") this.swipe.began(event);
    else this.take(event);
    if (!onBall) this.drag(event);
  }

  /** @param {PointerEvent} event */
  take(event) {
    /** @type {SVGElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.gripped = true;
    /** @type {SVGElement|null} */ (this.querySelector(".ball"))?.focus({ focusVisible: false, preventScroll: true });
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (this.swipe.turnsAcross(event)) this.take(event);
    if (!this.gripped || !this.scale) return;
    const box = /** @type {SVGElement} */ (event.currentTarget).getBoundingClientRect();
    this.emit("hold", this.rounded(this.scale.at((event.clientX - box.left) / this.width.scale)));
  }

  release() {
    this.gripped = false;
    this.swipe.ended();
  }

  /** A place as fine as the picture, so that its number can be read whole. @param {number} x */
  rounded(x) {
    const held = Number(x.toFixed(this.digits.x + 1));
    return Math.min(this.landscape?.high ?? held, Math.max(this.landscape?.low ?? held, held));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { scale } = this;
    if (!scale || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = ((scale.high - scale.low) / KEYS_ACROSS) * (event.shiftKey ? LEAP : 1);
    /** @type {Record<string, number>} */
    const places = {
      ArrowRight: this.x + by, ArrowUp: this.x + by, ArrowLeft: this.x - by, ArrowDown: this.x - by,
      PageUp: this.x + by * LEAP, PageDown: this.x - by * LEAP, Home: scale.low, End: scale.high,
    };
    if (!(event.key in places)) return;
    event.preventDefault();
    this.emit("hold", this.rounded(Math.min(scale.high, Math.max(scale.low, places[event.key]))));
  }
}

/** @param {import("../hill-plan.js").Label|null} label @param {string} kind */
function label(label, kind) {
  if (!label) return nothing;
  const { text, value, spot } = label;
  return svg`<text class="label ${kind}" x=${spot.x} y=${spot.y} text-anchor=${spot.anchor}>${text}${value ? svg` <tspan class="value">${drawnNumber(value)}</tspan>` : nothing}</text>`;
}

customElements.define("bp-hill-curve", HillCurve);

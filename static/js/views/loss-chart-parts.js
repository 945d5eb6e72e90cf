// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { FINISH, lastKnownLoss } from "../loss-picture.js";
import { lanePath } from "../lane-marks.js";
import { laneLabelSvg } from "./lane-key.js";

/** @typedef {import("../loss-picture.js").LossPicture} LossPicture */
/** @typedef {import("../types.js").LaneCurve} LaneCurve */

/** What lies under the veil: grid and curves. @param {LossPicture} p @param {number} scale how large it is drawn */
export function groundView(p, scale) {
  const { left, right, top, bottom } = p.plot;
  return html`<svg class="plot-ground" width=${p.width * scale} height=${p.height * scale} viewBox="0 0 ${p.width} ${p.height}" aria-hidden="true">
    ${p.yTicks.map((tick) => svg`<path class="grid" d="M${left} ${half(p.y(tick.value))}H${right}"></path>`)}
    <path class="base" d="M${left} ${half(bottom)}H${right}"></path>
    <svg x=${left} y=${top - 3} width=${right - left + 2} height=${bottom - top + 6} viewBox="${left} ${top - 3} ${right - left + 2} ${bottom - top + 6}" class="cut">
      ${p.curves.map((curve) => curve.area ? svg`<path class="curve-band l${curve.lane}" d=${curve.area}></path>` : nothing)}
      ${p.curves.map((curve) => svg`<path class="curve l${curve.lane} ${curve.area ? "median" : ""}" d=${curve.d}></path>`)}</svg>
  </svg>`;
}

/** A hairline on whole pixels. @param {number} y */
const half = (y) => Math.round(y) + 0.5;

/** What stands above it: names of the axes, the line on which every row is off by 0.2, flags, labels at the ends. @param {LossPicture} p @param {number} epoch */
export function frontView(p, epoch) {
  const { left, right, top, bottom } = p.plot;
  return svg`
    <text class="axis-name" x=${left - 9} y=${top - 15} text-anchor="end">loss</text>
    ${p.yTicks.map((tick) => svg`<text class="tick" x=${left - 9} y=${p.y(tick.value) + 4.5} text-anchor="end">${tick.text}${
      tick.power === null ? nothing : svg`<tspan class="power" dy="-5">${tick.power}</tspan>`}</text>`)}
    ${p.xTicks.map((tick) => svg`<text class="tick" x=${p.x(tick.value)} y=${bottom + 21} text-anchor="middle">${tick.text}</text>`)}
    ${p.finishY === null ? nothing : svg`<path class="finish" d="M${left} ${p.finishY}H${right}"></path>`}
    ${p.finishY !== null && p.ends.length === 0 ? svg`<text class="direct quiet halo" x=${right - 2} y=${p.finishY + p.finishWordsPx} text-anchor="end">${FINISH}</text>` : nothing}
    ${p.flags.map((flag) => flagLine(flag, epoch))}
    ${p.flags.map((flag) => flagWords(flag, epoch))}
    ${p.ends.map((label) => endLabel(label, right))}`;
}

/** @param {import("../loss-picture.js").DrawnFlag} flag @param {number} epoch */
function flagLine(flag, epoch) {
  const from = flag.textY - 9;
  return svg`<g class="flag l${flag.lane} ${flag.epoch <= epoch ? "" : "to-come"}">
    ${flag.y > from + 16 ? svg`<path class="pole" d="M${half(flag.x)} ${from}V${flag.y}"></path>` : nothing}
    <path class="lane-mark" d=${lanePath(flag.lane, 5.5)} transform="translate(${flag.x} ${flag.y})"></path></g>`;
}

/** @param {import("../loss-picture.js").DrawnFlag} flag @param {number} epoch */
function flagWords(flag, epoch) {
  return flag.epoch > epoch ? nothing
    : svg`<text class="direct halo" x=${flag.textX} y=${flag.textY + 4} text-anchor=${flag.side}>${flag.text}</text>`;
}

/** @param {import("../loss-picture.js").EndLabel} label @param {number} right */
function endLabel(label, right) {
  if (label.lane === null) return svg`<text class="direct quiet" x=${right + 9} y=${label.y + 5}>${label.text}</text>`;
  return svg`<g class="end-label l${label.lane}"><path class="lane-mark" d=${lanePath(label.lane, 5)} transform="translate(${right + 15} ${label.y})"></path>
    <text class="direct" x=${right + 28} y=${label.y + 5}>${laneLabelSvg(label.text)}</text></g>`;
}

/** A mark on each curve at an epoch, or where the curve ends before it. @param {LossPicture} p @param {readonly LaneCurve[]} curves @param {number} epoch @param {string} kind */
export function headDots(p, curves, epoch, kind) {
  return svg`${curves.map((curve, i) => {
    const at = Math.min(epoch, curve.known - 1);
    const y = p.y(lastKnownLoss(curve, at));
    return Number.isNaN(y) ? nothing : svg`<path class="lane-mark ${kind} l${p.curves[i]?.lane ?? 0}" d=${lanePath(p.curves[i]?.lane ?? 0, 5)} transform="translate(${p.x(at).toFixed(1)} ${y.toFixed(1)})"></path>`;
  })}`;
}

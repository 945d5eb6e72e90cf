// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { lanePath } from "../lane-marks.js";

/** A lane's line and mark, as a key. @param {number} lane */
export function laneKey(lane) {
  return html`<svg class="lane-key l${lane}" viewBox="0 0 34 14" aria-hidden="true"><path class="curve" d="M0 7H34"></path><path class="lane-mark" d=${lanePath(lane, 5)} transform="translate(17 7)"></path></svg>`;
}

const VARIABLE = /^η\s+/;

/** A lane's label in running text; a leading η is a variable. @param {string} label */
export function laneLabel(label) {
  return VARIABLE.test(label) ? html`<i class="var">η</i> <span class="n">${label.replace(VARIABLE, "")}</span>` : html`${label}`;
}

/** The same inside a picture. @param {string} label */
export function laneLabelSvg(label) {
  return VARIABLE.test(label) ? svg`<tspan class="var">η</tspan><tspan dx="4">${label.replace(VARIABLE, "")}</tspan>` : svg`${label || nothing}`;
}

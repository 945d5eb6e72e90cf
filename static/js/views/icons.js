// @ts-check
import { html } from "../../vendor/lit.js";


export const ICONS = {
  back: html`<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path d="M13 8H3.5M7.5 4l-4 4 4 4"></path></svg>`,
  step: html`<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h9.5M8.5 4l4 4-4 4"></path></svg>`,
  play: html`<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path class="fill" d="M4.5 2.8v10.4L13 8z"></path></svg>`,
  pause: html`<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path class="fill" d="M4 3h3v10H4zM9 3h3v10H9z"></path></svg>`,
};

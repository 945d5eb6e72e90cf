// @ts-check
import { html, nothing, svg } from "../../vendor/lit.js";
import { outlines, ROW_PX } from "../streams-picture.js";
import { askNumber } from "./ask-number.js";
import { LightElement } from "./light-element.js";
import { nodeName } from "./name.js";

/** @typedef {import("../streams-picture.js").Stream} Stream */
/** @typedef {import("../streams-picture.js").Streams} Streams */

/** The shares of the blame that come back to a hidden node, as streams that meet in it. Emits `two-outputs`. */
export class StreamsView extends LightElement {
  static properties = { streams: { attribute: false }, name: { attribute: false } };

  constructor() {
    super();
    /** @type {Streams|null} */ this.streams = null;
    /** What a share is a product of, beside the weight. @type {string} */ this.name = "delta";
  }

  render() {
    const picture = this.streams;
    if (!picture) return nothing;
    const { node, streams, sumId, sum } = picture;
    return html`<figure class="streams" tabindex="-1" aria-label="What is handed back to ${node}" data-rows=${streams.length}>
      <div class="flow">
        <div class="into">${nodeName(node)}${sum === null ? html`<span class="blank" aria-label="not yet">····</span>` : askNumber(sumId, sum, { sign: true, mark: "backward" })}</div>
        ${this.bands(picture)}
        <ul>${streams.map((stream) => this.source(stream))}</ul>
      </div>
      <figcaption>${streams.length > 1 ? "It has no target of its own: what it answers for is the sum of what comes back."
        : html`It has no target of its own: this one stream is all. <button type="button" class="show" @click=${() => this.emit("two-outputs")}>Give it two outputs</button>`}</figcaption>
    </figure>`;
  }

  /** @param {Streams} picture */
  bands(picture) {
    const { streams, sum } = picture;
    const bands = outlines(picture);
    const height = streams.length * ROW_PX;
    return html`<svg class="river" height=${height} viewBox="0 0 100 ${height}" preserveAspectRatio="none" aria-hidden="true">
      ${streams.map((stream, i) => (stream.value === null
        ? svg`<path class="to-come" d="M100 ${(i + 0.5) * ROW_PX}L26 ${bands.middle}"></path>`
        : svg`<path class="band ${stream.value < 0 ? "neg" : "pos"}" d=${bands.streams[i]}></path>`))}
      ${sum === null ? svg`<path class="to-come" d="M26 ${bands.middle}H0"></path>` : svg`<path class="band ${sum < 0 ? "neg" : "pos"}" d=${bands.sum}></path>`}</svg>`;
  }

  /** @param {Stream} stream */
  source({ id, from, deltaId, delta, weightId, weight, value }) {
    return html`<li><span class="share">${value === null ? html`<span class="blank" aria-label="not yet">····</span>` : askNumber(id, value, { sign: true, mark: "backward" })} from ${nodeName(from)}</span>
      <small>${this.name} ${askNumber(deltaId, delta, { sign: true })} × weight ${askNumber(weightId, weight)}</small></li>`;
  }
}

customElements.define("bp-streams", StreamsView);

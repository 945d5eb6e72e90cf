// @ts-check
import { html } from "../../vendor/lit.js";
import { LightElement } from "./light-element.js";

/** @type {[string, string][]} */
const KEYS = [
  ["→", "one step on"], ["←", "one step back"], ["Space", "play or pause"],
  ["Home", "to the start of the pass"], ["End", "to its end"], ["Esc", "close the derivation"], ["P", "the figure alone, in large type"], ["?", "this help"],
];

/** The small help: keys, and what the marks mean. */
export class HelpView extends LightElement {
  render() {
    return html`<dialog class="help" aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl>${KEYS.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
      <h2>Marks</h2>
      <dl>
        <div><dt class="tri forward">▸</dt><dd>forward: values flow towards the output</dd></div>
        <div><dt class="tri backward">◂</dt><dd>backward: blame flows back to every weight</dd></div>
        <div><dt class="tri update">◆</dt><dd>update: all weights move at once</dd></div>
        <div><dt><svg class="line-key" viewBox="0 0 36 8" aria-hidden="true"><path class="edge pos" d="M0 4H36" stroke-width="3"></path></svg></dt><dd>positive weight, wider when larger</dd></div>
        <div><dt><svg class="line-key" viewBox="0 0 36 8" aria-hidden="true"><path class="edge neg" d="M0 4H36" stroke-width="3"></path></svg></dt><dd>negative weight</dd></div>
      </dl>
      <form method="dialog"><button class="go">Close</button></form>
    </dialog>`;
  }

  open() {
    this.querySelector("dialog")?.showModal();
  }
}

customElements.define("bp-help", HelpView);

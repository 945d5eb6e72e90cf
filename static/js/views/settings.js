// @ts-check
import { html, live, nothing } from "../../vendor/lit.js";
import { exact, plain } from "../format.js";
import { LightElement } from "./light-element.js";

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").Catalog} Catalog */

const OWN = "your own numbers";

/** The sentence that says what is shown, each underlined part a control. Emits `change-spec` with a change, or `preset`. */
export class SettingsView extends LightElement {
  static properties = {
    spec: { attribute: false }, catalog: { attribute: false }, preset: { attribute: false },
    sample: { attribute: false }, refused: { attribute: false }, editing: { attribute: false }, folded: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Spec|null} */ this.spec = null;
    /** @type {Catalog|null} */ this.catalog = null;
    /** @type {string} */ this.preset = "";
    /** @type {number} */ this.sample = 0;
    /** The id of a refused number. @type {string|null} */ this.refused = null;
    /** @type {boolean} */ this.editing = false;
    /** In a small window it is behind its first words. @type {boolean} */ this.folded = false;
  }

  render() {
    const { spec, catalog } = this;
    if (!spec || !catalog) return nothing;
    if (!this.folded) return html`<div class="settings">${this.sentence(spec, catalog)}</div>`;
    const shown = catalog.presets.find(({ name }) => name === this.preset)?.label ?? OWN;
    return html`<details class="settings"><summary>Settings: ${shown}</summary>${this.sentence(spec, catalog)}</details>`;
  }

  /** @param {Spec} spec @param {Catalog} catalog */
  sentence(spec, catalog) {
    const hidden = spec.activations[0];
    const output = spec.activations[spec.activations.length - 1];
    const choices = catalog.activations.filter((a) => a.name !== "softmax");
    const losses = catalog.losses.filter((l) => l.name !== "cross_entropy" || output === "softmax");
    return html`<p>Showing ${this.select("Example", this.preset, [
        ...(this.preset === "" ? [{ name: "", label: OWN }] : []), ...catalog.presets,
      ], (name) => this.emit("preset", name))}${spec.data.x.length > 1 ? html`, row ${this.select("Row of the data", String(this.sample), spec.data.x.map((x, i) => ({
        name: String(i), label: `${x.map(exact).join(", ")} → ${spec.data.y[i].map(exact).join(", ")}`,
      })), (row) => this.emit("row", Number(row)))}` : nothing},
      with ${this.select("Hidden activation", hidden, choices, (name) => this.emit("change-spec", { activations: spec.activations.map((a, i) => (i === spec.activations.length - 1 ? a : name)) }))} hidden neurons,
      a ${this.select("Output activation", output, choices, (name) => this.emit("change-spec", { activations: [...spec.activations.slice(0, -1), name] }))} output,
      ${this.select("Loss", spec.loss, losses, (loss) => this.emit("change-spec", { loss }))},
      ${this.select("Biases", spec.biases ? "on" : "off", [{ name: "on", label: "biases on" }, { name: "off", label: "biases off" }], (b) => this.emit("change-spec", { biases: b === "on" }))},
      ${this.select("Blame is written as", spec.sign ?? "gradient", catalog.signs.map(({ name, label }) => ({ name, label: `blame as ${label}s` })), (value) => this.emit("convention", { name: "sign", value }))}
      <span class="nb">and learning rate <input class="eta" aria-label="Learning rate" data-field="eta" aria-invalid=${this.refused === "eta" ? "true" : "false"} inputmode="decimal" autocomplete="off" .value=${plain(spec.learning_rate)}
        @change=${(/** @type {Event} */ e) => this.emit("edit", { id: "eta", text: /** @type {HTMLInputElement} */ (e.currentTarget).value })}>.</span>
      <label class="hold"><input type="checkbox" role="switch" .checked=${live(spec.hold === true)} @change=${(/** @type {Event} */ e) => this.emit("change-spec", { hold: /** @type {HTMLInputElement} */ (e.currentTarget).checked })}>Hold the update back</label>
      <button type="button" class="edit-toggle" aria-pressed=${this.editing ? "true" : "false"} @click=${() => this.emit("toggle-editing")}>${this.editing ? "Done editing" : "Edit numbers"}</button></p>`;
  }

  /** @param {string} label @param {string} value @param {{name: string, label: string}[]} options @param {(name: string) => void} choose */
  select(label, value, options, choose) {
    return html`<select class="pick" aria-label=${label} @change=${(/** @type {Event} */ e) => choose(/** @type {HTMLSelectElement} */ (e.currentTarget).value)}>${
      options.map((o) => html`<option value=${o.name} .selected=${live(o.name === value)}>${o.label}</option>`)}</select>`;
  }
}

customElements.define("bp-settings", SettingsView);

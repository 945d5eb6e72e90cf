// @ts-check
// What a learner may change of figure `passes`: each change is another spec, and is said in words.
import { number, parseNumber, plain, spokenName } from "../format.js";
import { affectedBy } from "../tape.js";
import { fitted, initialFrom, startingAt, withSettings, withValue } from "./edits.js";
import { Refused } from "./pass-run.js";
import { PassWalk } from "./pass-walk.js";

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").GivenInitial} GivenInitial */

export class PassesSession extends PassWalk {
  /** An edit of the very first weights moves what Reset returns to; a later one does not. @param {Spec} spec */
  startAfter(spec) {
    return this.pass === 0 ? /** @type {GivenInitial} */ (spec.initial) : null;
  }

  /** @param {string} id @param {string} text */
  edit(id, text) {
    const old = this.tape.byId.get(id)?.value ?? 0;
    if (text.trim() === plain(old)) return;
    const value = parseNumber(text);
    const name = spokenName(id);
    if (value === null) {
      this.act();
      const got = text.trim() === "" ? "it is empty" : `got “${text}”`;
      this.refusal = { id, message: `${name[0].toUpperCase()}${name.slice(1)} takes a number, but ${got}. Your last numbers are kept.` };
      return this.onChange();
    }
    const given = id.replace(/^new:/, "w:");
    const { spec, network, sample } = this.base;
    const next = withValue(spec, network, sample, given, value);
    return this.want({
      spec: next, field: id, fresh: false, start: /^(w|new):/.test(id) ? this.startAfter(next) : null,
      words: `You changed ${name}: ${number(old)} became ${number(value)}.`,
    }, affectedBy(this.tape, given));
  }

  /** @param {Partial<Spec>} change */
  change(change) {
    const { spec, network, sample } = this.base;
    const { next, words } = withSettings(spec, network, sample, change);
    const only = (/** @type {string} */ setting) => Object.keys(change).every((key) => key === setting);
    if (only("hold")) return this.want({ spec: next, words: "", field: null, fresh: false, start: null }, this.from("update"));
    const answers = only("loss") && next.activations.join() === spec.activations.join(); // what the output says stays
    return this.want({ spec: next, words, field: null, fresh: false, start: null }, answers ? this.from("loss") : null);
  }

  /** What is computed from a phase on. @param {import("../types.js").Phase} phase */
  from(phase) {
    const first = this.tape.phases.find((each) => each.phase === phase)?.from ?? Infinity;
    return new Set(this.tape.entries.slice(first).map(({ id }) => id));
  }

  /** @param {string} name */
  choosePreset(name) {
    const preset = this.catalog.presets.find((one) => one.name === name);
    if (!preset) return;
    return this.want({ spec: preset.spec, words: "", field: null, at: 0, start: /** @type {GivenInitial} */ (preset.spec.initial), fresh: true }, null);
  }

  /** @param {number} row */
  chooseRow(row) {
    const { spec, network } = this.base;
    return this.want({ spec: { ...spec, initial: initialFrom(network), data: startingAt(spec.data, row) }, words: "", field: null, start: null, fresh: true }, null);
  }

  /** Back to the same initial weights, with the data and settings of now. */
  reset() {
    const { spec, sample } = this.base;
    const initial = fitted(this.start, spec);
    const first = this.timeline.segments[0].run;
    const { begun } = first;
    if (!this.wanted && this.run === first && begun && JSON.stringify(initialFrom(begun)) === JSON.stringify(initial)) return this.goTo(0);
    return this.want({ spec: { ...spec, initial, data: startingAt(spec.data, sample) }, words: "", field: null, at: 0, start: null, fresh: true }, null);
  }

  async newWeights() {
    const { layers, activations, biases } = this.base.spec;
    const initializer = /relu/.test(activations[0]) ? "he" : "xavier";
    const intent = this.act();
    const answer = await this.ask(async () => {
      const drawn = await this.connection.request("new_weights", { layers, activations, biases, initializer, seed: null });
      if (!drawn.ok) throw new Refused(drawn.error);
      return drawn;
    });
    if (intent !== this.intent) return;
    if (answer instanceof Refused) this.refusal = { id: null, message: answer.message };
    else if (answer === null) this.later = () => void this.newWeights();
    else {
      const { spec, sample } = this.base;
      const initial = fitted(answer.initial, spec);
      return this.want({ spec: { ...spec, initial, data: startingAt(spec.data, sample) }, words: "", field: null, at: 0, start: initial, fresh: true }, null);
    }
    this.onChange();
  }
}

// @ts-check
// One run: the passes of one spec, fetched as they are needed and kept. A changed spec is another run.

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").PassBody} PassBody */
/** @typedef {import("../types.js").RefusalReason} RefusalReason */
/** @typedef {import("../connection.js").Connection} Connection */

export const LAST_PASS = 999;
const AHEAD = 8;

/** The server's answer was a reasoned no. */
export class Refused extends Error {
  /** @param {RefusalReason} reason */
  constructor(reason) {
    super(reason.message);
    this.reason = reason;
  }
}

export class PassRun {
  /** @param {Connection} connection @param {Spec} spec */
  constructor(connection, spec) {
    this.connection = connection;
    this.spec = spec;
    /** @type {Map<number, PassBody>} */
    this.passes = new Map();
    /** @type {number[]} */
    this.losses = [];
    /** The first pass whose numbers are not finite. @type {{pass: number, message?: string}|null} */
    this.diverged = null;
    this.ahead = false;
    /** What pass 0 starts from, once it is known. @type {import("../types.js").NetworkParameters|null} */
    this.begun = null;
  }

  /** The same run with derivatives written another way: what it learned is known, its passes are not. @param {import("../types.js").SignName} sign */
  restated(sign) {
    return Object.assign(new PassRun(this.connection, { ...this.spec, sign }), { losses: [...this.losses], begun: this.begun });
  }

  /** @param {import("../types.js").PassAnswer} answer */
  keep(answer) {
    this.spec = answer.spec;
    answer.history.forEach((loss, k) => (this.losses[k] ??= loss));
    this.keepBody(answer);
  }

  /** The loss of a pass is the one of its tape, to the last bit. @param {PassBody} body */
  keepBody(body) {
    this.passes.set(body.pass, body);
    if (body.pass === 0) this.begun = body.network;
    const loss = body.entries.find((entry) => entry.id === "loss");
    if (loss) this.losses[body.pass] = loss.value;
  }

  /**
   * The pass, from what is kept or from the server.
   * @param {number} k @returns {Promise<PassBody>}
   */
  async pass(k) {
    const kept = this.passes.get(k);
    if (kept) return kept;
    const answer = await this.connection.request("pass", { spec: this.spec, pass: k });
    if (!answer.ok) {
      if (answer.diverged) this.diverged = answer.diverged;
      throw new Refused(answer.error);
    }
    this.keep(answer);
    return answer;
  }

  /** Fetch what Play and Next sample will want, quietly: a failure is met again, with words, by `pass`. @param {number} k */
  async prefetch(k) {
    const start = k + 1;
    if (this.ahead || this.diverged || start > LAST_PASS || (this.passes.has(start) && this.passes.has(start + 1))) return;
    this.ahead = true;
    try {
      const count = Math.min(AHEAD, LAST_PASS + 1 - start);
      const answer = await this.connection.request("passes", { spec: this.spec, start, count });
      if (answer.diverged) this.diverged = answer.diverged;
      if (answer.ok) for (const body of answer.passes) this.keepBody(body);
    } catch {
      // Out of reach: what is kept stays usable, and the pass is asked for again when it is needed.
    } finally {
      this.ahead = false;
    }
  }
}

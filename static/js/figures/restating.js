// @ts-check
// Writing every run of figure `passes` with another sign. It is the same learning: the play head, the passes and their losses stay.
import { signOf, turns } from "../signs.js";
import { makeTape } from "../tape.js";
import { Refused } from "./pass-run.js";

/** @typedef {import("../types.js").PassBody} PassBody */
/** @typedef {import("../types.js").SignName} SignName */
/** @typedef {{stale: Map<string, number>, notice: {text: string, recomputeTo: number}|null}} Struck */

export class Restating {
  /** @param {import("./pass-walk.js").PassWalk} session */
  constructor(session) {
    this.session = session;
    /** How derivatives are written in every run, or about to be. */
    this.sign = signOf(session.run.spec);
    /** Counts what was chosen. */
    this.choices = 0;
    this.asking = false;
    /** The engine said no: nothing is asked until a sign is chosen, a pass is shown, or the connection is there again. */
    this.refused = false;
  }

  /** Whether a run is still written with another sign than the one in force. */
  get needed() {
    return this.session.timeline.segments.some(({ run }) => signOf(run.spec) !== this.sign);
  }

  /** Whether the runs are about to be written anew. */
  get waits() {
    return this.needed && !this.refused;
  }

  /** @param {SignName} sign */
  choose(sign) {
    this.choices += 1;
    this.put(sign);
    return this.settle();
  }

  /** What is on its way is to come so as well. @param {SignName} sign */
  put(sign) {
    const { session } = this;
    this.sign = sign;
    if (session.wanted) session.wanted = { ...session.wanted, spec: { ...session.wanted.spec, sign } };
  }

  /** Get the pass that is shown as it is written with the sign in force, the newest only. */
  async settle() {
    if (this.asking) return;
    this.asking = true;
    this.refused = false;
    try {
      let answered = true;
      while (answered && this.waits) answered = await this.ask();
    } finally {
      this.asking = false;
    }
    this.session.onChange();
  }

  /** Ask once; whether there was an answer. @returns {Promise<boolean>} */
  async ask() {
    const { session, sign } = this;
    const { pass: shown, timeline } = session;
    const { segments } = timeline;
    const next = timeline.restated(sign);
    const { run, pass } = next.at(shown);
    const answer = await session.ask(() => run.pass(pass));
    if (sign !== this.sign || shown !== session.pass || segments !== session.timeline.segments) return true;
    if (answer === null) return false;
    if (answer instanceof Refused) {
      this.refused = true;
      this.put(signOf(session.run.spec));
      session.refusal = { id: null, message: answer.message };
    } else {
      session.timeline = Object.assign(next, { length: timeline.length });
      this.rewrite(answer);
    }
    return true;
  }

  /** The pass that is shown, written anew: the same numbers in the same order. @param {PassBody} body */
  rewrite(body) {
    const { session } = this;
    session.body = body;
    session.tape = makeTape(body, this.sign);
    session.head.tape = session.tape;
    forgetTurned(session);
    if (session.before) forgetTurned(session.before);
    session.onChange();
    void session.run.prefetch(body.pass);
  }
}

/** What was struck through with the other sign is not shown any more. @param {Struck} state */
function forgetTurned(state) {
  if (state.stale.size === 0) return;
  state.stale = new Map([...state.stale].filter(([id]) => !turns(id)));
  if (state.stale.size === 0) state.notice = null;
}

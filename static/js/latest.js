// @ts-check
// Questions that come faster than they should be asked: one under way, a pause between two, and only the newest waits.

/** What becomes of a question: its answer, or null where none came. @template Q, A @typedef {(question: Q, answer: A|null) => void} Told */

const GAP_MS = 40; // the server takes 40 requests a second from one page

/** @template Q, A */
export class Latest {
  /**
   * @param {(question: Q) => Promise<A>} ask @param {Told<Q, A>} tell
   * @param {{gapMs?: number, now?: () => number, later?: (work: () => void, ms: number) => unknown}} [clock]
   */
  constructor(ask, tell, { gapMs = GAP_MS, now = () => performance.now(), later = (work, ms) => setTimeout(work, ms) } = {}) {
    this.ask = ask;
    this.tell = tell;
    this.gapMs = gapMs;
    this.now = now;
    this.later = later;
    /** @type {{question: Q}|null} */ this.next = null;
    this.underWay = false;
    this.asked = -Infinity;
  }

  /** Whether an answer is still to come. */
  get busy() {
    return this.underWay || this.next !== null;
  }

  /** Ask this as soon as may be; what waited is not asked any more. @param {Q} question */
  want(question) {
    this.next = { question };
    this.pump();
  }

  pump() {
    if (this.underWay || !this.next) return;
    this.underWay = true;
    const wait = this.asked + this.gapMs - this.now();
    if (wait > 0) this.later(() => void this.send(), wait);
    else void this.send();
  }

  async send() {
    if (!this.next) return;
    const { question } = this.next;
    this.next = null;
    this.asked = this.now();
    /** @type {A|null} */ let answer = null;
    try {
      answer = await this.ask(question);
    } catch {
      // No answer: told as such.
    }
    this.underWay = false;
    this.tell(question, answer);
    this.pump();
  }
}

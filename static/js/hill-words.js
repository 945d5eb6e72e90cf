// @ts-check
// A verdict in words: a headline, and its evidence with the engine's numbers. No DOM.
import { exact, number } from "./format.js";

/** @typedef {import("./types.js").HillStop} HillStop */
/** @typedef {import("./types.js").HillLandscape} HillLandscape */
/** @typedef {import("./hill-digits.js").Digits} Digits */
/** A sentence in pieces: words, and numbers already written. @typedef {(string|{n: string})[]} Sentence */
/** @typedef {{headline: string, evidence: Sentence}} Words */

/** @type {Record<import("./types.js").HillVerdict, string>} */
const HEADLINES = {
  arrived: "Arrived.", stuck: "Stuck.", crawling: "Crawling.", descending: "Descending.",
  overshooting: "Overshooting, but closing in.", bouncing: "Bouncing.", leaping: "Over the ridge.",
  stranding: "Thrown onto a plateau.", diverging: "Diverging.",
};

/**
 * @param {HillStop} stop where the ball is @param {HillLandscape} landscape @param {Digits} digits
 * @param {number} rate @param {number} left the number of the step that took it out of the picture, where it is out; 0: none
 * @returns {Words}
 */
export function verdictWords(stop, landscape, digits, rate, left) {
  if (isOutside(stop, landscape)) return gone(stop, digits, left);
  const headline = stop.verdict === "stuck" && landscape.ridges.includes(stop.x) ? "Balanced on the ridge." : HEADLINES[stop.verdict];
  return { headline, evidence: evidence(stop, digits, rate) };
}

/** One word for a table. @param {HillStop} stop */
export const verdictWord = ({ verdict }) => (verdict === "leaping" ? "over the ridge" : verdict === "stranding" ? "onto a plateau" : verdict);

/** @param {{x: number}} stop @param {{low: number, high: number}} landscape */
export const isOutside = ({ x }, { low, high }) => x < low || x > high;

/** The number of the step that last took the ball out of the picture; 0: none did. @param {readonly {x: number}[]} stops @param {{low: number, high: number}} landscape */
export function leftIn(stops, landscape) {
  const inside = stops.findLastIndex((stop) => !isOutside(stop, landscape));
  return inside >= 0 && inside < stops.length - 1 ? inside + 1 : 0;
}

/** @param {HillStop} stop @param {Digits} digits @param {number} left @returns {Words} */
function gone({ x, loss, verdict }, digits, left) {
  const headline = left === 0 ? "Out of the picture." : `Step ${left} threw the ball out of the picture.`;
  const place = { n: number(x, { digits: digits.x }) };
  if (loss === null) return { headline, evidence: ["It is at ", place, ", where the loss is past what can be written down."] };
  /** @type {Sentence} */
  const evidence = ["It is at ", place, ", with a loss of ", { n: number(loss, { digits: digits.loss }) }];
  if (verdict === "diverging") return { headline, evidence: [...evidence, ", and its next step goes higher still."] };
  return { headline, evidence: [...evidence, "."] };
}

/** @param {HillStop} stop @param {Digits} digits @param {number} rate @returns {Sentence} */
function evidence({ slope, step, verdict, reason }, digits, rate) {
  const x = (/** @type {number|null} */ value) => ({ n: value === null ? "∞" : number(value, { digits: digits.x }) });
  const [before, after] = toldApart(reason.loss_before, reason.loss_after, digits.loss);
  const inclined = { n: slope === null ? "∞" : number(slope, { digits: digits.slope }) };
  const length = x(reason.length), way = x(reason.way);
  /** @type {Sentence} */
  const becomes = [before, " becomes ", after, "."];
  const seen = reason.bottom !== null;
  switch (verdict) {
    case "arrived": return ["The slope is down to ", inclined, " and the next step ", length, " long, too little to see: the ball rests at the bottom."];
    case "stuck":
      if (slope === 0) return ["The slope here is exactly ", { n: "0" }, ", so no learning rate moves the ball."];
      if (rate === 0) return ["A learning rate of ", { n: "0" }, " moves nothing, whatever the slope."];
      return ["The step, ", { n: step === null ? "∞" : exact(step) }, ", is too short to change the number at all."];
    case "crawling":
      if (!seen) return ["No bottom in sight: the edge of the picture is ", way, " away, and the step is only ", length, " long."];
      return ["The bottom is ", way, " away and the step only ", length, " long: less than a twentieth of the way."];
    case "descending":
      if (!seen) return ["The step is ", length, " long, and no bottom is in sight. The ball lands lower: ", ...becomes];
      return ["The step is ", length, " long and the bottom ", way, " away, so the ball lands on this side of it, lower down: ", ...becomes];
    case "overshooting":
      return ["The step is ", length, " long and the bottom only ", way, " away, so the ball lands on the far side, lower down: ", ...becomes];
    case "bouncing":
      return ["The step is ", length, " long and the bottom only ", way, " away, so the ball lands on the far side, exactly as high: ", before, " again."];
    case "leaping":
      return ["The step is ", length, " long", ...(seen ? [" and this valley’s bottom only ", way, " away"] : []), ", so the ball lands in another valley, lower down: ", ...becomes];
    case "stranding":
      return ["The step is ", length, " long", ...(seen ? [" and the bottom only ", way, " away"] : []), ", so the ball lands higher up: ", ...becomes, " There it is so level that it hardly moves again."];
    case "diverging":
      if (reason.loss_after === null) return ["The next step leads past what can be written down."];
      return ["The step is ", length, " long", ...(seen ? [" and the bottom only ", way, " away"] : []), ", so the ball lands higher up: ", ...becomes];
  }
}

const FINEST = 12;

/**
 * Two losses with as many digits as show which is the larger.
 * @param {number|null} before @param {number|null} after @param {number} fewest
 * @returns {{n: string}[]}
 */
function toldApart(before, after, fewest) {
  const written = (/** @type {number} */ digits) => [before, after].map((loss) => (loss === null ? "∞" : number(loss, { digits })));
  let digits = fewest;
  while (before !== after && digits < FINEST && written(digits)[0] === written(digits)[1]) digits += 1;
  return written(digits).map((n) => ({ n }));
}

// @ts-check
// What the server sends of a run, read out of its bytes. No DOM.

/** @typedef {import("./types.js").RunAnswer} RunAnswer */
/** @typedef {import("./types.js").RunFrame} RunFrame */
/** @typedef {import("./types.js").LaneFrame} LaneFrame */
/** @typedef {import("./types.js").Verdict} Verdict */

/**
 * Read a chunk: losses lane after lane, then of every frame and lane the parameters, outputs and gradient norm, then
 * verdicts (kind, at, uphill, steps), then surfaces. docs/protocol.md has the layout.
 * @param {RunAnswer} answer
 * @param {Verdict["kind"][]} kinds the catalog's
 * @returns {{losses: Float64Array[], frames: RunFrame[]}}
 */
export function decodeChunk(answer, kinds) {
  const { epoch: start, stop, frames: epochs, diverged, parameters, samples, outputs, grid, body } = answer;
  const lanes = diverged.length;
  const count = stop - start;
  const shown = samples * outputs;
  const perLane = parameters + shown + 1;
  const numbers = new Float64Array(body, 0, lanes * count + epochs.length * lanes * perLane);
  const verdicts = new Int32Array(body, numbers.byteLength, epochs.length * lanes * 4);
  const surfaces = new Uint8Array(body, numbers.byteLength + verdicts.byteLength);

  const losses = Array.from({ length: lanes }, (_, lane) => numbers.subarray(lane * count, (lane + 1) * count));
  /** @param {number} epoch @param {number} frame @param {number} lane @returns {LaneFrame} */
  const laneFrame = (epoch, frame, lane) => {
    const place = frame * lanes + lane;
    const from = lanes * count + place * perLane;
    const [kind, at, uphill, steps] = verdicts.subarray(place * 4, place * 4 + 4);
    const ended = diverged[lane];
    return {
      parameters: numbers.subarray(from, from + parameters),
      outputs: numbers.subarray(from + parameters, from + parameters + shown),
      gradNorm: numbers[from + perLane - 1] < 0 ? null : numbers[from + perLane - 1],
      loss: ended !== null && epoch >= ended ? null : losses[lane][epoch - start],
      verdict: { kind: kinds[kind], at, uphill, steps },
      surface: grid > 0 ? surfaces.subarray(place * grid * grid, (place + 1) * grid * grid) : null,
    };
  };
  const frames = epochs.map((epoch, frame) => ({
    epoch, lanes: Array.from({ length: lanes }, (_, lane) => laneFrame(epoch, frame, lane)),
  }));
  return { losses, frames };
}

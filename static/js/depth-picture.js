// @ts-check
// Where everything stands in the small multiples of figure `depth`: a panel per activation, one scale for all. No DOM.
import { lossAxis } from "./loss-axis.js";
import { spread } from "./spread.js";

/** @typedef {import("./types.js").DepthAnswer} DepthAnswer */
/** @typedef {import("./types.js").DepthCurve} DepthCurve */
/** @typedef {{curve: DepthCurve, line: string, band: string, end: {x: number, y: number, labelY: number}}} DrawnCurve */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Plot */
/** @typedef {{activation: string, initializer: string, plot: Plot, ticks: {layer: number, x: number}[], axis: boolean, borders: boolean, curves: DrawnCurve[]}} Panel */

/** The axis goes on beyond the verdicts' borders by this factor at least, so that they are always in sight. */
const BEYOND = 10;
const AXIS_PX = 50, LABEL_PX = 126, GAP_PX = 30;
const HEAD_PX = 58, FOOT_PX = 50, BETWEEN_PX = 34;
const SIDE_BY_SIDE_FROM = 900;
const HEIGHT = { wide: 300, narrow: 220 };
const LABEL_GAP = 42;
const EVERY = 1000;
const BORDER_WORDS_PX = 104;
const TICK_ROOM_PX = 26;
/** Ticks at every decade, or at every third or sixth: the borders are at thirds. */
const STRIDES = [1, 3, 6];

/**
 * @param {DepthAnswer} answer @param {number} width
 */
export function depthPicture({ depth, curves, vanishes_below, explodes_above }, width) {
  const borders = [vanishes_below, explodes_above];
  const activations = [...new Set(curves.map(({ activation }) => activation))];
  const columns = width >= SIDE_BY_SIDE_FROM ? activations.length : 1;
  const plotPx = (width - AXIS_PX - columns * LABEL_PX - (columns - 1) * GAP_PX) / columns;
  const plotHeight = columns > 1 ? HEIGHT.wide : HEIGHT.narrow;
  const panelHeight = HEAD_PX + plotHeight + FOOT_PX;
  const rows = columns > 1 ? 1 : activations.length;
  const axis = lossAxis(rangeOf(curves, borders), true, EVERY);
  const panels = activations.map((activation, i) => {
    const [row, column] = columns > 1 ? [0, i] : [i, 0];
    const left = AXIS_PX + column * (plotPx + LABEL_PX + GAP_PX);
    const top = row * (panelHeight + BETWEEN_PX) + HEAD_PX;
    const plot = { left, right: left + plotPx, top, bottom: top + plotHeight };
    return panelOf(curves.filter((curve) => curve.activation === activation), depth, plot, axis, column === 0, borders);
  });
  const named = panels.find(({ borders }) => borders);
  return {
    width, height: rows * (panelHeight + BETWEEN_PX) - BETWEEN_PX,
    panels: panels.map((panel) => ({ ...panel, borders: panel === named })),
    ticks: ticksOf(axis, plotHeight).map((tick) => ({ ...tick, place: axis.place(tick.value) })),
    borders: borders.map(axis.place), one: axis.place(1),
  };
}

/** @param {import("./loss-axis.js").LossAxis} axis @param {number} heightPx */
function ticksOf({ low, high, ticks }, heightPx) {
  const decadePx = heightPx / Math.log10(high / low);
  const stride = STRIDES.find((n) => n * decadePx >= TICK_ROOM_PX) ?? 9;
  return ticks.filter(({ value }) => Math.round(Math.log10(value)) % stride === 0);
}

/** Whole decades around all that is drawn. @param {DepthCurve[]} curves @param {number[]} borders */
function rangeOf(curves, borders) {
  const sizes = curves.flatMap(({ shares }) => [...shares.median, ...shares.low, ...shares.high]).filter((share) => share !== null && share > 0);
  const min = Math.min(borders[0] / BEYOND, ...sizes.map(Number)), max = Math.max(borders[1] * BEYOND, ...sizes.map(Number));
  return { min: Number(`1e${Math.floor(Math.log10(min) + 1e-9)}`), max: Number(`1e${Math.ceil(Math.log10(max) - 1e-9)}`) };
}

/**
 * @param {DepthCurve[]} curves of one activation @param {number} depth @param {Plot} plot
 * @param {import("./loss-axis.js").LossAxis} axis @param {boolean} hasAxis @param {number[]} borders
 * @returns {Panel}
 */
function panelOf(curves, depth, plot, axis, hasAxis, [low, high]) {
  const x = (/** @type {number} */ layer) => plot.left + ((depth - layer) / (depth - 1)) * (plot.right - plot.left);
  const y = (/** @type {number} */ share) => plot.bottom - axis.place(share) * (plot.bottom - plot.top);
  const ends = curves.map(({ shares }) => endOf(shares.median));
  const labels = spread(ends.map(({ share }) => y(share)), LABEL_GAP, plot.top + 8, plot.bottom - 16);
  const roomy = curves.every(({ shares }) => shares.median.every((share, i) => x(i + 1) > plot.left + BORDER_WORDS_PX || (share !== null && share > low && share < high)));
  return {
    activation: curves[0].activation, initializer: curves[0].initializer, plot, axis: hasAxis, borders: roomy,
    ticks: layerTicks(depth, plot.right - plot.left).map((layer) => ({ layer, x: x(layer) })),
    curves: curves.map((curve, i) => ({
      curve, ...pathsOf(curve, x, y),
      end: { x: x(ends[i].layer), y: y(ends[i].share), labelY: labels[i] },
    })),
  };
}

/** Where a curve ends: at the first layer, or where it left float64 behind. @param {(number|null)[]} shares the first layer first */
function endOf(shares) {
  const known = shares.findIndex((share) => share !== null);
  return known < 0 ? { layer: shares.length, share: 1 } : { layer: known + 1, share: Number(shares[known]) };
}

/** @param {DepthCurve} curve @param {(layer: number) => number} x @param {(share: number) => number} y */
function pathsOf({ shares }, x, y) {
  const points = (/** @type {(number|null)[]} */ sizes) => sizes.flatMap((share, i) => (share === null ? [] : [`${x(i + 1).toFixed(1)} ${y(share).toFixed(1)}`])).reverse();
  return { line: `M${points(shares.median).join("L")}`, band: `M${[...points(shares.high), ...points(shares.low).reverse()].join("L")}Z` };
}

/**
 * The layers that are named under an axis: the last, the first, and round numbers between that leave them room.
 * @param {number} depth 2 or more @param {number} widthPx
 * @returns {number[]} falling
 */
export function layerTicks(depth, widthPx) {
  const layerPx = widthPx / (depth - 1);
  const step = [1, 5, 10].find((n) => n * layerPx >= TICK_ROOM_PX) ?? 20;
  const room = Math.ceil(TICK_ROOM_PX / layerPx);
  const between = Array.from({ length: depth }, (_, i) => i + 1).filter((layer) => layer % step === 0 && layer - 1 >= room && depth - layer >= room);
  return [1, ...between, depth].reverse();
}

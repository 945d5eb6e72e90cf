// @ts-check
// The little drawing of an activation inside a cell: a shape, not a measurement. No DOM.

const SPAN = 6; // the glyph shows z from -6 to 6 (for hinges -2 to 2)

/** @type {Record<string, {f: (z: number) => number, low: number, high: number, span: number}>} */
const SHAPES = {
  sigmoid: { f: (z) => 1 / (1 + Math.exp(-z)), low: 0, high: 1, span: SPAN },
  tanh: { f: Math.tanh, low: -1, high: 1, span: 3 },
  relu: { f: (z) => Math.max(0, z), low: -0.3, high: 2, span: 2 },
  leaky_relu: { f: (z) => (z > 0 ? z : 0.08 * z), low: -0.3, high: 2, span: 2 },
  linear: { f: (z) => z, low: -2, high: 2, span: 2 },
  softmax: { f: (z) => 1 / (1 + Math.exp(-z)), low: 0, high: 1, span: SPAN },
};

/** @param {string} activation */
const shapeOf = (activation) => SHAPES[activation] ?? SHAPES.linear;

/**
 * The curve, in a box of `w` by `h` whose centre is 0, 0.
 * @param {string} activation @param {number} w @param {number} h
 */
export function glyphPath(activation, w, h) {
  const points = [];
  for (let i = 0; i <= 24; i++) {
    const { x, y } = glyphPoint(activation, (i / 12 - 1) * shapeOf(activation).span, w, h);
    points.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  }
  return `M${points.join("L")}`;
}

/**
 * Where z sits on that curve (held inside the box).
 * @param {string} activation @param {number} z @param {number} w @param {number} h
 */
export function glyphPoint(activation, z, w, h) {
  const s = shapeOf(activation);
  const held = Math.max(-s.span, Math.min(s.span, z));
  const y = Math.max(s.low, Math.min(s.high, s.f(held)));
  return { x: (held / s.span) * (w / 2), y: h / 2 - ((y - s.low) / (s.high - s.low)) * h };
}

/**
 * A short tangent at z: its two ends.
 * @param {string} activation @param {number} z @param {number} w @param {number} h
 */
export function glyphTangent(activation, z, w, h) {
  const s = shapeOf(activation);
  const step = s.span / 40;
  const held = Math.max(-s.span + step, Math.min(s.span - step, z));
  const a = glyphPoint(activation, held - step, w, h);
  const b = glyphPoint(activation, held + step, w, h);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const k = 13 / length;
  const mid = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const dx = ((b.x - a.x) / 2) * k, dy = ((b.y - a.y) / 2) * k;
  return { x1: mid.x - dx, y1: mid.y - dy, x2: mid.x + dx, y2: mid.y + dy };
}

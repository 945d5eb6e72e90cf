// @ts-check
/**
 * A figure's picture as a file of its own: its drawings and canvases where they stand on the page, on paper, as SVG or PNG.
 */
import { copyWithLooks } from "./picture-styles.js";

/** @typedef {{svg: string, widthPx: number, heightPx: number}} Picture */

const SVG = "http://www.w3.org/2000/svg";
const LEAST_PX = 48; // what is lower is a mark in a line of text
const MARGIN_PX = 24; // labels may stand a little outside of their drawing

/**
 * Put drawings together as one SVG that stands alone.
 * @param {Element[]} parts elements of the page that are drawings or hold some @param {string} title
 * @returns {Picture}
 */
export function picture(parts, title) {
  const drawings = parts.flatMap(drawingsIn);
  const boxes = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN_PX, top = Math.min(...boxes.map((box) => box.top)) - MARGIN_PX;
  const widthPx = Math.ceil(Math.max(...boxes.map((box) => box.right)) + MARGIN_PX - left);
  const heightPx = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) + MARGIN_PX - top);
  const page = parts[0].ownerDocument;
  const whole = element(page, "svg", { viewBox: `0 0 ${widthPx} ${heightPx}`, width: widthPx, height: heightPx });
  const name = element(page, "title", {});
  name.textContent = title;
  whole.append(name, element(page, "rect", { width: widthPx, height: heightPx, fill: getComputedStyle(page.body).backgroundColor }));
  drawings.forEach((drawing, i) => whole.append(placed(drawing, boxes[i].left - left, boxes[i].top - top, boxes[i])));
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`, widthPx, heightPx };
}

/** The outermost drawings in an element: not those within another, no marks, and none that are not seen. @param {Element} part @returns {Element[]} */
function drawingsIn(part) {
  const all = part.matches("svg, canvas") ? [part] : [...part.querySelectorAll("svg, canvas")].filter((each) => !each.parentElement?.closest("svg"));
  return all.filter((each) => !each.closest(".vh") && each.getBoundingClientRect().height >= LEAST_PX);
}

/** @param {Element} drawing @param {number} x @param {number} y @param {DOMRect} box */
function placed(drawing, x, y, { width, height }) {
  const at = { x: round(x), y: round(y), width: round(width), height: round(height) };
  if (drawing instanceof HTMLCanvasElement) return element(drawing.ownerDocument, "image", { ...at, href: drawing.toDataURL("image/png") });
  const copy = copyWithLooks(drawing);
  for (const [name, value] of Object.entries({ ...at, overflow: "visible" })) copy.setAttribute(name, String(value));
  return copy;
}

/** @param {Document} page @param {string} name @param {Record<string, string|number>} attributes */
function element(page, name, attributes) {
  const made = page.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}

/** @param {number} px */
const round = (px) => Math.round(px * 100) / 100;

/**
 * Draw a picture as PNG.
 * @param {Picture} drawn @param {HTMLElement} host any element of the page @param {string} faces @font-face rules, with their fonts in them
 * @param {number} [scale] pixels a unit @returns {Promise<Blob>}
 */
export async function png({ svg, widthPx, heightPx }, host, faces, scale = 2) {
  const withFaces = svg.replace("<title>", () => `<style>${faces}</style><title>`);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(withFaces)}`;
  await image.decode();
  const canvas = host.ownerDocument.createElement("canvas");
  canvas.width = widthPx * scale;
  canvas.height = heightPx * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be drawn."))), "image/png");
  });
}

// @ts-check
/**
 * Files to take away: what is in them, and how the browser is told to keep them. Knows of the page only the element it is given.
 */

/** A file, ready to be kept. @typedef {{name: string, type: string, text: string}} TextFile */
/** @typedef {string | number | null} Cell */

const KEPT_MS = 60_000; // until the browser has surely read what it was handed

/** A table as CSV (RFC 4180): every digit of a number, an empty cell for null. @param {string[]} header @param {Cell[][]} rows */
export function csvText(header, rows) {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** @param {Cell} value */
function cell(value) {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hand the browser a file. @param {HTMLElement} host any element of the page @param {string} name @param {Blob} blob */
export function save(host, name, blob) {
  const url = URL.createObjectURL(blob);
  const link = host.ownerDocument.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** @param {HTMLElement} host @param {TextFile} file */
export function saveText(host, { name, type, text }) {
  save(host, name, new Blob([text], { type: `${type};charset=utf-8` }));
}

// @ts-check
/**
 * A small value as text for an address, and back: `1.`, how it is written, a check, and the value (docs/links.md).
 * Knows neither figures nor specs.
 */

export const VERSION = 1;
const LONGEST_TEXT = 12_000;
const LONGEST_JSON = 60_000; // a text may unpack to much more than it is

/** What a text holds, or words for why it cannot be read. @typedef {{value: unknown, check: string}|{fault: string}} Unpacked */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CHECK_LETTERS = 4;
const CUT_OFF = "it ends too early, so a part of it was lost on the way";
const STRANGE = "it is not a link of this page";

/**
 * Write a value that JSON can hold.
 * @param {unknown} value @param {string} check what `checkOf` says of the whole that the value stands for
 * @returns {Promise<string>}
 */
export async function packed(value, check) {
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const small = await through(plain, typeof CompressionStream === "function" ? () => new CompressionStream("deflate-raw") : null);
  const [form, bytes] = small && small.length < plain.length ? ["z", small] : ["j", plain];
  return `${VERSION}.${form}${check}${toBase64(bytes)}`;
}

/**
 * Read a text; whatever it is, nothing is thrown.
 * @param {string} text @returns {Promise<Unpacked>}
 */
export async function unpacked(text) {
  const version = /^(\d{1,4})\./.exec(text)?.[1];
  if (version === undefined) return { fault: STRANGE };
  if (Number(version) !== VERSION) return { fault: `it is of version ${Number(version)}, and this page reads version ${VERSION}` };
  if (text.length > LONGEST_TEXT) return { fault: "it is longer than any link of this page" };
  const [, form, check, body] = /^\d+\.([jz])([\w-]{4})([\w-]+)$/.exec(text) ?? [];
  if (!body) return { fault: /^\d+\.([jz][\w-]{0,4})?$/.test(text) ? CUT_OFF : STRANGE };
  const bytes = fromBase64(body);
  if (!bytes) return { fault: CUT_OFF };
  if (form === "z" && typeof DecompressionStream !== "function") return { fault: "this browser cannot unpack it" };
  const plain = form === "j" ? bytes : await through(bytes, () => new DecompressionStream("deflate-raw")).catch(() => null);
  if (!plain) return { fault: CUT_OFF };
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain)), check };
  } catch {
    return { fault: CUT_OFF };
  }
}

/** Four letters that stand for a whole value, however its fields are ordered. @param {unknown} value */
export function checkOf(value) {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (const byte of new TextEncoder().encode(canonical(value))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Array.from({ length: CHECK_LETTERS }, (_, k) => ALPHABET[(hash >>> (6 * k)) & 63]).join("");
}

/** JSON with sorted fields. @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes @param {(() => CompressionStream|DecompressionStream)|null} stream
 * @returns {Promise<Uint8Array<ArrayBuffer>|null>} null where there is no such stream, or it brings too much
 */
async function through(bytes, stream) {
  if (!stream) return null;
  const reader = new Blob([bytes]).stream().pipeThrough(stream()).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */ const parts = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    length += value.length;
    if (length > LONGEST_JSON) {
      await reader.cancel();
      return null;
    }
  }
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>|null} */
function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null; // one letter too few
  }
}

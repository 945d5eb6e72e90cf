// @ts-check
// The code of a class and the key to it, as they stand in addresses and as people type them. No DOM.

const LENGTH = 6;
const KEY = /^[\w-]{32,128}$/;

/** A code as it was typed, as the server has it. @param {string} text */
export const tidyCode = (text) => text.replace(/[\s\u2013-]/g, "").toUpperCase();

/** Whether this may be a code; only the server knows which are. @param {string} code */
export const isCode = (code) => code.length === LENGTH && /^[A-HJKMNP-Z2-9]+$/.test(code);

/** A code as it is read out: in two halves. @param {string} code */
export const halves = (code) => (code.length === LENGTH ? [code.slice(0, LENGTH / 2), code.slice(LENGTH / 2)] : [code]);

/** The key in the fragment of an address, null where there is none. @param {string} fragment */
export function keyIn(fragment) {
  const key = new URLSearchParams(fragment.replace(/^#/, "")).get("key");
  return key !== null && KEY.test(key) ? key : null;
}

/** Where learners go. @param {string} origin @param {string} code */
export const learnersLink = (origin, code) => `${origin}/class/${code}`;

/** Where whoever has it is in charge: the key stays in the browser, for a fragment is not sent. @param {string} origin @param {string} code @param {string} key */
export const teachersLink = (origin, code, key) => `${origin}/teach/${code}#key=${key}`;

/** A name that a page makes up for its learner: it says nothing of them. @param {Uint8Array} random */
export const learnerFrom = (random) => Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");

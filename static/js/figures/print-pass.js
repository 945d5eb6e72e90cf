// @ts-check
// A pass on paper: the worked solution is laid out in the page, seen by the printer only, and printed.
import { WorkedPass } from "../views/worked-pass.js";

/** @typedef {import("../views/worked-pass.js").Worked} Worked */

/** @param {Worked} worked */
export async function printPass(worked) {
  document.querySelector("bp-worked-pass")?.remove(); // a print that was never said to be over
  const sheet = new WorkedPass();
  sheet.worked = worked;
  document.body.append(sheet);
  await sheet.updateComplete;
  await document.fonts.ready;
  addEventListener("afterprint", () => sheet.remove(), { once: true });
  print();
}

// @ts-check
/**
 * The page's text faces, with their fonts in them: a picture that is drawn as an image cannot fetch any.
 */

/** The rules fetched so far, by the address of their font. @type {Map<string, Promise<string>>} */
const fetched = new Map();

/** Every face that the page has in use, as @font-face rules. @param {Document} page @returns {Promise<string>} */
export async function facesInUse(page) {
  const used = [...page.fonts].filter(({ status, family }) => status === "loaded" && !family.includes("KaTeX"))
    .map(({ family, style, unicodeRange }) => faceKey(family, style, unicodeRange));
  const rules = [...page.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({ style }) => used.includes(faceKey(style.getPropertyValue("font-family"), style.getPropertyValue("font-style"), style.getPropertyValue("unicode-range"))));
  return (await Promise.all(rules.map(embedded))).join("\n");
}

/** @param {string} family @param {string} style @param {string} range */
const faceKey = (family, style, range) => [family, style, range].map((part) => part.replace(/["'\s]/g, "").toUpperCase()).join("|");

/** @param {CSSFontFaceRule} rule @returns {Promise<string>} */
function embedded(rule) {
  const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1] ?? "";
  const url = new URL(address, rule.parentStyleSheet?.href ?? undefined).href;
  let made = fetched.get(url);
  if (!made) fetched.set(url, made = fetch(url).then((answer) => answer.blob()).then(dataUrl).then((data) => rule.cssText.replace(/url\([^)]*\)/, () => `url("${data}")`)));
  return made;
}

/** @param {Blob} blob @returns {Promise<string>} */
const dataUrl = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

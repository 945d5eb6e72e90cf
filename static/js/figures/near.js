// @ts-check
// A small figure begins when it comes near: until then it asks the engine for nothing.

const AHEAD = "900px 0px";

/** @param {Element} figure @param {() => void} begin */
export function whenNear(figure, begin) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    begin();
  }, { rootMargin: AHEAD });
  watch.observe(figure);
}

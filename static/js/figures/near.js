// @ts-check
// A small figure begins when it comes near, or when the page goes to paper: until then it asks the engine for nothing.
import { standStill } from "./stand-still.js";

const AHEAD = "900px 0px";

/** @param {Element} figure @param {() => void} begin */
export function whenNear(figure, begin) {
  const paper = matchMedia("print");
  const watch = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) start(); }, { rootMargin: AHEAD });
  const print = () => {
    start();
    standStill(figure); // printing waits for no answer
  };

  function start() {
    watch.disconnect();
    removeEventListener("beforeprint", print);
    paper.removeEventListener("change", start);
    begin();
  }

  watch.observe(figure);
  addEventListener("beforeprint", print);
  paper.addEventListener("change", start);
}

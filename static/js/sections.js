// @ts-check
// Where one is on the page: the link of the section in sight is marked, and in sight itself where the bar of links scrolls.

/** Of the next link, so much stays in sight. */
const PEEK_PX = 40;

/** Keep the navigation's mark at the section that is in the middle of the window. */
export function markSections() {
  const links = new Map([...document.querySelectorAll(".sections a")].map((link) => [link.getAttribute("href")?.slice(1), link]));
  const watch = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting || !links.has(target.id)) continue;
      for (const [id, link] of links) {
        if (id === target.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      bringIntoBar(/** @type {Element} */ (links.get(target.id)));
    }
  }, { rootMargin: "-45% 0px -55% 0px" });
  for (const section of document.querySelectorAll("main > section")) watch.observe(section);
  for (const bar of document.querySelectorAll(".sections")) fadeWhereMoreFollows(/** @type {HTMLElement} */ (bar));
}

/** Scroll the bar, not the page, as far as its link needs. @param {Element} link */
function bringIntoBar(link) {
  const bar = link.closest(".sections");
  if (!bar) return;
  const own = bar.getBoundingClientRect(), at = link.getBoundingClientRect();
  const before = at.left - PEEK_PX - own.left, after = at.right + PEEK_PX - own.right;
  const left = before < 0 ? before : Math.max(0, after);
  if (left === 0) return;
  bar.scrollBy({ left, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** @param {HTMLElement} bar */
function fadeWhereMoreFollows(bar) {
  const look = () => {
    const rest = bar.scrollWidth - bar.clientWidth - bar.scrollLeft;
    bar.classList.toggle("more-before", bar.scrollLeft > 1);
    bar.classList.toggle("more-after", rest > 1);
  };
  bar.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(bar);
}

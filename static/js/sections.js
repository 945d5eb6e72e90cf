// @ts-check
// Where one is on the page: the link of the section in sight is marked.

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
    }
  }, { rootMargin: "-45% 0px -55% 0px" });
  for (const section of document.querySelectorAll("main > section")) watch.observe(section);
}

"""Draw the still pictures that the page shows where scripts are off: python -m tools.stills, as `make stills` does.

A still is the live figure itself, set up, its drawing and tables taken out of the page as plain HTML: the same marks,
the same style sheets, both themes. Two of each are kept in templates/stills/, for wide windows and for phones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.server import running_server  # noqa: E402
from tools.chromium import find_chromium  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FOLDER = ROOT / "templates" / "stills"
WIDTHS = {"wide": 1280, "narrow": 360}
HEIGHT = 900
UNKNOWN = "····"  # what stands where a number is still to come

KEPT = [
    "class", "id", "scope", "colspan", "rowspan", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry",
    "dx", "dy", "width", "height", "viewBox", "points", "transform", "fill", "text-anchor", "stroke-width", "href",
    "clip-path", "patternUnits", "patternTransform", "preserveAspectRatio",
]
DROPPED = ("canvas, input[type=range], input[type=checkbox], input[type=radio], details, dialog, .vh, [hidden], "
           ".surface, .lane-pictures, .scale-pick, .btn, .go")
TAKE_OUT = """({ parts, kept, dropped }) => {
  const SVG = "http://www.w3.org/2000/svg";
  const short = (value) => value.replace(/-?\\d+\\.\\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10));
  const plain = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data.replace(/\\s+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(dropped)) return null;
    if (node.matches("input, select")) return document.createTextNode(node.selectedOptions?.[0]?.text ?? node.value);
    const name = node.localName.includes("-") ? "div" : node.localName === "button" ? "span" : node.localName;
    const made = document.createElementNS(node.namespaceURI === SVG ? SVG : "http://www.w3.org/1999/xhtml", name);
    for (const { name, value } of node.attributes) {
      if (kept.includes(name) && value.trim()) made.setAttribute(name, short(value.trim()));
    }
    if (name === "svg") made.setAttribute("aria-hidden", "true");
    made.append(...[...node.childNodes].map(plain).filter((child) => child !== null));
    return made;
  };
  return parts.flatMap((part) => [...document.querySelectorAll(part)].map((found) => plain(found).outerHTML));
}"""

# The play head is there, and so is the epoch's own frame.
AT_EPOCH = """(epoch) => {
  const { session } = document.querySelector("bp-race, bp-xor, bp-twins");
  return session.epoch === epoch && session.exactly;
}"""


@dataclass(frozen=True)
class Still:
    """Hold what is taken of a figure: the parts, and what sets it up."""

    name: str
    parts: tuple[str, ...]
    set_up: Callable[[Page], None]


def at_the_end_of_a_pass(page: Page) -> None:
    """Show a whole pass."""
    page.keyboard.press("End")


def after_a_descent(page: Page) -> None:
    """Let the ball go down."""
    page.locator("bp-hill").get_by_role("button", name="Run").wait_for()


def at_epoch(epoch: int) -> Callable[[Page], None]:
    """Return what takes a run to an epoch."""

    def go(page: Page) -> None:
        # the first answer puts it at epoch 0
        page.locator("[aria-busy=false]:is(bp-race, bp-xor, bp-twins)").wait_for()
        page.get_by_role("slider", name="Epoch", exact=True).fill(str(epoch))
        page.wait_for_function(AT_EPOCH, arg=epoch)

    return go


def at_the_last_step(page: Page) -> None:
    """Go through the construction of both ways."""
    step = page.locator("bp-batch [data-act=step]")
    while step.get_attribute("aria-disabled") != "true":
        step.click()


def as_it_opens(page: Page) -> None:
    """Leave the figure as it is."""


STILLS = (
    Still("passes", ("bp-passes .net",), at_the_end_of_a_pass),
    Still("hill", ("bp-hill .hill-figure svg.hill",), after_a_descent),
    Still("race", ("bp-race .lanes", "bp-race .loss-chart"), at_epoch(1000)),
    Still("batch", ("bp-batch .finding", "bp-batch bp-batch-plane", "bp-batch .batch-key"), at_the_last_step),
    Still("twins", ("bp-twins .twins-figure",), at_epoch(1000)),
    Still("xor", ("bp-xor .small-net.detail", "bp-xor .truth", "bp-xor .loss-chart", "bp-xor .cost-chart"),
          at_epoch(1000)),
    Still("depth", ("bp-depth .depth-figure",), as_it_opens),
)


def draw(browser: Browser, url: str, still: Still) -> str:
    """Return a still as HTML, wide and narrow."""
    drawn = []
    for form, width in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{url}/figure/{still.name}")
        page.locator(still.parts[-1]).last.wait_for()
        still.set_up(page)
        for part in still.parts:
            page.locator(part).last.scroll_into_view_if_needed()  # what is out of sight may not be drawn
            page.locator(part).get_by_text(UNKNOWN).first.wait_for(state="detached")
        page.locator(f"bp-{still.name}:not([aria-busy='true'])").wait_for()
        page.evaluate("async () => { await document.fonts.ready; await new Promise(requestAnimationFrame); }")
        parts = page.evaluate(TAKE_OUT, {"parts": still.parts, "kept": KEPT, "dropped": DROPPED})
        drawn.append(f'<div class="still still-{form}">' + "\n".join(map(str, parts)) + "</div>\n")
        context.close()
    return "".join(drawn)


def main() -> None:
    """Draw all stills into templates/stills/."""
    FOLDER.mkdir(exist_ok=True)
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for still in STILLS:
            path = FOLDER / f"{still.name}.html"
            path.write_text(draw(browser, server.url, still), encoding="utf-8")
            print(f"  {path.relative_to(ROOT)}, {path.stat().st_size // 1024} KB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()

"""Take the pictures that README shows and that a designer looks at: every state, wide and narrow, light and dark."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.server import running_server  # noqa: E402
from tools.chromium import find_chromium  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SIZES = {"1280": (1280, 900), "360": (360, 780)}
README_PICTURE = ROOT / "docs" / "passes.png"
RACE_PICTURE = ROOT / "docs" / "race.png"


def seek(page: Page, position: float) -> None:
    """Set the play head: a picture at a fixed t is always the same picture."""
    page.evaluate(
        """async (t) => {
            const figure = document.querySelector('bp-passes');
            figure.session.move((head) => head.seek(t)); await figure.updateComplete;
            await document.fonts.ready; await new Promise(requestAnimationFrame);
        }""",
        position,
    )


def seek_epoch(page: Page, figure: str, epoch: int) -> None:
    """Set the epoch of a run: the same picture each time, too."""
    page.locator(f"bp-{figure}").scroll_into_view_if_needed()
    page.locator(f"bp-{figure}").get_by_role("slider", name="Epoch", exact=True).fill(str(epoch))
    page.locator(f"bp-{figure}[aria-busy='false']").wait_for()
    page.wait_for_timeout(300)


def find(page: Page, entry: str) -> int:
    """Return the position at which an entry becomes known."""
    return int(page.evaluate("(id) => document.querySelector('bp-passes').session.tape.indexOf(id)", entry))


def pictures(page: Page, folder: Path, tag: str) -> None:
    """Take every state of the figure at one width in one theme."""

    def take(name: str, full: bool = True) -> None:
        page.wait_for_timeout(700)  # the page may be on its way to what it shows
        page.screenshot(path=folder / f"{name}-{tag}.png", full_page=full)

    page.get_by_label("Biases").select_option("on")
    page.locator('.net [data-ask="w:b>h1"]').wait_for()
    seek(page, 0)
    take("1-opening", full=False)
    seek(page, find(page, "h2.z") - 0.45)
    take("2-mid-forward")
    seek(page, find(page, "blame:h2>o1") - 0.45)
    take("3-mid-backward", full=False)
    seek(page, find(page, "h2.delta"))
    page.locator(".result").click()
    page.locator("bp-derivation .tree .num-b").first.click()
    take("4-derivation", full=False)
    page.get_by_role("button", name="Close the derivation").click()
    seek(page, find(page, "new:b>h2"))
    take("5-after-update")
    page.locator("#hill").screenshot(path=folder / f"6-hill-{tag}.png")
    for number, name in enumerate(("race", "xor"), start=7):
        seek_epoch(page, name, 1000)
        page.locator(f"#{name}").screenshot(path=folder / f"{number}-{name}-{tag}.png")


def take_all(browser: Browser, url: str, folder: Path) -> None:
    """Take the pictures at every width and in both themes."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for width, (w, h) in SIZES.items():
        for scheme in schemes:
            context = browser.new_context(viewport={"width": w, "height": h}, color_scheme=scheme)
            page = context.new_page()
            page.goto(url)
            page.locator("bp-passes").get_by_role("button", name="Step", exact=True).wait_for()
            pictures(page, folder, f"{width}-{scheme}")
            context.close()
            print(f"  {width} px, {scheme}", flush=True)


def readme_pictures(browser: Browser, url: str) -> None:
    """Take the pictures that README shows."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, color_scheme="light", device_scale_factor=1)
    page = context.new_page()
    page.goto(url)
    page.locator("bp-passes").get_by_role("button", name="Step", exact=True).wait_for()
    seek(page, find(page, "blame:h2>o1") - 0.72)
    page.screenshot(path=README_PICTURE)
    seek_epoch(page, "race", 1000)
    page.locator("bp-race").screenshot(path=RACE_PICTURE)
    context.close()


def main() -> None:
    """Start a server and a Chromium and take all pictures."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    print("Taking screenshots into screenshots/ and docs/")
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        take_all(browser, server.url, folder)
        readme_pictures(browser, server.url)
        browser.close()


if __name__ == "__main__":
    main()

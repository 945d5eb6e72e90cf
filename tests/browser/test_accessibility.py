"""No axe violation of any severity, wide and narrow, light and dark, in every state; nothing wider than the window."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure, let_begin
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

# Texts that are seen and reach out of the window sideways, but in what scrolls.
CUT = """() => [...document.querySelectorAll("main :is(p, h1, h2, h3, button, label, td, svg text)")].filter((text) => {
    const { left, right, width, height } = text.getBoundingClientRect();
    if (width <= 1 || height <= 1 || left >= -1 && right <= innerWidth + 1 || !text.checkVisibility()) return false;
    for (let at = text; at; at = at.parentElement) if (getComputedStyle(at).overflowX !== "visible") return false;
    return true;
}).map((text) => text.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_axe_and_width(browser: Browser, server: RunningServer, width: int, scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    figure = Figure(context.new_page()).open(server.url)
    page = figure.page
    found = {"opening": violations(page, "#passes")}  # the rest of the page: below
    figure.press("Forward pass").press("Step", 4)
    page.locator("bp-equation .result").click()
    found["derivation"] = violations(page, "#passes")
    figure.press("Backward pass").unfold().press("Edit numbers")
    found["editing"] = violations(page, "#passes")
    figure.press("Update weights")
    found["after"] = violations(page, "#passes")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert not any(found.values()), found
    assert overflow <= 0, f"{overflow} px wider than the window"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_whole_lesson_with_every_figure_begun_and_running(browser: Browser, server: RunningServer, width: int,
                                                              scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    Figure(page).open(server.url)
    for name in ("hill", "race", "batch", "xor", "twins", "depth"):
        let_begin(page.locator(f"bp-{name}"))
        expect(page.locator(f"bp-{name} bp-take-away")).to_be_attached()
    for name, start in (("race", "Start race"), ("xor", "Watch it learn")):
        run = RunFigure(page, name).settled()
        run.root.get_by_label("Speed").select_option(label="10 epochs a second")
        run.press(start)
        expect(run.button("Pause")).to_be_visible()
    found = violations(page)
    cut = page.evaluate(CUT)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert not found
    assert not cut
    assert overflow <= 0, f"{overflow} px wider than the window"


def test_touch_targets_on_a_phone(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    figure = Figure(context.new_page()).open(server.url).unfold()
    controls = "bp-transport button, bp-rail button, bp-rail input, bp-settings select, bp-settings input, .net .pill"
    for control in figure.page.locator(controls).all():
        target = control.locator("xpath=..") if control.evaluate("e => e.matches('.pill, label > *')") else control
        box = target.bounding_box()
        if box is not None:  # hidden on a phone
            assert box["height"] >= 43.5, target.evaluate("e => e.outerHTML.slice(0, 200)")
    context.close()

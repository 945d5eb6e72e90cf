"""No axe violation of any severity, wide and narrow, light and dark, in every state; nothing wider than the window."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.server import RunningServer


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_axe_and_width(browser: Browser, server: RunningServer, width: int, scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    figure = Figure(context.new_page()).open(server.url)
    page = figure.page
    found = {"opening": violations(page)}
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

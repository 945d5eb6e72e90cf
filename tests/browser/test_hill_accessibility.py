"""Figure `hill` in every state: no axe violation, nothing wider than the window, targets for a finger."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.browser.hill import Hill
from tests.server import RunningServer


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_and_width(browser: Browser, server: RunningServer, width: int, scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = Figure(context.new_page()).open(server.url).page
    hill = Hill(page)
    hill.settled()
    found: dict[str, Any] = {"opening": violations(page, "#hill")}
    hill.rate(2.3).press("Step", 3)
    found["out"] = violations(page, "#hill")
    hill.choose("This network").rate(80).press("Step", 2)
    hill.root.get_by_text("As a table").click()
    found["slice"] = violations(page, "#hill")
    hill.root.get_by_label("Learning rate as a number").fill("x")
    hill.root.get_by_label("Learning rate as a number").press("Enter")
    expect(hill.root.get_by_role("alert")).to_be_visible()
    found["refused"] = violations(page, "#hill")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert not any(found.values()), found
    assert overflow <= 0, f"{overflow} px wider than the window"


def test_touch_targets_on_a_phone(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    page = Figure(context.new_page()).open(server.url).page
    hill = Hill(page)
    hill.settled()
    controls = "button, select, input[type=range], input.rate-n, .landscapes label span, summary, .ball .grip"
    for control in hill.root.locator(controls).all():
        box = control.bounding_box()
        if box is not None and control.is_visible():  # what is folded away has a box of no size
            assert min(box["height"], box["width"]) >= 43.5, control.evaluate("e => e.outerHTML.slice(0, 200)")
    context.close()

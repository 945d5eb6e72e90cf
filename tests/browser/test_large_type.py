"""Large type, for a projector: what is written in a drawing grows with the page's type, and all of it has room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.run_figure import RunFigure
from tests.browser.test_alone import NAMES
from tests.server import RunningServer

LARGE, SMALL = (1920, 1080), (1280, 720)
READABLE_PX = 19  # of a picture of 1080 lines; the words of a slide are about as large at the least

SIZES = """(figure) => [...figure.querySelectorAll("svg text")]
    .filter((text) => text.checkVisibility() && text.textContent.trim())
    .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""

MEETINGS = """(figure) => [...figure.querySelectorAll("svg")].flatMap((svg) => {
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim());
    const inner = texts.map((text) => {
        const { left, right, top, bottom, height } = text.getBoundingClientRect();
        const air = height * 0.22; // a line's box is higher than its letters
        const said = text.textContent.trim();
        return { said, left: left + 1, right: right - 1, top: top + air, bottom: bottom - air };
    });
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return inner.flatMap((a, i) => inner.slice(i + 1).filter((b) => meet(a, b)).map((b) => `${a.said} | ${b.said}`));
})"""


@pytest.fixture
def projector(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = getattr(request, "param", LARGE)
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def opened(page: Page, server: RunningServer, name: str, *, big: bool) -> Page:
    """Return the page with a figure alone on it, after a few steps, all drawn."""
    page.goto(f"{server.url}/figure/{name}{'?big' if big else ''}")
    figure = page.locator(f"bp-{name}")
    if name in ("race", "xor", "twins"):
        RunFigure(page, name).settled().seek(600)
    elif name != "depth":
        for _ in range(3):
            figure.get_by_role("button", name="Step", exact=True).click()
    expect(figure.locator("svg text").first).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


@pytest.mark.parametrize(
    ("projector", "name"),
    [*((LARGE, name) for name in NAMES), *((SMALL, name) for name in ("passes", "race", "depth"))],
    indirect=["projector"])
def test_the_text_of_a_drawing_grows_with_the_type_and_meets_none(projector: Page, server: RunningServer,
                                                                  name: str) -> None:
    page = projector
    plain = min(opened(page, server, name, big=False).locator(f"bp-{name}").evaluate(SIZES))
    figure = opened(page, server, name, big=True).locator(f"bp-{name}")
    root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert root >= 20
    least = min(figure.evaluate(SIZES))
    assert least > 1.1 * plain
    if page.viewport_size == {"width": LARGE[0], "height": LARGE[1]}:
        assert root == 24
        assert least >= READABLE_PX or least >= 1.45 * plain, f"{least:.1f} px"
    assert figure.evaluate(MEETINGS) == []


@pytest.mark.parametrize("projector", [SMALL, LARGE], indirect=True)
@pytest.mark.parametrize("name", ["race", "xor", "twins"])
def test_every_button_has_room_in_large_type(projector: Page, server: RunningServer, name: str) -> None:
    page = opened(projector, server, name, big=True)
    deck = page.locator(f"bp-{name} bp-epoch-deck")
    width = page.evaluate("document.documentElement.clientWidth")
    for control in deck.locator("button, input, select").locator("visible=true").all():
        box = control.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    slider = deck.get_by_role("slider", name="Epoch", exact=True).bounding_box()
    assert slider is not None and slider["width"] >= 200


def test_type_switched_on_and_off_leaves_drawings_as_they_were(projector: Page, server: RunningServer) -> None:
    page = opened(projector, server, "hill", big=False)
    shape = "svg => ['width', 'height', 'viewBox'].map((name) => svg.getAttribute(name))"
    before = page.locator("svg.hill").evaluate(shape)
    switch = page.get_by_role("button", name="Large type")
    switch.click()
    page.wait_for_function("document.querySelector('svg.hill text').getScreenCTM().a > 1.1")
    switch.click()
    page.wait_for_function("document.querySelector('svg.hill text').getScreenCTM().a === 1")
    assert page.locator("svg.hill").evaluate(shape) == before


def test_the_ball_follows_the_pointer_in_large_type(projector: Page, server: RunningServer) -> None:
    page = opened(projector, server, "hill", big=True)
    box = page.locator("svg.hill").bounding_box()
    assert box is not None
    grip = page.locator(".ball .body").bounding_box()
    assert grip is not None
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    to = box["x"] + 0.7 * box["width"]
    page.mouse.move(to, grip["y"], steps=5)
    page.mouse.up()
    expect(page.locator("bp-hill .tangent")).to_be_visible()
    held = page.locator(".ball .body").bounding_box()
    assert held is not None and abs(held["x"] + held["width"] / 2 - to) < held["width"]

"""A finger on a phone: down the page it scrolls, wherever it begins; across a slider, chart or ball it drags."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.browser.figure import Figure
from tests.browser.hill import Hill
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

STEPS = 12


class Finger:
    """A real touch, as the browser gets it from a screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)

    def swipe(self, on: Locator, across: float, down: float, begin: float = 0.5) -> None:
        """Put a finger on the element, `begin` of the way across it, and move it so far."""
        box = on.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] * begin, box["y"] + box["height"] / 2
        self._send("touchStart", x, y)
        for step in range(1, STEPS + 1):
            self._send("touchMove", x + across * step / STEPS, y + down * step / STEPS)
        self._send("touchEnd")

    def tap(self, on: Locator, at: float) -> None:
        self.swipe(on, 0, 0, at)

    def _send(self, kind: str, *place: float) -> None:
        points = [{"x": place[0], "y": place[1]}] if place else []
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def phone(browser: Browser, server: RunningServer) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True,
                                  reduced_motion="reduce")
    page = Figure(context.new_page()).open(server.url).page
    yield page
    context.close()


def scroll_to(on: Locator) -> None:
    on.evaluate("e => scrollTo({ behavior: 'instant', top: scrollY + e.getBoundingClientRect().top - innerHeight / 2})")


def expect_scrolled(page: Page, before: float) -> None:
    page.wait_for_function("before => scrollY > before + 60", arg=before)


def scroll_y(page: Page) -> float:
    return float(page.evaluate("scrollY"))


def run_figure(page: Page, name: str) -> RunFigure:
    figure = RunFigure(page, name).settled()
    figure.root.scroll_into_view_if_needed()
    return figure


@pytest.mark.parametrize("name", ["race", "xor"])
@pytest.mark.parametrize("what", [".plot-handle", ".scrub"])
def test_down_the_page_scrolls_and_changes_no_epoch(phone: Page, name: str, what: str) -> None:
    figure = run_figure(phone, name).seek(500)
    place = figure.root.locator(what)
    scroll_to(place)
    before = scroll_y(phone)
    Finger(phone).swipe(place, 4, -200, 0.2)
    expect_scrolled(phone, before)
    assert figure.settled().epoch == 500


@pytest.mark.parametrize("name", ["race", "xor"])
@pytest.mark.parametrize("what", [".plot-handle", ".scrub"])
def test_across_drags_the_epoch_and_scrolls_nothing(phone: Page, name: str, what: str) -> None:
    figure = run_figure(phone, name).seek(500)
    place = figure.root.locator(what)
    scroll_to(place)
    before = scroll_y(phone)
    Finger(phone).swipe(place, 90, 6)
    expect(figure.scrubber).not_to_have_value("500")
    assert figure.settled().epoch > 600
    assert scroll_y(phone) == before


def test_a_tap_on_the_chart_goes_to_that_epoch(phone: Page) -> None:
    race = run_figure(phone, "race")
    scroll_to(race.root.locator(".plot-handle"))
    Finger(phone).tap(race.root.locator(".plot-handle"), 0.25)
    expect(race.scrubber).not_to_have_value("0")
    assert 230 <= race.settled().epoch <= 270


def test_down_the_page_from_the_ball_or_its_slider_scrolls(phone: Page) -> None:
    hill = Hill(phone).settled()
    for place in (hill.ball.locator(".grip"), hill.slider):
        scroll_to(place)
        before = scroll_y(phone)
        Finger(phone).swipe(place, 3, -200)
        expect_scrolled(phone, before)
    hill.settled()
    expect(hill.ball).to_have_attribute("aria-valuenow", "-4")
    expect(hill.root.get_by_label("Learning rate as a number")).to_have_value("0.3")


def test_across_drags_the_ball_and_the_slider(phone: Page) -> None:
    hill = Hill(phone).settled()
    scroll_to(hill.ball)
    before = scroll_y(phone)
    assert before > 0  # there is somewhere to scroll to
    Finger(phone).swipe(hill.ball.locator(".grip"), 120, 8)
    expect(hill.ball).not_to_have_attribute("aria-valuenow", "-4")
    assert scroll_y(phone) == before
    scroll_to(hill.slider)
    before = scroll_y(phone)
    Finger(phone).swipe(hill.slider, 60, 3, float(hill.slider.input_value()) / 1000)
    expect(hill.root.get_by_label("Learning rate as a number")).not_to_have_value("0.3")
    assert scroll_y(phone) == before

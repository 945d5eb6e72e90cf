"""The page in a hand: what is done and what comes out are seen together, and one sees where one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

SEEN = """(bar) => [...bar.querySelectorAll("a")].filter((link) => {
    const own = bar.getBoundingClientRect(), at = link.getBoundingClientRect();
    return at.left >= own.left - 1 && at.right <= own.right + 1;
}).map((link) => link.textContent)"""


@pytest.fixture
def phone(browser: Browser, server: RunningServer) -> Iterator[Figure]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    yield Figure(context.new_page()).open(server.url)
    context.close()


def test_equation_and_result_stand_by_the_buttons(phone: Figure) -> None:
    brief = phone.root.locator(".brief-eq")
    expect(brief).to_have_count(0)
    phone.press("Step")
    expect(brief.locator("b")).to_have_text("0.2100")
    expect(brief).to_be_in_viewport(ratio=1)
    expect(phone.root.locator(".net [data-ask='h1.z']")).to_be_in_viewport()
    phone.press("Step", 10)
    expect(brief.locator("b")).to_have_text("+0.0203")
    expect(brief).to_be_in_viewport(ratio=1)
    box = brief.locator("b").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360


def test_the_settings_are_folded_until_they_are_asked_for(phone: Figure) -> None:
    page = phone.page
    rate = page.locator("bp-settings").get_by_label("Learning rate")
    expect(rate).to_be_hidden()
    page.locator("bp-settings summary").focus()
    page.keyboard.press("Enter")
    expect(rate).to_be_visible()
    phone.press("Step")
    expect(rate).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("bp-settings details")).to_have_count(0)
    expect(rate).to_be_visible()


def test_the_bar_brings_the_section_in_sight(phone: Figure) -> None:
    page = phone.page
    bar = page.locator(".sections")
    assert "Words" not in bar.evaluate(SEEN)
    expect(bar).to_have_class("sections more-after")
    page.locator("#words").scroll_into_view_if_needed()
    page.locator("#words").evaluate("e => e.scrollIntoView({ behavior: 'instant' })")
    expect(bar.get_by_role("link", name="Words")).to_have_attribute("aria-current", "true")
    expect(bar).to_have_class("sections more-before")
    assert "Words" in bar.evaluate(SEEN)
    expect(bar).to_be_in_viewport(ratio=1)


def test_on_a_small_laptop_verdicts_chart_and_buttons_are_seen_at_once(browser: Browser, server: RunningServer) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    Figure(page).open(f"{server.url}#race")
    race = RunFigure(page, "race").settled()
    page.locator("#race").evaluate("e => e.scrollIntoView({ behavior: 'instant' })")
    expect(page.locator("#race-h")).to_be_in_viewport(ratio=1)
    chart, deck = race.root.locator(".plot-ground").bounding_box(), race.root.locator("bp-epoch-deck").bounding_box()
    verdict = race.root.locator(".run-verdict").first.bounding_box()
    assert chart and deck and verdict
    assert verdict["y"] > 44
    assert chart["y"] + chart["height"] <= deck["y"] + 4
    assert chart["height"] >= 200
    page.context.close()


def test_a_lane_that_jumps_is_a_band_with_its_median(browser: Browser, server: RunningServer) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    Figure(page).open(server.url)
    race = RunFigure(page, "race").settled()
    expect(race.root.locator(".curve-band")).to_have_count(0)
    race.to_the_end(1000, "Start race")
    expect(race.root.locator(".curve-band.l3")).to_have_count(1)
    expect(race.root.locator(".curve-band")).to_have_count(1)
    expect(race.root.locator("figcaption")).to_contain_text("the line in it is the median")
    page.context.close()

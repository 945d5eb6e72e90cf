"""A link opens the same numbers at the same step in a browser that has never seen the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.figure import Figure, let_begin
from tests.browser.hill import Hill
from tests.browser.links import buttons, copied, fill, fresh, passes, shown
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer


def test_a_pass_with_a_changed_weight_at_its_step(browser: Browser, figure: Figure, page: Page) -> None:
    figure.press("Edit numbers")
    fill(page, "Weight x1 to h1", "0.55")
    figure.press("Done editing").seek(13)
    link = copied(page, "passes")
    assert re.search(r"/\?passes=1\.[\w-]+#passes$", link)
    assert len(link) < 400
    with fresh(browser) as other:
        other.goto(link)
        opened = passes(other).reaches(13)
        assert opened.state() == figure.state()
        assert opened.table("Weights")["x1→h1"][0] == "0.5500"
        opened.press("Step")
        opened.press("Reset").reaches(0)
        assert opened.table("Weights")["x1→h1"][0] == "0.5500"  # Reset returns to what it returned to before


def test_a_later_pass_with_its_history_through_an_edit(browser: Browser, figure: Figure, page: Page) -> None:
    figure.press("Next sample").press("Next sample").reaches(0)
    fill(page, "Learning rate", "0.1")
    figure.press("Next sample").press("Next sample").reaches(0)
    page.get_by_role("slider", name="Pass", exact=True).fill("4")
    figure.seek(20)
    with fresh(browser) as other:
        other.goto(copied(page, "passes"))
        opened = passes(other).reaches(20)
        assert opened.state() == figure.state()
        assert opened.losses == figure.losses
        assert len(opened.losses) == 5
        expect(other.locator("bp-equation")).to_contain_text("Pass 4")
        opened.press("Reset").reaches(0)
        assert opened.table("Weights")["x1→h1"][0] == "0.2000"


def test_a_race_of_other_rates_from_another_seed(browser: Browser, race: RunFigure, page: Page) -> None:
    race.fill("Learning rate of lane 1", "0.07")
    race.root.get_by_label("Optimiser of lane 3").select_option(label="Adam")
    race.press("Add lane")
    expect(race.root.get_by_label("Learning rate of lane 4")).to_be_visible()
    race.press("New weights")
    expect(race.root).not_to_contain_text("those of seed 7.")
    race.root.get_by_text("linear", exact=True).click()
    race.settled().seek(137)
    link = copied(page, "race")
    assert len(link) < 400
    with fresh(browser) as other:
        other.goto(link)
        opened = RunFigure(other, "race")
        expect(opened.scrubber).to_have_value("137")
        assert shown(opened.settled()) == shown(race)
        expect(opened.root.get_by_label("Optimiser of lane 3")).to_have_value("adam")
        expect(opened.button("linear")).to_have_attribute("aria-pressed", "true")


def test_xor_as_the_textbook_has_it_far_on(browser: Browser, server: RunningServer, page: Page) -> None:
    xor = RunFigure(page, "xor").open(server.url)
    xor.root.get_by_label("Preset").select_option(label="as in the textbook")
    expect(xor.root.get_by_label("Number of epochs")).to_have_value("10000")
    xor.settled().seek(4000)
    with fresh(browser) as other:
        other.goto(copied(page, "xor"))
        opened = RunFigure(other, "xor")
        expect(opened.scrubber).to_have_value("4000")
        opened.settled()
        assert opened.table("Truth table") == xor.table("Truth table")
        expect(opened.root.get_by_label("Preset")).to_have_value("textbook")
        expect(opened.root.get_by_label("Number of epochs")).to_have_value("10000")


def test_a_slice_of_an_edited_network_after_three_steps(browser: Browser, figure: Figure, page: Page) -> None:
    fill(page, "Learning rate", "0.4")
    figure.press("Next sample").reaches(0)
    hill = Hill(page).settled().choose("This network")
    hill.root.get_by_label("Weight of the slice").select_option("x2>h1")
    hill.settled().rate(3).press("Step").rate(40).press("Step", 2).settled()
    expect(hill.root.locator("bp-hill-table tbody tr")).to_have_count(4)
    link = copied(page, "hill")
    with fresh(browser) as other:
        other.goto(link)
        opened = Hill(other)
        expect(opened.root.locator("bp-hill-table tbody tr")).to_have_count(4)
        assert opened.settled().rows == hill.rows
        assert opened.root.get_by_label("Weight of the slice").input_value() == "x2>h1"
        expect(opened.verdict.locator("strong")).to_have_text(hill.verdict.locator("strong").inner_text())
        assert passes(other).table("Weights") == figure.table("Weights")  # what it is a slice of is on the page
        opened.press("Step")
        hill.press("Step")
        assert opened.settled().rows == hill.settled().rows


@pytest.mark.parametrize("landscape", ["Bowl", "Two valleys", "Ravine"])
def test_a_ball_on_its_way(browser: Browser, figure: Figure, page: Page, landscape: str) -> None:
    hill = Hill(page).settled().choose(landscape).rate(1.1).press("Step", 3).settled()
    with fresh(browser) as other:
        other.goto(copied(page, "hill"))
        opened = Hill(other)
        expect(opened.root.locator("bp-hill-table tbody tr")).to_have_count(4)
        assert opened.settled().rows == hill.rows


def test_how_many_layers(browser: Browser, figure: Figure, page: Page) -> None:
    let_begin(page.locator("bp-depth"))
    page.locator("bp-depth").get_by_label("Layers").fill("9")
    expect(page.locator("bp-depth")).to_have_attribute("aria-busy", "false")
    with fresh(browser) as other:
        other.goto(copied(page, "depth"))
        expect(other.locator("bp-depth").get_by_label("Layers")).to_have_value("9")
        expect(other.locator("bp-depth figcaption").first).to_have_text(
            page.locator("bp-depth figcaption").first.inner_text())


def test_where_the_clipboard_is_refused_the_text_is_there(figure: Figure, page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    buttons(page, "passes").get_by_role("button", name="Copy link").click()
    text = buttons(page, "passes").get_by_label("Text to copy")
    expect(text).to_have_value(re.compile(r"/#passes$"))
    assert page.evaluate("getSelection().toString()") == text.input_value()

"""The lesson around the figures: every button in a sentence does what it says, and the page reads without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from backprop.words import WORDS
from tests.browser.figure import Figure
from tests.server import RunningServer


def show(page: Page, name: str) -> None:
    page.locator(f'[data-show="{name}"]').first.click()


def test_the_three_moves_move_the_figure(figure: Figure, page: Page) -> None:
    show(page, "forward")
    figure.reaches(6)
    show(page, "loss")
    figure.reaches(7)
    show(page, "backward")
    figure.reaches(figure.length - 12)  # six weights: a change and a new value each, still to come


def test_the_chain_of_because_tells_this_pass_and_can_be_asked(figure: Figure, page: Page) -> None:
    chain = page.locator("bp-because-chain")
    expect(chain).to_contain_text("The loss is 0.0136")
    expect(chain).to_contain_text("because the output said 0.6651, not 0.5000")
    chain.get_by_role("button", name="+0.0213").click()
    expect(page.locator("bp-derivation")).to_contain_text("Where does 0.0213 come from?")
    expect(page.locator("bp-derivation h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(chain.get_by_role("button", name="+0.0213")).to_be_focused()
    figure.press("Next sample")
    expect(chain).to_contain_text("The loss is 0.0127")


@pytest.mark.parametrize(("name", "entry"), [("delta", "0.0368"), ("activation", "0.5523"), ("chain", "0.0010")])
def test_a_word_opens_an_instance_of_itself(figure: Figure, page: Page, name: str, entry: str) -> None:
    show(page, name)
    expect(page.locator("bp-derivation")).to_contain_text(entry)


def test_the_words_set_the_figures_up(figure: Figure, page: Page) -> None:
    show(page, "saturated")
    expect(page.locator("bp-passes")).to_contain_text("30.0000")
    show(page, "biases")
    expect(page.locator("bp-passes").get_by_label("Biases")).to_have_value("on")
    show(page, "race")
    expect(page.locator("bp-race").get_by_role("slider", name="Epoch", exact=True)).to_have_value("1000")
    show(page, "fast")
    expect(page.get_by_label("Learning rate of lane 1")).to_have_value("10")
    show(page, "adam")
    expect(page.get_by_label("Optimiser of lane 3")).to_have_value("adam")
    expect(page.get_by_label("Learning rate of lane 3")).to_have_value("0.1")
    show(page, "xor")
    expect(page.locator("bp-xor").get_by_role("slider", name="Epoch", exact=True)).to_have_value("1000")
    show(page, "slope")
    expect(page.locator("bp-hill").get_by_role("radio", name="This network")).to_be_checked()
    show(page, "roll")
    expect(page.locator("bp-hill").get_by_role("radio", name="Bowl")).to_be_checked()


@pytest.mark.parametrize("exact", ["−0.0081", "0.6596"])
def test_a_printed_number_opens_its_derivation(figure: Figure, page: Page, exact: str) -> None:
    table = page.get_by_role("table", name="Printed and exact")
    expect(table.locator("tr.differs")).to_have_count(15)
    table.get_by_text(exact, exact=True).click()
    expect(page.locator("bp-derivation")).to_contain_text(f"Where does {exact.removeprefix('−')} come from?")


def test_navigation_says_where_one_is(figure: Figure, page: Page) -> None:
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="XOR").click()
    expect(page.get_by_role("navigation", name="Sections").get_by_role("link", name="XOR")).to_have_attribute(
        "aria-current", "true")
    expect(page.locator("#xor")).to_be_in_viewport()


def test_it_reads_without_a_script(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("because the output said 0.6651, not 0.5000")).to_be_visible()
    expect(page.get_by_role("table", name="Printed and exact").locator("tbody tr")).to_have_count(20)
    for word in WORDS:
        expect(page.locator(f"#w-{word.id}")).to_contain_text(word.meaning[:30])
    context.close()

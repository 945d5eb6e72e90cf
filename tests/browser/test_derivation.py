"""Any number can be asked where it comes from, three levels deep and back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figure import Figure


def test_three_levels_deep_and_back(figure: Figure, page: Page) -> None:
    figure.press("Forward pass").press("Backward pass")
    page.get_by_role("table", name="Nodes").get_by_role("button", name="+0.0081").click()
    panel = page.get_by_role("region", name="Derivation")
    expect(panel.get_by_role("heading")).to_have_text("Where does 0.0081 come from?")

    for value in ("0.0331", "0.0331", "0.0368", "0.1651"):
        panel.locator(".tree > li > .row").get_by_role("button", name=value, exact=True).first.click()
        expect(panel.get_by_role("heading")).to_have_text(f"Where does {value} come from?")

    panel.get_by_role("button", name="Back to 0.0331").first.click()
    expect(panel.get_by_role("heading")).to_have_text("Where does 0.0331 come from?")
    panel.get_by_role("button", name="Close the derivation").click()
    expect(panel).to_have_count(0)


def test_a_given_number_says_so_and_can_be_set(figure: Figure, page: Page) -> None:
    page.get_by_role("table", name="Weights").get_by_role("button", name="0.9000").click()
    panel = page.get_by_role("region", name="Derivation")
    expect(panel).to_contain_text("It is given")
    panel.get_by_role("textbox").fill("0.5")
    panel.get_by_role("button", name="Set").click()
    expect(page.get_by_role("table", name="Weights").get_by_role("button", name="0.5000")).to_be_visible()


def test_every_known_number_of_the_tables_opens_its_derivation(figure: Figure, page: Page) -> None:
    figure.to_end()
    panel = page.get_by_role("region", name="Derivation")
    for table in ("Nodes", "Weights"):
        for button in page.get_by_role("table", name=table, exact=True).get_by_role("button").all():
            button.click()
            value = button.inner_text().replace("◂", "").strip().lstrip("+")
            expect(panel.get_by_role("heading")).to_have_text(f"Where does {value} come from?")


FREE = """() => {
    const [answer, deck, bar] = ["bp-derivation .derive", "bp-passes .deck", ".bar"].map(
        (part) => document.querySelector(part).getBoundingClientRect());
    return { above: deck.top - answer.bottom, below: answer.top - Math.max(0, bar.bottom) };
}"""


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (360, 780)], ids=["laptop", "tablet", "phone"])
def test_an_answer_stands_between_the_bar_and_the_controls(figure: Figure, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    figure.press("Step", 3)
    page.locator('.net [data-ask="h1.z"]').first.click()
    expect(page.get_by_role("region", name="Derivation").get_by_role("heading")).to_be_visible()
    page.wait_for_function(f"Object.values(({FREE})()).every((px) => px >= 0)")


def test_pointing_at_a_number_lights_its_place_and_the_reverse(figure: Figure, page: Page) -> None:
    figure.press("Step")
    page.locator("bp-equation .factor").first.hover()
    expect(page.locator(".net .lit")).not_to_have_count(0)
    page.locator('.net [data-ask="w:x1>h1"]').first.hover()
    expect(page.locator("bp-weights-table tr.touch")).to_have_count(1)
    expect(page.locator("bp-equation .factor.lit")).to_have_count(1)

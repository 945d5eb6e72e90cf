"""Everything may be changed; what was computed from it is cleared and recomputed; a refusal loses nothing."""

import pytest
from playwright.sync_api import Page, expect

from backprop import Network, forward
from tests.browser.figure import Figure


def test_an_edited_weight_clears_what_depends_on_it_and_recomputes(figure: Figure, page: Page) -> None:
    figure.press("Forward pass").press("Backward pass")
    reached = figure.position
    h1_before = figure.table("Nodes")["h1"][0]

    figure.press("Edit numbers")
    page.get_by_label("Weight x1 to h2").fill("0.8")
    page.get_by_label("Weight x1 to h2").press("Enter")
    figure.reaches(2)  # h1's z and a do not depend on it; h2's z is the first that does
    expect(page.locator("bp-nodes-table s.stale")).not_to_have_count(0)
    expect(page.get_by_text("You changed")).to_be_visible()
    nodes = figure.table("Nodes")
    assert nodes["h1"][0] == h1_before

    figure.press("Recompute").reaches(reached).press("Done editing")
    expect(page.locator("s.stale")).to_have_count(0)
    network = Network(
        weights=[[[0.2, 0.8], [0.2, 0.3]], [[0.3], [0.9]]], biases=None, activations=["sigmoid", "sigmoid"]
    )
    passed = forward(network, [[0.35, 0.7]])
    nodes = figure.table("Nodes")
    assert nodes["h2"][0] == f"{passed.a[1][0, 1]:.4f}"
    assert nodes["o1"][0] == f"{passed.output[0, 0]:.4f}"


@pytest.mark.parametrize("size", [(1280, 900), (360, 780)], ids=["laptop", "phone"])
def test_the_fields_are_seen_when_they_open(figure: Figure, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    figure.unfold().press("Edit numbers")
    expect(page.get_by_label("Value of x1")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("label", "text", "words"), [
    ("Weight x1 to h1", "lots", "takes a number"),
    ("Weight x1 to h1", "1e9", "1000"),
    ("Learning rate", "-3", "Learning rate takes a number from 0 to 1000"),
])
def test_a_refused_edit_says_what_it_takes_and_loses_nothing(
    figure: Figure, page: Page, label: str, text: str, words: str
) -> None:
    figure.press("Forward pass").press("Edit numbers")
    position, before = figure.position, page.locator(".net").text_content()
    page.locator("bp-passes").get_by_label(label, exact=True).fill(text)
    page.locator("bp-passes").get_by_label(label, exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(words)
    figure.reaches(position)
    assert page.locator(".net").text_content() == before


def test_presets_settings_and_reset(figure: Figure, page: Page) -> None:
    page.get_by_label("Example").select_option(label="XOR")
    expect(page.get_by_label("Row of the data")).to_be_visible()
    first = figure.table("Weights")
    figure.press("Next sample").press("Next sample").reaches(0)
    assert figure.table("Weights") != first
    figure.press("Reset").reaches(0)
    assert figure.table("Weights") == first

    page.get_by_label("Loss", exact=True).select_option("binary_cross_entropy")
    page.get_by_label("Biases").select_option("off")
    expect(page.get_by_role("table", name="Weights").locator("tbody tr")).to_have_count(6)
    page.get_by_label("Hidden activation").select_option("relu")
    figure.to_end()
    figure.press("New weights").reaches(0)
    weights = figure.table("Weights")
    figure.press("Next sample").press("Reset").reaches(0)
    assert figure.table("Weights") == weights


def test_a_learning_rate_of_zero_moves_nothing(figure: Figure, page: Page) -> None:
    page.locator("bp-passes").get_by_label("Learning rate").fill("0")
    page.locator("bp-passes").get_by_label("Learning rate").press("Enter")
    figure.to_end()
    for cells in figure.table("Weights").values():
        assert cells == [cells[0], "0.0000", cells[0]]

"""A quantity that a sentence mentions lights up where it is drawn, for the pointer and for the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figure import Figure


def test_the_blame_handed_to_h1_lights_up_in_the_figure_and_beside_the_text(figure: Figure, page: Page) -> None:
    handed = page.locator('[data-quantity="passes blame:h1>o1"]')
    handed.focus()
    expect(page.locator("bp-passes .edge.lit")).to_have_count(1)
    glance = page.locator("bp-glance")
    expect(glance.locator(".edge.lit.backward")).to_have_count(1)
    expect(glance).to_contain_text("◂ +0.0110")
    expect(glance.get_by_role("img")).to_have_accessible_name(re.compile("share handed from o1 to h1: 0.0110"))
    page.locator("#three h2").hover()
    page.locator('[data-show="forward"]').first.focus()
    expect(page.locator("bp-passes .edge.lit")).to_have_count(0)
    expect(glance.locator(".edge.lit.backward")).to_have_count(0)


def test_a_press_on_a_quantity_asks_where_it_comes_from(figure: Figure, page: Page) -> None:
    page.locator('[data-quantity="passes h1.grad_a blame:h1>o1"]').press("Enter")
    expect(page.locator("bp-derivation")).to_contain_text("Where does 0.0110 come from?")
    expect(page.locator("bp-derivation")).to_be_in_viewport()


def test_a_number_of_the_chain_lights_up_under_the_pointer(figure: Figure, page: Page) -> None:
    page.locator("bp-because-chain").get_by_role("button", name="0.6860").hover()
    expect(page.locator("bp-glance .cell.lit.forward")).to_have_count(1)
    expect(page.locator("bp-glance")).to_contain_text("▸ 0.6860")


def test_the_glance_follows_the_pass(figure: Figure, page: Page) -> None:
    figure.press("Next sample")
    expect(page.locator("bp-because-chain")).to_contain_text("The loss is 0.0127")
    page.locator('[data-quantity="passes o1.a"]').focus()
    expect(page.locator("bp-glance")).to_contain_text("▸ 0.6596")


@pytest.mark.parametrize(("quantity", "lit"), [
    ("hill slope", ".tangent"), ("hill step", ".shaft"), ("race rate", ".lane-head"), ("race verdict", ".run-verdict"),
    ("xor table", ".truth"), ("xor loss", ".loss-chart"),
])
def test_quantities_of_the_other_figures_light_up_too(figure: Figure, page: Page, quantity: str, lit: str) -> None:
    name, part = quantity.split()
    host = page.locator(f"bp-{name}")
    host.scroll_into_view_if_needed()
    host.locator(lit).first.wait_for(state="attached")  # a level line has no height

    def looks() -> str:
        how = "(part) => getComputedStyle(part).strokeWidth + getComputedStyle(part).outlineStyle"
        return str(host.locator(lit).first.evaluate(how))

    before = looks()
    page.locator(f'[data-quantity="{quantity}"]').focus()
    expect(host).to_have_attribute("data-lit", part)
    assert looks() != before
    page.locator(f'[data-quantity="{quantity}"]').blur()
    expect(host).not_to_have_attribute("data-lit", part)
    assert looks() == before


def test_every_quantity_of_the_pass_lights_up_in_the_figure_and_beside_the_chain(figure: Figure, page: Page) -> None:
    sentences = page.locator('[data-quantity^="passes "]')
    glance = page.locator("bp-glance").get_by_role("img")
    assert sentences.count() == 9
    for sentence in sentences.all():
        expect(page.locator("bp-network .lit")).to_have_count(0)
        expect(glance).to_have_accessible_name("The network of the figure; what a sentence speaks of is lit up here")
        sentence.focus()
        expect(page.locator("bp-network .lit").first).to_be_attached()
        expect(glance).to_have_accessible_name(re.compile(r": −?\d"))
        sentence.blur()

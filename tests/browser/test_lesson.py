"""The lesson around the figures: every button in a sentence does what it says, and the page reads without a script."""

from __future__ import annotations

import re

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
    show(page, "update")
    figure.reaches(figure.length)


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


def test_the_chain_multiplies_what_stands_at_the_end_of_its_lines(figure: Figure, page: Page) -> None:
    chain = page.locator("bp-because-chain")
    factors = chain.locator(".chain-factor")
    expect(factors).to_have_text([re.compile(rf"^{name} {times}◂{value}$") for name, times, value in (
        ("blame", "", r"\+0\.1651"), ("slope", "× ", r"0\.2228"), ("sent", "× ", r"0\.5781"))])
    expect(chain).to_contain_text("answers for 0.1651 × 0.2228 × 0.5781 = ◂+0.0213 of the loss")
    factors.nth(1).get_by_role("button").click()
    expect(page.locator("bp-derivation")).to_contain_text("Where does 0.2228 come from?")
    page.locator("bp-settings").get_by_label("Blame is written as").select_option("error_term")
    expect(chain).to_contain_text("So minus that weight’s gradient is −0.1651 × 0.2228 × 0.5781 = ◂−0.0213.")
    page.locator("bp-settings").get_by_label("Blame is written as").select_option("gradient")
    page.locator("bp-settings").get_by_label("Loss", exact=True).select_option("binary_cross_entropy")
    expect(factors).to_have_text([re.compile(r"^delta ◂\+0\.1651$"), re.compile(r"^sent × ◂0\.5781$")])
    expect(chain).to_contain_text("answers for 0.1651 × 0.5781 = ◂+0.0954 of the loss")


def test_the_first_derivative_of_a_pass_says_how_it_reads(figure: Figure, page: Page) -> None:
    reads = page.locator("bp-equation .reads")
    figure.press("Backward pass").seek(7).press("Step")
    expect(reads).to_have_text("∂L/∂a reads: how much the loss rises per unit of a.")
    figure.press("Step")
    expect(reads).to_have_count(0)


def test_the_change_has_a_sign_of_its_own_and_delta_is_one_thing(figure: Figure, page: Page) -> None:
    heads = {name: page.locator(f"bp-{name}-table thead") for name in ("nodes", "weights")}
    expect(heads["nodes"]).to_contain_text("δ = ∂L/∂z")
    expect(heads["weights"]).to_contain_text("Change Δw")
    expect(page.locator("bp-weights-table .table-note")).to_have_text(
        "Δw, the change: New = Value + Δw. (Some call it δ; here δ is ∂L/∂z.)")
    figure.press("Backward pass")
    assert figure.table("Weights")["h2→o1"][1] == "gradientonly:+0.0213"
    figure.press("Step")
    expect(page.locator("bp-equation .lhs annotation")).to_have_text(r"\Delta w_{h_1 \to o_1}")


@pytest.mark.parametrize(("name", "entry"), [("delta", "0.0368"), ("activation", "0.5523"), ("chain", "0.0010")])
def test_a_word_opens_an_instance_of_itself(figure: Figure, page: Page, name: str, entry: str) -> None:
    show(page, name)
    expect(page.locator("bp-derivation")).to_contain_text(entry)


def test_the_words_set_the_figures_up(figure: Figure, page: Page) -> None:
    show(page, "saturated")
    expect(page.locator("bp-passes")).to_contain_text("30.0000")
    expect(page.locator("bp-product")).to_contain_text("Saturated: the slope is a sliver")
    show(page, "biases")
    expect(page.locator("bp-passes").get_by_label("Biases")).to_have_value("on")
    show(page, "race")
    expect(page.locator("bp-race").get_by_role("slider", name="Epoch", exact=True)).to_have_value("1000")
    show(page, "fast")
    expect(page.get_by_label("Learning rate of lane 1")).to_have_value("2")
    expect(page.locator("bp-race .run-verdict").first).to_have_text("Solved at epoch 22")
    show(page, "adam")
    expect(page.get_by_label("Optimiser of lane 3")).to_have_value("adam")
    expect(page.get_by_label("Learning rate of lane 3")).to_have_value("0.1")
    expect(page.locator("bp-race .run-verdict").last).to_have_text("Solved at epoch 19")
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


def test_the_sentences_about_the_pass_show_their_pictures(figure: Figure, page: Page) -> None:
    show(page, "product")
    expect(page.locator("bp-product")).to_contain_text("delta")
    show(page, "streams")
    expect(page.locator("bp-streams")).to_be_visible()
    show(page, "padlock")
    expect(page.locator("bp-pictures")).to_contain_text("had moved first")
    show(page, "hold")
    expect(figure.root.get_by_role("switch", name="Hold the update back")).to_be_checked()


def test_a_sentence_shows_what_it_says_wherever_the_pass_is(figure: Figure, page: Page) -> None:
    figure.to_end()
    show(page, "loss")
    figure.reaches(7)
    expect(page.locator("bp-equation")).to_contain_text("Pass 1 · Loss")
    show(page, "saturated")
    expect(page.locator("bp-product")).to_contain_text("Saturated: the slope is a sliver")
    there = figure.position
    figure.seek(0)
    show(page, "saturated")  # nothing is left to edit
    figure.reaches(there)


def test_the_sentences_about_the_hill_put_the_ball_down(figure: Figure, page: Page) -> None:
    for name, landscape in (("ravine", "Ravine"), ("valleys", "Two valleys")):
        show(page, name)
        expect(page.locator("bp-hill").get_by_role("radio", name=landscape)).to_be_checked()
        expect(page.locator("bp-hill bp-hill-table tbody tr").nth(1)).to_be_attached()  # it has taken a step


def test_three_lanes_overflow_and_say_when(figure: Figure, page: Page) -> None:
    show(page, "overflow")
    verdicts = page.locator("bp-race .run-verdict")
    expect(verdicts).to_have_text([f"Diverged at epoch {epoch}" for epoch in (167, 107, 79)])


def test_thirty_layers_are_measured(figure: Figure, page: Page) -> None:
    show(page, "deeper")
    expect(page.locator("bp-depth").get_by_role("slider", name="Layers")).to_have_value("30")
    expect(page.locator("bp-depth figcaption")).to_contain_text("After 30 layers")


def test_what_a_sentence_sets_up_comes_under_the_bar(figure: Figure, page: Page) -> None:
    show(page, "ravine")
    expect(page.locator("bp-hill")).to_be_in_viewport()
    top = page.locator("bp-hill").evaluate("(hill) => hill.getBoundingClientRect().top")
    bar = page.locator(".bar").evaluate("(bar) => bar.getBoundingClientRect().bottom")
    assert bar <= top < bar + 40

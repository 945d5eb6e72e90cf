"""What the page says of rates and losses is true in each convention: what a sentence sets up takes the same steps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from backprop.figure_examples import OVERFLOW
from backprop.guessing import guessing_results
from backprop.known_run import KnownRun
from backprop.run_presets import RUN_PRESETS
from backprop.run_spec import read_run_spec
from tests.browser.figure import Figure, let_begin
from tests.browser.run_figure import RunFigure

RACE = next(preset.spec for preset in RUN_PRESETS if preset.name == "race")
MEDIANS = {method["name"]: method["quartiles"][1] for method in guessing_results()["methods"]}


def switched(page: Page, name: str, label: str) -> None:
    """Use a switch of the page, and wait until the figures have followed."""
    option = page.locator(f'bp-convention[name="{name}"]').first.get_by_role("radio", name=label, exact=True)
    option.evaluate("radio => radio.click()")  # not by the pointer: figures that begin as one scrolls move the page
    expect(option).to_be_checked()


def press(page: Page, name: str) -> None:
    page.locator(f'[data-show="{name}"]').first.evaluate("button => button.click()")


def test_the_cost_of_guessing_speaks_of_rates_as_they_are_above(figure: Figure, page: Page) -> None:
    xor = RunFigure(page, "xor").settled()
    chart = xor.root.locator("bp-cost-chart")
    slow, best = MEDIANS["backpropagation"], MEDIANS["backpropagation_best_rate"]
    finding = chart.locator("figcaption.finding")
    expect(finding).to_contain_text(f"each with its best settings. At the rate of 0.5 used above, backpropagation took "
                                    f"{slow}, longer than guessing")
    expect(chart.locator(".direct", has_text="rate 2")).to_have_count(1)
    expect(chart.get_by_text("mean loss", exact=True)).to_be_visible()
    switched(page, "reduction", "added up")
    expect(finding).to_contain_text("each with its best settings, for backpropagation the rate of 0.5 used above. "
                                    f"At the rate of 0.125, backpropagation took {slow}")
    expect(finding).to_contain_text(f"solved XOR after {best} evaluations")
    expect(chart.locator(".direct", has_text="rate 0.125")).to_have_count(1)
    expect(chart.locator("details")).to_contain_text("Rates are those of the sum over the four rows")
    xor.fill("Learning rate of the network", "0.3")
    expect(finding).not_to_contain_text("used above")
    xor.fill("Learning rate of the network", "0.125")
    expect(finding).to_contain_text("At the rate of 0.125 used above, ")
    xor.root.get_by_label("Preset").select_option(label="as in the textbook")
    expect(finding).not_to_contain_text("used above")  # it trains otherwise


def solved_at(rate: float, reduction: str) -> int | None:
    [lane, *_] = RACE.as_dict()["lanes"]
    known = KnownRun(read_run_spec(RACE.as_dict() | {
        "reduction": reduction, "lanes": [lane | {"learning_rate": rate}]}))
    while known.known <= 200:
        known.extend()
    [shown] = known.shown([200], 0)
    return shown.verdicts[0].at


@pytest.mark.parametrize(("label", "reduction", "rate"), [("averaged", "mean", 2), ("added up", "sum", 0.5)])
def test_the_best_rate_in_between_is_one_of_the_convention(
        figure: Figure, page: Page, label: str, reduction: str, rate: float) -> None:
    race = RunFigure(page, "race").settled()
    switched(page, "reduction", label)
    expect(page.locator("#race [data-show=fast]")).to_have_text(f"try {rate} in the first lane", use_inner_text=True)
    press(page, "fast")
    expect(race.root.get_by_label("Learning rate of lane 1")).to_have_value(str(rate))
    expect(race.verdicts.first).to_have_text("Solved at epoch 22")
    assert solved_at(rate, reduction) == 22 == solved_at(2, "mean")


@pytest.mark.parametrize("half", ["with ½", "without"])
@pytest.mark.parametrize("reduction", ["averaged", "added up"])
def test_the_overflow_comes_in_the_conventions_of_the_page(
        figure: Figure, page: Page, half: str, reduction: str) -> None:
    RunFigure(page, "race").settled()
    switched(page, "half", half)
    switched(page, "reduction", reduction)
    RunFigure(page, "race").settled()
    press(page, "overflow")
    expect(page.locator("bp-race .run-verdict")).to_have_text([f"Diverged at epoch {at}" for at in (167, 107, 79)])
    factor = (2 if half == "with ½" else 1) / (4 if reduction == "added up" else 1)
    for k, lane in enumerate(OVERFLOW.spec.lanes, start=1):
        field = page.locator("bp-race").get_by_label(f"Learning rate of lane {k}", exact=True)
        expect(field).to_have_value(f"{lane.learning_rate * factor:g}")
    for name, label in (("half", half), ("reduction", reduction)):  # no switch is moved by it
        expect(page.locator(f'bp-convention[name="{name}"]').first.get_by_role(
            "radio", name=label, exact=True)).to_be_checked()


def test_the_words_say_what_an_epoch_does_with_its_rows(figure: Figure, page: Page) -> None:
    epoch = page.locator("#w-epoch dd")
    expect(epoch).to_contain_text("an epoch is four passes, averaged, and one move.", use_inner_text=True)
    switched(page, "reduction", "added up")
    expect(epoch).to_contain_text("an epoch is four passes, added up, and one move.", use_inner_text=True)
    expect(epoch).not_to_contain_text("averaged", use_inner_text=True)


def test_the_twins_say_which_loss_is_theirs(figure: Figure, page: Page) -> None:
    twins = page.locator("bp-twins")
    let_begin(twins)
    switched(page, "reduction", "added up")
    expect(twins).to_contain_text("Mean loss 0.")


def test_the_slowest_lane_goes_uphill_in_no_step_either_way() -> None:
    """What the text says of too little trust, of the first lane and its rate."""
    [lane, *_] = RACE.as_dict()["lanes"]
    for reduction in ("mean", "sum"):
        known = KnownRun(read_run_spec(RACE.as_dict() | {"reduction": reduction, "lanes": [lane]}))
        while known.known <= 1000:
            known.extend()
        losses = known.losses(0, 1001)[:, 0]
        assert all(later < earlier for earlier, later in pairwise(losses))
        assert known.shown([1000], 0)[0].verdicts[0].kind != "solved"

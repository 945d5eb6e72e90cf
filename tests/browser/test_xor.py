"""Figure `xor`, run to its end in a real Chromium: the truth table, the loss and the histogram are the engine's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from backprop.guessing import guessing_results
from backprop.run_presets import RUN_PRESETS, RunPreset
from backprop.typical import typical
from tests.browser.axe import violations
from tests.browser.run_figure import RunFigure
from tests.browser.test_race import losses, shown
from tests.server import RunningServer

PRESETS = {preset.name: preset for preset in RUN_PRESETS}


@pytest.fixture
def xor(page: Page, server: RunningServer) -> RunFigure:
    return RunFigure(page, "xor").open(f"{server.url}/figure/xor")


def expect_epoch(xor: RunFigure, preset: RunPreset, epoch: int) -> None:
    rows = xor.table("Truth table")
    frame = shown(preset.spec, epoch).frame
    assert [row[:3] for row in rows] == [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
    assert [row[3] for row in rows] == pytest.approx(list(frame.outputs[0, :, 0]), abs=5.1e-5)
    assert xor.losses() == pytest.approx(losses(preset.spec, epoch), rel=0.06, abs=5.1e-5)


def test_it_learns_xor_and_says_so(xor: RunFigure) -> None:
    expect(xor.verdicts).to_have_text("Ready")
    xor.to_the_end(1000, "Watch it learn")
    at = shown(PRESETS["xor"].spec, 1000).verdicts[0].at
    assert at < 1000
    expect(xor.verdicts).to_have_text(f"Solved at epoch {at}")
    assert [row[4] for row in xor.table("Truth table")] == ["right"] * 4
    expect_epoch(xor, PRESETS["xor"], 1000)
    xor.seek(at - 1)
    expect(xor.verdicts).to_have_text("Learning")
    assert "wrong" in [row[4] for row in xor.table("Truth table")]
    xor.seek(at)
    expect(xor.verdicts).to_have_text(f"Solved at epoch {at}")


def test_going_back_shows_the_same_numbers(xor: RunFigure) -> None:
    xor.seek(77)
    before = xor.table("Truth table"), xor.losses()
    expect_epoch(xor, PRESETS["xor"], 77)
    xor.to_the_end(1000, "Watch it learn").seek(77)
    assert (xor.table("Truth table"), xor.losses()) == before


def test_the_weights_shown_are_the_engines(xor: RunFigure) -> None:
    xor.seek(250)
    xor.root.get_by_text("Weights as a table").click()
    shown_text = xor.root.locator("bp-small-network table").inner_text().replace("−", "-")
    for value in shown(PRESETS["xor"].spec, 250).frame.parameters[0]:
        assert f"{value:.4f}" in shown_text


def test_the_histogram_tells_of_five_hundred_starts(xor: RunFigure) -> None:
    found = typical(PRESETS["xor"].spec, 1000, 500)
    assert found.share >= 0.95
    expect(xor.root).to_contain_text(f"Of 500 other starts, {found.share * 100:.1f}".removesuffix(".0"))
    expect(xor.root).to_contain_text(f"half of them by epoch {round(found.median or 0)}")


def test_the_textbooks_preset_runs_its_ten_thousand_epochs(xor: RunFigure) -> None:
    xor.root.get_by_label("Preset").select_option(label="as in the textbook")
    expect(xor.root.get_by_label("Learning rate of the network")).to_have_value("0.1")
    xor.settled()
    xor.to_the_end(10_000, "Watch it learn")
    expect_epoch(xor, PRESETS["textbook"], 10_000)
    expect(xor.root).to_contain_text(re.compile(r"Of 500 other starts, [\d.]+ % solve it within 10.000 epochs"))


def test_new_weights_and_another_rate(xor: RunFigure) -> None:
    xor.press("New weights")
    expect(xor.root.locator(".settings")).not_to_contain_text("seed 4.")
    xor.settled()
    assert xor.epoch == 0
    xor.fill("Learning rate of the network", "oops")
    words = "Learning rate takes a number from 0 to 1000, but got the text “oops”."
    expect(xor.root.get_by_role("alert")).to_have_text(words)
    xor.fill("Learning rate of the network", "0.75")
    expect(xor.root.get_by_role("alert")).to_have_count(0)


def test_a_run_that_did_not_solve_it_is_marked_among_those(xor: RunFigure) -> None:
    xor.fill("Number of epochs", "30")
    expect(xor.root.locator("bp-histogram .direct")).to_have_count(0)
    xor.to_the_end(30, "Watch it learn")
    expect(xor.root.locator("bp-histogram .run-dot")).to_have_count(1)
    bar, dot = (xor.root.locator(f"bp-histogram {what}").bounding_box() for what in (".bar-of.never", ".run-dot"))
    assert bar and dot
    assert abs(bar["x"] + bar["width"] / 2 - dot["x"] - dot["width"] / 2) < 1.5
    assert dot["y"] + dot["height"] <= bar["y"]
    expect(xor.root.locator("bp-histogram .direct")).to_have_text("this one")
    xor.root.locator("bp-histogram summary").click()
    expect(xor.root.locator("bp-histogram tr.touch")).to_contain_text("not solved this one")
    xor.press("Back")
    expect(xor.root.locator("bp-histogram .direct")).to_have_count(0)


def test_a_preset_keeps_the_end_that_the_learner_chose(xor: RunFigure) -> None:
    end = xor.root.get_by_label("Number of epochs")
    xor.root.get_by_label("Preset").select_option(label="as in the textbook")
    expect(end).to_have_value("10000")
    xor.fill("Number of epochs", "1")
    xor.root.get_by_label("Preset").select_option(label="tanh, cross-entropy")
    expect(xor.root.get_by_label("Learning rate of the network")).to_have_value("0.5")
    expect(end).to_have_value("1")
    expect(xor.root).to_contain_text("none solves it within 1 epoch.")


def test_what_guessing_costs_is_told_with_its_numbers(xor: RunFigure) -> None:
    assert guessing_results()
    chart = xor.root.locator("bp-cost-chart")
    expect(chart).to_contain_text("the best a single neuron can do: 0.693")
    expect(chart).to_contain_text("A backward pass counts as one more")
    expect(chart).to_contain_text("an epoch of backpropagation takes two")
    expect(chart).to_contain_text("longer than guessing")


def test_axe_while_the_figures_run_and_after(page: Page, server: RunningServer) -> None:
    race = RunFigure(page, "race").open(server.url)
    xor = RunFigure(page, "xor").settled()
    xor.press("Watch it learn")
    race.press("Start race")
    found = {"running": violations(page)}
    expect(xor.scrubber).to_have_value("1000")
    expect(race.scrubber).to_have_value("1000")
    for summary in page.locator("bp-race summary, bp-xor summary").all():
        summary.click()
    found["tables open"] = violations(page)
    assert not any(found.values()), found

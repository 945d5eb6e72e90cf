"""Verdicts: each rule from both sides of its border, on losses made up for it; the finishing line by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from backprop.passes import forward
from backprop.run_spec import read_run_spec
from backprop.training import SOLVED_WITHIN
from backprop.verdicts import CRAWLING, FEW, HELD, KINDS, RARE, Story, Verdict, finishing_line
from tests.unit.run_specs import XOR, lane, xor

FAR, NEAR = 0.9, 0.1  # misses: not solved, solved


def story(losses: list[float], misses: list[float] | None = None, diverged: int | None = None) -> Story:
    return Story(np.array(losses), np.array([FAR] * len(losses) if misses is None else misses), diverged)


def falling(steps: int, uphill: int) -> list[float]:
    """Return losses of so many steps, of which the first `uphill` go up, all within a hundredth of 1."""
    return [1.0 + 1e-6 * k for k in range(uphill + 1)] + [1.0 - 1e-6 * k for k in range(1, steps - uphill + 1)]


def kind(made: Story, epoch: int) -> str:
    return made.verdict(epoch).kind


def test_the_numbers_of_the_rules() -> None:
    assert (FEW, RARE, HELD, CRAWLING, SOLVED_WITHIN) == (3, 0.05, 10, 0.75, 0.2)
    assert KINDS == ("ready", "crawling", "learning", "solved", "chaotic", "diverged")


def test_ready_before_the_first_step_even_where_it_is_solved() -> None:
    assert story([1.0, 0.5], [NEAR, NEAR]).verdict(0) == Verdict("ready", 0, 0, 0)


@pytest.mark.parametrize(("loss", "expected"), [(0.76, "crawling"), (0.75, "learning"), (0.74, "learning")])
def test_crawling_above_three_quarters_of_the_first_loss(loss: float, expected: str) -> None:
    assert kind(story([1.0, loss]), 1) == expected
    assert story([1.0, loss]).verdict(1) == Verdict(expected, 1, 0, 1)


def test_a_level_step_is_not_uphill() -> None:
    assert story([1.0, 1.0, 1.0, 1.0]).verdict(3) == Verdict("crawling", 3, 0, 3)


@pytest.mark.parametrize(("uphill", "expected"), [(2, "crawling"), (3, "chaotic")])
def test_fewer_than_three_steps_uphill_are_no_chaos(uphill: int, expected: str) -> None:
    assert story(falling(4, uphill)).verdict(4) == Verdict(expected, 4, uphill, 4)


@pytest.mark.parametrize(("steps", "expected"), [(59, "chaotic"), (60, "crawling"), (61, "crawling")])
def test_three_steps_uphill_of_sixty_are_rare_and_of_fewer_are_not(steps: int, expected: str) -> None:
    assert story(falling(steps, 3)).verdict(steps) == Verdict(expected, steps, 3, steps)


def test_only_steps_so_far_count() -> None:
    made = story([1.0, 0.9, 0.8, 0.9, 1.0, 1.1, 0.1])
    assert [made.verdict(epoch).uphill for epoch in range(7)] == [0, 0, 0, 1, 2, 3, 3]
    assert [kind(made, epoch) for epoch in range(7)] == [
        "ready", "crawling", "crawling", "crawling", "crawling", "chaotic", "chaotic"]


@pytest.mark.parametrize(("miss", "expected"), [(0.2, "solved"), (np.nextafter(0.2, 1), "crawling")])
def test_solved_within_a_fifth(miss: float, expected: str) -> None:
    assert kind(story([1.0, 0.9], [FAR, miss]), 1) == expected


def test_solved_says_since_when_it_has_been_without_a_break() -> None:
    made = story(falling(6, 0), [FAR, NEAR, NEAR, FAR, NEAR, NEAR, NEAR])
    assert [made.verdict(epoch).kind for epoch in range(1, 7)] == [
        "solved", "solved", "crawling", "solved", "solved", "solved"]
    assert [made.verdict(epoch).at for epoch in (1, 2, 3, 4, 5, 6)] == [1, 1, 3, 4, 4, 4]


def test_in_chaos_only_what_has_lasted_ten_epochs_is_solved() -> None:
    losses = falling(40, 20)
    misses = [FAR] * 25 + [NEAR] * 16
    made = story(losses, misses)
    assert [kind(made, epoch) for epoch in (24, 25, 34)] == ["chaotic"] * 3
    assert [kind(made, epoch) for epoch in (35, 40)] == ["solved"] * 2
    assert made.verdict(35) == Verdict("solved", 25, 20, 35)


def test_where_steps_uphill_are_rare_it_is_solved_at_once() -> None:
    assert story(falling(3, 2), [FAR, FAR, FAR, NEAR]).verdict(3) == Verdict("solved", 3, 2, 3)


def test_diverged_from_its_epoch_on_and_not_before() -> None:
    losses = [1.0, 2.0, 3.0, math.inf, math.nan, math.nan]
    made = story(losses, [FAR, FAR, FAR, math.nan, math.nan, math.nan], 3)
    assert [kind(made, epoch) for epoch in range(6)] == ["ready", "crawling", "crawling"] + ["diverged"] * 3
    assert made.verdict(3) == made.verdict(5) == Verdict("diverged", 3, 2, 2)


def test_a_start_that_is_not_finite_has_diverged_at_0() -> None:
    assert story([math.inf, math.nan], diverged=0).verdict(0) == Verdict("diverged", 0, 0, 0)


def test_a_verdict_needs_no_later_epoch() -> None:
    losses, misses = falling(80, 5), [FAR] * 30 + [NEAR] * 51
    whole = story(losses, misses)
    for epoch in range(81):
        assert story(losses[:epoch + 1], misses[:epoch + 1]).verdict(epoch) == whole.verdict(epoch)


def test_the_finishing_line_by_hand() -> None:
    squares = {"activations": ["tanh", "linear"]}
    assert finishing_line(xor(lane(1))) == pytest.approx(math.log(1 / 0.8), rel=1e-15)
    assert finishing_line(xor(lane(1), reduction="sum")) == pytest.approx(4 * math.log(1 / 0.8), rel=1e-15)
    assert finishing_line(xor(lane(1), loss="half_squared_error", **squares)) == pytest.approx(0.02)
    assert finishing_line(xor(lane(1), loss="squared_error", reduction="sum", **squares)) == pytest.approx(4 * 0.04)
    two = {"layers": [2, 2], "activations": ["sigmoid"], "data": {"x": [[0, 1]], "y": [[0, 1]]}}
    assert finishing_line(xor(lane(1), **two)) == pytest.approx(2 * math.log(1 / 0.8))


def test_targets_between_are_missed_towards_one_half() -> None:
    between = {"x": [[0, 0], [1, 1]], "y": [[0.3], [0.9]]}
    line = -0.3 * math.log(0.5) - 0.7 * math.log(0.5) - 0.9 * math.log(0.7) - 0.1 * math.log(0.3)
    assert finishing_line(xor(lane(1), data=between)) == pytest.approx(line / 2)


def test_no_finishing_line_where_outputs_cannot_all_miss_by_as_much() -> None:
    classes = {"layers": [2, 3], "activations": ["softmax"], "loss": "cross_entropy",
               "data": {"x": [[0, 1]], "y": [[0, 1, 0]]}}
    assert finishing_line(xor(lane(1), **classes)) is None


def test_a_network_on_the_finishing_line_is_just_solved() -> None:
    z = math.log(4.0)  # sigmoid: 0.8
    spec = read_run_spec({"v": 1, "layers": [2, 1], "activations": ["sigmoid"], "loss": "binary_cross_entropy",
                          "biases": True, "data": {"x": XOR["x"], "y": [[1], [1], [1], [1]]}, "lanes": [
                              {"learning_rate": 0, "initial": {"kind": "given", "weights": [[[0], [0]]],
                                                               "biases": [[z + 1e-12]]}}]})
    training = spec.training()
    stretch = training.go(training.start(), 1)
    assert stretch.losses[0, 0] == pytest.approx(finishing_line(spec), rel=1e-11)
    assert 0.2 - 1e-11 < stretch.misses[0, 0] <= 0.2
    assert forward(spec.starting(spec.lanes[0].initial), [[0, 0]]).output[0, 0] >= 0.8

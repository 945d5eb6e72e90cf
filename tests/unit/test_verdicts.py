"""Verdicts: each rule from both sides of its border, on losses made up for it; the finishing line by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from backprop import run
from backprop.activations import Array
from backprop.kernels.thresholds import (
    ALIKE,
    BEGUN_BEFORE,
    CRAWLING_ABOVE,
    CYCLE_FOR,
    FEW,
    FLEDGED,
    HELD_FOR,
    KINDS,
    LEAP,
    LONGEST_CYCLE,
    RARE,
    SOLVED_WITHIN,
    STILL,
    STILL_FOR,
    WORSE_BY,
)
from backprop.passes import forward
from backprop.run_spec import read_run_spec
from backprop.verdicts import Verdict, finishing_line, judged, verdicts
from tests.unit.judged_plainly import plain_verdict
from tests.unit.run_specs import XOR, lane, xor

FAR, NEAR = 0.9, 0.1  # misses: not solved, solved


class Story:
    """The verdicts on one lane."""

    def __init__(self, losses: Array, misses: Array, diverged: int | None) -> None:
        self.losses, self.misses, self.diverged = losses, misses, diverged

    def verdict(self, epoch: int) -> Verdict:
        [told] = judged(self.losses[np.newaxis], self.misses[np.newaxis],
                        np.array([-1 if self.diverged is None else self.diverged]), [epoch])
        [verdict] = verdicts(told)
        return verdict


def story(losses: list[float], misses: list[float] | None = None, diverged: int | None = None) -> Story:
    return Story(np.array(losses), np.array([FAR] * len(losses) if misses is None else misses), diverged)


def falling(steps: int, uphill: int) -> list[float]:
    """Return losses of so many steps, of which the first `uphill` go up, all within two tenths of 1."""
    up = [1.0 + 1e-5 * k for k in range(uphill + 1)]
    return up + [up[-1] - 2e-4 * k for k in range(1, steps - uphill + 1)]


def leaping(steps: int, middle: float = 1.0, reach: float = 0.5) -> list[float]:
    """Return losses that leap about a middle in no order, each by hand of a generator that knows no period."""
    return [1.0, *(middle + reach * np.random.default_rng(5).uniform(-1, 1, steps)).tolist()]


def kind(made: Story, epoch: int) -> str:
    return made.verdict(epoch).kind


def test_the_numbers_of_the_rules() -> None:
    assert (FEW, RARE, HELD_FOR, CRAWLING_ABOVE, WORSE_BY, SOLVED_WITHIN) == (3, 0.05, 10, 0.75, 0.1, 0.2)
    assert (BEGUN_BEFORE, FLEDGED, LEAP) == (50, 20, 0.05)
    assert (STILL_FOR, STILL) == (50, 1e-4)
    assert (LONGEST_CYCLE, CYCLE_FOR, ALIKE) == (8, 24, 0.01)
    assert KINDS == ("ready", "begun", "crawling", "learning", "solved", "stuck", "worse", "bouncing", "cycling",
                     "chaotic", "diverged")


def test_ready_before_the_first_step_even_where_it_is_solved() -> None:
    assert story([1.0, 0.5], [NEAR, NEAR]).verdict(0) == Verdict("ready", 0, 0, 0)


@pytest.mark.parametrize(("epoch", "expected"), [(1, "begun"), (49, "begun"), (50, "crawling"), (51, "crawling")])
def test_nobody_crawls_before_fifty_steps(epoch: int, expected: str) -> None:
    assert story(falling(60, 0)).verdict(epoch) == Verdict(expected, epoch, 0, epoch)


@pytest.mark.parametrize(("loss", "expected"), [(0.76, "begun"), (0.75, "learning"), (0.74, "learning")])
def test_who_lost_a_quarter_of_the_loss_is_learning_however_early(loss: float, expected: str) -> None:
    assert story([1.0, loss]).verdict(1) == Verdict(expected, 1, 0, 1)


@pytest.mark.parametrize(("loss", "expected"), [(0.7501, "crawling"), (0.75, "learning")])
def test_crawling_above_three_quarters_of_the_first_loss(loss: float, expected: str) -> None:
    assert kind(story([*falling(59, 0), loss]), 60) == expected


@pytest.mark.parametrize(("epoch", "loss", "expected"), [
    (19, 1.2, "begun"), (20, 1.2, "worse"), (20, 1.1001, "worse"), (20, 1.0999, "begun"), (60, 1.0999, "crawling"),
])
def test_worse_from_a_tenth_above_the_start_and_after_twenty_steps(epoch: int, loss: float, expected: str) -> None:
    assert kind(story([*falling(epoch - 1, 0), loss]), epoch) == expected


def test_a_loss_that_only_climbs_is_worse_and_not_chaotic() -> None:
    climbing = [1.5 ** k for k in range(60)]
    assert story(climbing).verdict(59) == Verdict("worse", 59, 59, 59)


@pytest.mark.parametrize(("steps", "off", "expected"), [
    (49, 0.0, "learning"), (50, 0.0, "stuck"), (50, 0.9e-4, "stuck"), (50, 1.1e-4, "learning"), (51, 1.1e-4, "stuck"),
])
def test_stuck_when_fifty_steps_have_not_moved_it_by_a_ten_thousandth(steps: int, off: float, expected: str) -> None:
    """It falls to half of what it was at the start, is a little off, and then stands for so many steps."""
    assert kind(story([2.0, 1.0 + off, *([1.0] * steps)]), steps + 1) == expected


def test_stuck_says_since_when() -> None:
    made = story([2.0, 1.0 + 2e-4, *([1.0] * 200)])
    assert made.verdict(60) == Verdict("stuck", 2, 0, 60)
    assert made.verdict(200) == Verdict("stuck", 2, 0, 200)


def test_a_flat_line_is_stuck_however_it_came_to_be() -> None:
    """Three leaps up and then nothing: once called chaotic for fifty epochs."""
    flat = story([1.0, 2.0, 3.0, 4.0, *([4.0] * 60)])
    assert [kind(flat, epoch) for epoch in (4, 20, 52, 53, 63)] == ["begun", "worse", "worse", "stuck", "stuck"]
    assert flat.verdict(63) == Verdict("stuck", 3, 3, 63)
    dust = story([1.0 + 1e-15 * (k % 2) for k in range(80)])
    assert kind(dust, 79) == "stuck"  # forty steps uphill, by a bit each
    assert kind(story([0.5] * 60), 59) == "stuck"


def test_a_level_step_is_neither_uphill_nor_downhill() -> None:
    assert story([1.0] * 5).verdict(4) == Verdict("begun", 4, 0, 4)


def round_and_round(values: list[float], steps: int, before: int = 0) -> list[float]:
    """Return losses that leap about before, and then go round the values for so many steps."""
    return leaping(before)[:before] + [values[k % len(values)] for k in range(steps + 1)]


@pytest.mark.parametrize(("values", "expected"), [
    ([1.0, 2.0], "bouncing"), ([1.0, 2.0, 4.0], "cycling"), ([1.0, 5.0, 2.0, 4.0], "cycling"),
    ([1.0, 3.0, 2.0, 7.0, 5.0, 6.0, 8.0, 4.0], "cycling"), ([1.0, 3.0, 2.0, 7.0, 5.0, 6.0, 8.0, 4.0, 3.5], "chaotic"),
])
def test_two_losses_bounce_three_to_eight_cycle_and_more_are_not_seen(values: list[float], expected: str) -> None:
    assert kind(story(round_and_round(values, 80)), 80) == expected


@pytest.mark.parametrize(("steps", "expected"), [(30, "chaotic"), (31, "bouncing")])
def test_a_cycle_is_one_after_twenty_four_steps_that_each_have_one_a_round_before(steps: int, expected: str) -> None:
    """Twenty-four steps, and eight losses to compare them with: the longest cycle has to show."""
    assert kind(story(round_and_round([1.0, 2.0], 40)), steps) == expected


@pytest.mark.parametrize(("steps", "expected"), [(59, "chaotic"), (60, "cycling"), (61, "cycling")])
def test_a_cycle_has_lasted_for_half_of_all_steps(steps: int, expected: str) -> None:
    """Sixty leaps lead to the cycle, whose first loss is that of epoch 60: half of epoch 120."""
    made = story(round_and_round([1.0, 2.0, 4.0], 100, before=60))
    assert kind(made, 60 + steps) == expected
    assert made.verdict(150).at == 60


@pytest.mark.parametrize(("off", "expected"), [(0.0099, "bouncing"), (0.0101, "chaotic")])
def test_a_round_is_like_the_one_before_to_a_hundredth_of_its_swing(off: float, expected: str) -> None:
    losses = round_and_round([2.0, 3.0], 60)
    losses[50] += off
    assert kind(story(losses), 60) == expected


@pytest.mark.parametrize(("swing", "expected"), [(1.1e-4, "bouncing"), (0.9e-4, "stuck")])
def test_a_swing_that_nobody_sees_is_no_cycle(swing: float, expected: str) -> None:
    assert kind(story(round_and_round([1.0, 1.0 + swing], 80)), 80) == expected


def test_a_slow_drift_does_not_hide_a_cycle() -> None:
    """The two losses come closer by a thousandth a round, as they do in the race at a rate of 12."""
    losses = [5.0 + (1.0 if k % 2 else -1.0) * 0.9995 ** k for k in range(800)]
    assert story(losses).verdict(799) == Verdict("bouncing", 0, 400, 799)


@pytest.mark.parametrize(("steps", "expected"), [(19, "begun"), (20, "chaotic"), (200, "chaotic")])
def test_leaps_in_no_order_are_chaotic_after_twenty_steps(steps: int, expected: str) -> None:
    assert kind(story(leaping(200)), steps) == expected


@pytest.mark.parametrize(("reach", "expected"), [(0.083, "crawling"), (0.086, "chaotic")])
def test_leaps_are_of_a_twentieth_of_the_loss_on_average(reach: float, expected: str) -> None:
    losses = leaping(200, reach=reach)
    lately = np.array(losses[100:])
    assert (np.abs(np.diff(lately)).mean() > LEAP * lately.mean()) == (expected == "chaotic")
    assert kind(story(losses), 200) == expected


@pytest.mark.parametrize(("middle", "expected"), [(0.72, "learning"), (0.80, "chaotic")])
def test_leaps_on_a_loss_that_came_down_are_no_chaos(middle: float, expected: str) -> None:
    losses = leaping(200, middle, reach=0.2)
    losses[200] = 0.7
    assert (np.mean(losses[100:]) > CRAWLING_ABOVE) == (expected == "chaotic")
    assert kind(story(losses), 200) == expected


def test_fewer_than_three_steps_uphill_are_no_chaos() -> None:
    """A saw: one leap up, nine smaller ones down."""
    saw = story([1.0, *([2.0 - 0.1 * k for k in range(10)] * 4)])
    assert [saw.verdict(epoch).uphill for epoch in (20, 21)] == [2, 3]
    assert [kind(saw, epoch) for epoch in (20, 21)] == ["begun", "chaotic"]


@pytest.mark.parametrize(("steps", "expected"), [(59, False), (60, True), (61, True)])
def test_three_steps_of_sixty_are_rare_and_of_fewer_are_not(steps: int, expected: bool) -> None:
    """Seen in what it is needed for: whether a lane is solved at once."""
    misses = [FAR] * steps + [NEAR]
    assert (kind(story(falling(steps, 3), misses), steps) == "solved") is expected


def test_only_steps_so_far_count() -> None:
    made = story([1.0, 0.9, 0.8, 0.9, 1.0, 1.1, 0.1])
    assert [made.verdict(epoch).uphill for epoch in range(7)] == [0, 0, 0, 1, 2, 3, 3]
    assert [kind(made, epoch) for epoch in range(7)] == ["ready", *["begun"] * 5, "learning"]


@pytest.mark.parametrize(("miss", "expected"), [(0.2, "solved"), (np.nextafter(0.2, 1), "begun")])
def test_solved_within_a_fifth(miss: float, expected: str) -> None:
    assert kind(story([1.0, 0.9], [FAR, miss]), 1) == expected


def test_solved_says_since_when_it_has_been_without_a_break() -> None:
    made = story(falling(6, 0), [FAR, NEAR, NEAR, FAR, NEAR, NEAR, NEAR])
    assert [made.verdict(epoch).kind for epoch in range(1, 7)] == [
        "solved", "solved", "begun", "solved", "solved", "solved"]
    assert [made.verdict(epoch).at for epoch in (1, 2, 3, 4, 5, 6)] == [1, 1, 3, 4, 4, 4]


def test_in_chaos_only_what_has_lasted_ten_epochs_is_solved() -> None:
    made = story(leaping(40), [FAR] * 25 + [NEAR] * 16)
    assert [kind(made, epoch) for epoch in (24, 25, 34)] == ["chaotic"] * 3
    assert [kind(made, epoch) for epoch in (35, 40)] == ["solved"] * 2
    assert made.verdict(35).at == 25


def test_where_steps_uphill_are_rare_it_is_solved_at_once() -> None:
    assert story(falling(3, 2), [FAR, FAR, FAR, NEAR]).verdict(3) == Verdict("solved", 3, 2, 3)


def test_diverged_from_its_epoch_on_and_not_before() -> None:
    losses = [1.0, 2.0, 3.0, math.inf, math.nan, math.nan]
    made = story(losses, [FAR, FAR, FAR, math.nan, math.nan, math.nan], 3)
    assert [kind(made, epoch) for epoch in range(6)] == ["ready", "begun", "begun"] + ["diverged"] * 3
    assert made.verdict(3) == made.verdict(5) == Verdict("diverged", 3, 2, 2)


def test_a_start_that_is_not_finite_has_diverged_at_0() -> None:
    assert story([math.inf, math.nan], diverged=0).verdict(0) == Verdict("diverged", 0, 0, 0)


def test_losses_at_the_end_of_float64_are_judged_without_a_warning() -> None:
    huge = [1e300, *(value * 1e308 for value in round_and_round([0.1, 1.7], 60))]
    assert kind(story(huge), 61) == "bouncing"
    assert kind(story([1e300, *(value * 1e308 for value in leaping(60))]), 61) == "chaotic"
    assert kind(story([0.0] * 60), 59) == "stuck"


def test_a_verdict_needs_no_later_epoch() -> None:
    for losses in (falling(120, 5), leaping(120), round_and_round([1.0, 2.0, 4.0], 80, before=40)):
        misses = [FAR] * 100 + [NEAR] * 21
        whole = story(losses, misses)
        for epoch in range(121):
            assert story(losses[:epoch + 1], misses[:epoch + 1]).verdict(epoch) == whole.verdict(epoch)


def trained(rate: float, initializer: str = "xavier", epochs: int = 3000, **more: Any) -> Story:
    """Return the story of a real lane of the race's start."""
    [chunk] = run(xor(lane(rate, 7, initializer), **more), 0, epochs, chunk=epochs)
    return Story(chunk.losses[0], chunk.misses[0], chunk.diverged[0])


def test_the_rate_of_ten_circles_breaks_out_and_circles_again() -> None:
    made = trained(10.0)
    assert [kind(made, epoch) for epoch in (40, 41, 303, 304, 1000, 1049, 1050, 2839, 2840)] == [
        "chaotic", "cycling", "cycling", "chaotic", "chaotic", "chaotic", "cycling", "cycling", "chaotic"]
    assert (made.verdict(303).at, made.verdict(1050).at) == (15, 525)


@pytest.mark.parametrize(("rate", "more", "kinds"), [
    (0.0, {}, ["begun", "stuck", "stuck"]),
    (0.01, {}, ["begun", "crawling", "crawling"]),
    (0.5, {}, ["begun", "learning", "solved"]),
    (20.0, {}, ["chaotic", "bouncing", "bouncing"]),
    (0.5, {"initializer": "zeros"}, ["begun", "stuck", "stuck"]),
    (5.0, {"activations": ["relu", "sigmoid"]}, ["begun", "stuck", "stuck"]),
    (30.0, {"activations": ["relu", "sigmoid"]}, ["chaotic", "worse", "stuck"]),
])
def test_real_lanes(rate: float, more: dict[str, Any], kinds: list[str]) -> None:
    made = trained(rate, epochs=1001, **more)
    assert [kind(made, epoch) for epoch in (20, 60, 1000)] == kinds


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


def rough(seed: int, epochs: int) -> tuple[Array, Array]:
    """Return losses and misses that stand still, go round, leap, climb and fall in turn, drawn by a seed."""
    draw = np.random.default_rng(seed)
    parts: list[Array] = []
    while sum(map(len, parts)) < epochs:
        length, level = int(draw.integers(5, 400)), float(draw.uniform(0.05, 2.0))
        period = int(draw.choice([2, 2, 3, 5, 8, 9]))
        parts.append([
            np.full(length, level), np.resize(level * draw.uniform(0.5, 1.5, period), length),
            level * draw.uniform(0.2, 1.8, length), level * np.geomspace(1.0, draw.uniform(0.2, 3.0), length),
            level * (1.0 + 1e-4 * draw.uniform(-1.2, 1.2, length)),
        ][draw.integers(5)])
    return np.concatenate(parts)[:epochs], np.repeat(draw.choice([NEAR, FAR], epochs // 7 + 1), 7)[:epochs]


@pytest.mark.parametrize("seed", range(40))
def test_the_compiled_rules_judge_as_the_plain_ones(seed: int) -> None:
    """Lanes side by side, one of which diverges, asked all at once and one epoch at a time."""
    lanes = [rough(2 * seed, 700), rough(2 * seed + 1, 700)]
    losses, misses = (np.array(rows) for rows in zip(*lanes, strict=True))
    diverged = np.array([-1, (0, 1, 2, 90, 400, 650)[seed % 6]])
    losses[1, diverged[1]:], misses[1, diverged[1]:] = math.nan, math.inf
    epochs = [0, 1, 2, *range(3, 700, 1 + seed % 5), 699]
    expected = [tuple(plain_verdict(*lanes[lane], None if at < 0 else at, epoch) for lane, at in
                      enumerate(diverged.tolist())) for epoch in epochs]
    assert [verdicts(told) for told in judged(losses, misses, diverged, epochs)] == expected
    assert [verdicts(judged(losses, misses, diverged, [epoch])[0]) for epoch in epochs] == expected


def test_the_rough_losses_meet_every_rule() -> None:
    lanes, epochs = [rough(seed, 700) for seed in range(80)], range(0, 700, 7)
    told = judged(*(np.array(rows) for rows in zip(*lanes, strict=True)), np.full(80, -1), epochs)
    assert {verdict.kind for of_epoch in told for verdict in verdicts(of_epoch)} == set(KINDS) - {"diverged"}

"""The rules of the verdicts at their borders. On a bowl of curvature k, a step covers eta * k of the way down."""

import math

import numpy as np
import pytest

from backprop.hill import LANDSCAPES, Landscape, Minimum, Rates, descent
from backprop.hill.verdicts import CRAWL, REST


def parabola(k: float, bottom: float = 0.0) -> Landscape:
    """f(x) = k (x - bottom)^2 / 2, drawn from -5 to 5."""
    return Landscape("test", "Test", lambda x: 0.5 * k * (x - bottom) * (x - bottom), lambda x: k * (x - bottom),
                     -5.0, 5.0, 4.0, (Minimum(bottom, 0.0),), (), Rates(0.01, 10.0, 1.0), "", "")


def verdict(landscape: Landscape, start: float, eta: float) -> str:
    return descent(landscape, start, eta, 0).stops[0].verdict


@pytest.mark.parametrize("k", [0.25, 1.0, 4.0])
@pytest.mark.parametrize(("share", "expected"), [
    (1e-6, "crawling"), (CRAWL * (1 - 1e-9), "crawling"), (CRAWL * (1 + 1e-9), "descending"), (0.5, "descending"),
    (1 - 1e-9, "descending"), (1.0, "descending"), (1 + 1e-9, "overshooting"), (1.5, "overshooting"),
    (2 - 1e-6, "overshooting"), (2.0, "bouncing"), (2 + 1e-6, "diverging"), (2.5, "diverging"), (1e6, "diverging"),
])
def test_a_step_on_a_bowl_is_judged_by_the_share_of_the_way_it_covers(k: float, share: float, expected: str) -> None:
    for start in (4.0, -3.0):
        assert verdict(parabola(k), start, share / k) == expected


def test_a_crawl_begins_below_a_twentieth_of_the_way() -> None:
    assert CRAWL == 1 / 20
    assert verdict(parabola(1.0), 4.0, 0.05) == "descending"  # 0.05 * 4.0 is not less than 0.05 * 4.0
    assert verdict(parabola(1.0), 4.0, math.nextafter(0.05, 0.0)) == "crawling"


def test_a_ball_rests_within_a_thousandth_of_the_picture_if_its_step_keeps_it_there() -> None:
    near = REST * 10.0  # the picture is 10 wide
    assert verdict(parabola(1.0), near, 0.5) == "arrived"
    assert verdict(parabola(1.0), near * 1.001, 0.5) == "descending"
    assert verdict(parabola(1.0), near, 2.0) == "arrived"  # to and fro, closer than an eye can tell
    assert verdict(parabola(1.0), near, 2.1) == "diverging"  # but not if it grows
    assert verdict(parabola(1.0), 0.0, 1e9) == "arrived"  # at the bottom itself there is no slope to follow
    assert verdict(parabola(1.0, bottom=0.3), 0.3, 50.0) == "arrived"


def test_a_ball_is_stuck_where_its_step_moves_nothing_and_it_is_not_at_the_bottom() -> None:
    two = LANDSCAPES["double_valley"]
    assert two.slope(0.0) == 0.0
    assert verdict(two, 0.0, 1.0) == "stuck"  # balanced on the ridge
    assert verdict(parabola(1.0), 4.0, 0.0) == "stuck"  # a learning rate of 0
    assert verdict(parabola(1.0), 4.0, 1e-20) == "stuck"  # a step that float64 cannot tell from none
    assert verdict(parabola(1.0), 4.0, 1e-15) == "crawling"
    assert descent(two, 0.0, 1.0, 50).ended == "stuck"
    assert len(descent(two, 0.0, 1.0, 50).stops) == 1


def test_on_two_valleys_a_leap_into_the_other_is_not_an_overshoot() -> None:
    two = LANDSCAPES["double_valley"]
    start = two.start  # -3.4, slope -3.0464
    pull = -two.slope(start)
    assert verdict(two, start, 1.3 / pull) == "descending"
    assert verdict(two, start, 1.5 / pull) == "overshooting"  # beyond -2, before the ridge at 0
    assert verdict(two, start, 3.3999999 / pull) == "overshooting"
    assert verdict(two, start, 3.5 / pull) == "leaping"  # beyond the ridge, and lower
    assert verdict(two, start, 7.5 / pull) == "leaping"
    assert verdict(two, start, 8.2 / pull) == "diverging"  # beyond the ridge, and higher
    assert verdict(two, 3.5, 0.3) == "descending"
    assert verdict(two, 3.6, 4.5) == "diverging"  # from the deep valley into the shallow one, higher up


def test_beside_a_ridge_the_slope_says_which_way() -> None:
    two = LANDSCAPES["double_valley"]
    assert descent(two, -1e-6, 0.5, 200).stops[-1].x == pytest.approx(-2.0, abs=0.01)
    assert descent(two, 1e-6, 0.3, 200).stops[-1].x == pytest.approx(3.0, abs=0.01)
    assert verdict(two, 1e-6, 0.3) == "crawling"


def test_in_the_ravine_a_rate_that_suits_the_wall_crawls_on_the_floor() -> None:
    found = descent(LANDSCAPES["ravine"], -3.5, 0.25, 200)
    assert [stop.verdict for stop in found.stops[:3]] == ["descending", "crawling", "crawling"]
    floor = descent(LANDSCAPES["ravine"], -1.9, 5.0, 200)
    assert floor.ended == "arrived"
    assert verdict(LANDSCAPES["ravine"], -3.5, 5.0) == "diverging"  # what suits the floor flies off the wall


def test_without_a_bottom_in_the_picture_the_way_is_at_least_to_its_edge() -> None:
    slope = Landscape("test", "Test", lambda x: -x, lambda x: -1.0, -5.0, 5.0, 0.0, (), (), Rates(1.0, 2.0, 1.0),
                      "", "")
    assert verdict(slope, 0.0, 0.2499) == "crawling"
    assert verdict(slope, 0.0, 0.25) == "descending"
    assert verdict(slope, 0.0, 100.0) == "descending"
    assert verdict(slope, 6.0, 0.49) == "crawling"  # outside: the picture's width
    [stop] = descent(slope, 1.0, 0.5, 0).stops
    assert (stop.reason.way, stop.reason.bottom, stop.reason.way_after) == (4.0, None, None)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_what_leaves_float64_diverges_without_a_warning_and_without_an_infinity(name: str) -> None:
    landscape = LANDSCAPES[name]
    found = descent(landscape, landscape.start, landscape.rates.high * 2, 200)
    numbers = [value for stop in found.stops for value in (stop.x, stop.loss, stop.slope, stop.step, stop.after,
                                                            *stop.reason.as_dict().values()) if value is not None]
    assert np.isfinite(numbers).all()
    assert found.stops[-1].verdict == "diverging"
    huge = descent(landscape, 1e300, 1.0, 3)
    assert huge.ended == "diverged"
    assert huge.stops[-1].loss is None
    assert huge.stops[-1].verdict == "diverging"


def test_a_descent_ends_as_diverged_where_the_next_place_is_none() -> None:
    found = descent(LANDSCAPES["double_valley"], 4.0, 50.0, 200)
    assert found.ended == "diverged"
    last = found.stops[-1]
    assert last.after is None or last.reason.loss_after is None
    assert all(stop.after is not None for stop in found.stops[:-1])


def plateau(slope: float) -> Landscape:
    """A bowl of slope x up to 1 on either side; beyond, it goes on as gently as is said."""
    def at(x: float) -> float:
        return 0.5 * x * x if abs(x) <= 1.0 else 0.5 + slope * (abs(x) - 1.0)

    def inclined(x: float) -> float:
        return x if abs(x) <= 1.0 else math.copysign(slope, x)

    return Landscape("test", "Test", at, inclined, -9.0, 9.0, -0.5, (Minimum(0.0, 0.0),), (), Rates(0.01, 10.0, 1.0),
                     "", "")


@pytest.mark.parametrize(("slope", "expected"), [
    (0.0, "stranding"), (0.025 * (1 - 1e-9), "stranding"), (0.025, "diverging"), (0.3, "diverging"),
])
def test_thrown_onto_a_plateau_where_the_next_step_is_less_than_a_twentieth_of_this_one(
    slope: float, expected: str
) -> None:
    """From -0.5, where the slope is -0.5, a rate of 6 leads 3 to the right; the next step is 6 times `slope`."""
    assert CRAWL == 0.05
    stop = descent(plateau(slope), -0.5, 6.0, 0).stops[0]
    assert (stop.after, stop.verdict) == (2.5, expected)
    assert (stop.reason.loss_before, stop.reason.loss_after) == (0.125, 0.5 + 1.5 * slope)


def test_a_step_beyond_float64_strands_nowhere() -> None:
    assert verdict(parabola(1.0), 4.0, 1e308) == "diverging"


def test_the_reason_holds_the_numbers_of_the_verdict() -> None:
    [stop] = descent(LANDSCAPES["bowl"], 4.0, 1.5, 0).stops
    assert stop.verdict == "overshooting"
    assert stop.reason.as_dict() == {"length": 6.0, "way": 4.0, "bottom": 0.0, "way_after": 2.0, "loss_before": 8.0,
                                     "loss_after": 2.0}

"""The landscapes themselves, and descents on them worked by hand."""

import math

import numpy as np
import pytest

from backprop.hill import LANDSCAPES, descent
from backprop.hill.landscapes import CURVE_POINTS


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_slope_is_its_values(name: str) -> None:
    landscape, h = LANDSCAPES[name], 1e-6
    for x in np.linspace(landscape.low, landscape.high, 97):
        nudged = (landscape.value(x + h) - landscape.value(x - h)) / (2 * h)
        assert landscape.slope(float(x)) == pytest.approx(nudged, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_stationary_points_are_where_they_are_said_to_be(name: str) -> None:
    landscape = LANDSCAPES[name]
    for minimum in landscape.minima:
        assert landscape.slope(minimum.x) == pytest.approx(0.0, abs=1e-12)
        assert landscape.value(minimum.x) == pytest.approx(minimum.loss, abs=1e-12)
        for side in (-0.01, 0.01):
            assert landscape.value(minimum.x + side) > minimum.loss
    for ridge in landscape.ridges:
        assert landscape.slope(ridge) == 0.0
        for side in (-0.01, 0.01):
            assert landscape.value(ridge + side) < landscape.value(ridge)
    x, losses = landscape.curve
    signs = np.sign([landscape.slope(one) for one in x.tolist() if abs(landscape.slope(one)) > 1e-12])
    assert np.count_nonzero(np.diff(signs)) == len(landscape.minima) + len(landscape.ridges)  # and there are no others
    assert (losses >= min(minimum.loss for minimum in landscape.minima)).all()


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_picture_holds_what_it_needs(name: str) -> None:
    landscape = LANDSCAPES[name]
    x, losses = landscape.curve
    assert len(x) == len(losses) == CURVE_POINTS
    assert (x[0], x[-1]) == (landscape.low, landscape.high)
    assert losses.tolist() == [landscape.value(one) for one in x.tolist()]
    assert landscape.low < landscape.start < landscape.high
    points = (*landscape.ridges, *(minimum.x for minimum in landscape.minima))
    assert all(landscape.low < point < landscape.high for point in points)


@pytest.mark.parametrize(("name", "fates"), [
    ("bowl", ["crawling", "descending", "overshooting", "diverging"]),
    ("double_valley", ["crawling", "descending", "overshooting", "leaping", "diverging"]),
    ("ravine", ["crawling", "descending", "overshooting", "diverging"]),
])
def test_the_slider_runs_through_all_fates_in_order(name: str, fates: list[str]) -> None:
    landscape = LANDSCAPES[name]
    rates = landscape.rates
    seen = [descent(landscape, landscape.start, float(eta), 0).stops[0].verdict
            for eta in np.geomspace(rates.low, rates.high, 301)]
    assert [fate for k, fate in enumerate(seen) if k == 0 or seen[k - 1] != fate] == fates
    assert min(seen.count(fate) for fate in fates) >= 15  # each has a share of the slider that a finger finds
    assert descent(landscape, landscape.start, rates.default, 0).stops[0].verdict == "descending"


def test_the_two_valleys_are_unequal() -> None:
    shallow, deep = LANDSCAPES["double_valley"].minima
    assert (shallow.x, deep.x) == (-2.0, 3.0)
    assert deep.loss < shallow.loss < LANDSCAPES["double_valley"].value(0.0)


def test_a_descent_on_the_bowl_worked_by_hand() -> None:
    """f(x) = x^2 / 2 with a learning rate of 0.5 halves x in each step."""
    found = descent(LANDSCAPES["bowl"], -4.0, 0.5, 3)
    assert [(stop.number, stop.x, stop.loss, stop.slope, stop.step, stop.after) for stop in found.stops] == [
        (0, -4.0, 8.0, -4.0, 2.0, -2.0), (1, -2.0, 2.0, -2.0, 1.0, -1.0), (2, -1.0, 0.5, -1.0, 0.5, -0.5),
        (3, -0.5, 0.125, -0.5, 0.25, -0.25)]
    assert found.ended is None
    assert descent(LANDSCAPES["bowl"], -4.0, 0.5, 200).ended == "arrived"


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_descent_cut_in_two_is_the_same_descent(name: str) -> None:
    landscape = LANDSCAPES[name]
    whole = descent(landscape, landscape.start, landscape.rates.default, 9).stops
    first = descent(landscape, landscape.start, landscape.rates.default, 4).stops
    rest = descent(landscape, first[-1].x, landscape.rates.default, 5).stops
    assert [stop.x for stop in whole] == [stop.x for stop in (*first, *rest[1:])]


@pytest.mark.parametrize(("argument", "value"), [
    ("start", math.nan), ("start", math.inf), ("start", "3"), ("learning_rate", -0.1), ("learning_rate", math.nan),
    ("steps", -1), ("steps", 1.5),
])
def test_what_is_refused_is_named(argument: str, value: object) -> None:
    given = {"start": 1.0, "learning_rate": 0.1, "steps": 1} | {argument: value}
    with pytest.raises(ValueError, match=f"^{argument} got "):
        descent(LANDSCAPES["bowl"], **given)

"""A network's own loss along one parameter: true to the forward pass, the backward pass and to nudging."""

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from backprop import Network, backward, forward
from backprop.hill import descent, edge_names, network_slice
from backprop.hill.stationary import stationary
from backprop.presets import PRESETS
from backprop.runs import OnePass, Run
from tests.unit.networks import cases, quick

TEXTBOOK, XOR = PRESETS[0].spec, PRESETS[1].spec


def one_pass(spec, number: int) -> OnePass:
    run = Run(spec.network(), spec.data.x, spec.data.y, loss=spec.loss, learning_rate=spec.learning_rate)
    return run.one_pass(number)


def slice_of(one: OnePass, weight: str):
    return network_slice(one.network, one.x[np.newaxis], one.y[np.newaxis], loss=one.loss, weight=weight)


def gradients(network: Network, X, y, loss: str) -> dict[str, float]:
    """Every parameter's gradient by edge, as `backward` finds it."""
    grads = backward(network, forward(network, X), y, loss=loss)
    found = []
    for layer, weights in enumerate(grads.weights):
        for target in range(weights.shape[1]):
            found += weights[:, target].tolist()
            found += [] if grads.biases is None else [float(grads.biases[layer][target])]
    return dict(zip(edge_names(network), found, strict=True))


@settings(parent=quick, max_examples=25)
@given(cases())
def test_at_the_present_value_loss_and_slope_are_the_pass_itself(case) -> None:
    wanted = gradients(case.network, case.X, case.y, case.loss)
    loss = backward(case.network, forward(case.network, case.X), case.y, loss=case.loss).loss
    for weight in edge_names(case.network)[:6]:
        landscape = network_slice(case.network, case.X, case.y, loss=case.loss, weight=weight)
        assert landscape.value(landscape.start) == loss
        assert landscape.slope(landscape.start) == wanted[weight]


@settings(parent=quick, max_examples=15)
@given(cases(hidden=("sigmoid", "tanh", "linear")))
def test_elsewhere_the_slope_is_what_nudging_finds_and_the_curve_is_the_loss(case) -> None:
    for weight in edge_names(case.network)[:4]:
        landscape = network_slice(case.network, case.X, case.y, loss=case.loss, weight=weight)
        x, losses = landscape.curve
        for k in range(0, len(x), 48):
            at, h = float(x[k]), 1e-5 * landscape.width
            assert losses[k] == pytest.approx(landscape.value(at), rel=1e-12, abs=1e-14)
            nudged = (landscape.value(at + h) - landscape.value(at - h)) / (2 * h)
            scale = max(abs(landscape.slope(at)), abs(losses).max() / landscape.width)
            assert landscape.slope(at) == pytest.approx(nudged, rel=1e-5, abs=1e-5 * scale)


@pytest.mark.parametrize("number", [0, 1, 2, 7, 30])
@pytest.mark.parametrize("spec", [TEXTBOOK, XOR], ids=["textbook", "xor"])
def test_the_slope_is_the_gradient_that_figure_passes_shows(spec, number: int) -> None:
    one = one_pass(spec, number)
    shown = {entry.id: entry.value for entry in one.tape().entries}
    for weight in edge_names(one.network):
        assert slice_of(one, weight).slope(slice_of(one, weight).start) == pytest.approx(
            shown[f"grad:{weight}"], rel=1e-12, abs=1e-18)


def test_a_step_costs_one_pass_at_the_place_where_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    landscape, places = slice_of(one_pass(TEXTBOOK, 0), "h2>o1"), list[float]()

    def counted(network: Network, *rest, **how):
        places.append(network.weights[1][1, 0])
        return backward(network, *rest, **how)

    monkeypatch.setattr(sys.modules["backprop.hill.network_slice"], "backward", counted)
    found = descent(landscape, landscape.start, 0.5, 40)
    assert len(found.stops) == 41
    assert 41 <= len(places) <= 43  # each stop, the last one's landing place, and what was known of none before


def test_the_textbooks_slice_has_its_bottom_where_the_answer_is_right() -> None:
    one = one_pass(TEXTBOOK, 0)
    landscape = slice_of(one, "h2>o1")
    assert landscape.start == 0.9
    [minimum] = landscape.minima
    right = Network([one.network.weights[0], [[0.3], [minimum.x]]], None, activations=one.network.activations)
    assert forward(right, one.x[np.newaxis]).output[0, 0] == pytest.approx(0.5, abs=1e-12)
    assert minimum.loss == pytest.approx(0.0, abs=1e-20)
    assert abs(landscape.slope(minimum.x)) < 1e-15


def test_the_textbooks_slice_has_all_its_fates_on_its_slider() -> None:
    landscape = slice_of(one_pass(TEXTBOOK, 0), "h2>o1")
    rates = landscape.rates
    seen = [descent(landscape, landscape.start, float(eta), 0).stops[0].verdict
            for eta in np.geomspace(rates.low, rates.high, 201)]
    assert [fate for k, fate in enumerate(seen) if k == 0 or seen[k - 1] != fate] == [
        "crawling", "descending", "overshooting", "diverging", "stranding"]  # beyond: the sigmoid's own plateau
    assert descent(landscape, landscape.start, 80.0, 1).stops[1].step == pytest.approx(0.8340, abs=5e-5)
    assert descent(landscape, landscape.start, 80.0, 200).ended == "arrived"


def test_a_weight_without_a_say_is_flat_and_the_ball_is_stuck() -> None:
    landscape = slice_of(one_pass(XOR, 0), "x1>h1")  # the first row's inputs are both 0
    assert not landscape.minima
    assert landscape.rates.low < landscape.rates.high
    found = descent(landscape, landscape.start, 1.0, 10)
    assert (found.ended, found.stops[0].slope) == ("stuck", 0.0)


def test_a_kink_counts_as_a_bottom_and_where_a_neuron_is_off_the_ball_is_stuck() -> None:
    two = Network([[[1.0, 1.0]], [[-1.0], [1.0]]], [[0.0, -1.0], [1.0]], activations=["relu", "linear"])
    kinked = network_slice(two, [[1.0]], [[-0.5]], loss="half_squared_error", weight="x1>h2")
    off = descent(kinked, 0.5, 1.0, 5)  # h2 = relu(x - 1) is off
    assert (off.ended, off.stops[0].slope) == ("stuck", 0.0)
    assert descent(kinked, 2.0, 0.5, 0).stops[0].verdict == "descending"


def test_stationary_points_of_a_grid() -> None:
    x = np.arange(9.0)

    def tell(losses):
        return stationary(x, np.array(losses, dtype=float), lambda at: math.nan)

    assert tell([3, 2, 1, 2, 3, 2, 1, 0, 9]) == ([2.0, 7.0], [4.0])
    assert tell([3, 2, 1, 1, 1, 2, 3, 4, 5]) == ([3.0], [])  # a level floor: its middle
    assert tell([0, 1, 2, 2, 3, 4, 4, 4, 4]) == ([], [])  # a terrace is none, nor is an edge
    assert tell([1] * 9) == ([], [])
    assert tell([5, math.inf, math.nan, 4, 3, 2, 3, math.inf, 9]) == ([5.0], [])
    minima, _ = stationary(x, (x - 3.3) ** 2, lambda at: at - 3.3)
    assert minima == [pytest.approx(3.3, abs=1e-15)]


@pytest.mark.parametrize("scale", [1e-200, 1e-3, 1e3, 1e60, 1e150])
def test_a_network_that_has_run_away_still_has_a_slice(scale: float) -> None:
    network = Network([[[scale, -scale]], [[scale], [0.5]]], [[0.0, 0.0], [0.0]], activations=["linear", "linear"])
    for weight in edge_names(network):
        landscape = network_slice(network, [[1.0]], [[0.5]], loss="squared_error", weight=weight)
        assert landscape.low < landscape.start < landscape.high
        assert all(math.isfinite(rate) and rate > 0 for rate in vars(landscape.rates).values())
        found = descent(landscape, landscape.start, 1.0, 20)
        assert all(stop.verdict == "diverging" or stop.loss is not None for stop in found.stops)


@pytest.mark.parametrize("weight", ["h2", "o1>h1", "b>h1", "x3>h1", "", None])
def test_an_edge_that_is_not_there_is_refused(weight: object) -> None:
    one = one_pass(TEXTBOOK, 0)  # it has no biases
    with pytest.raises(ValueError, match=r"^weight got .* but takes one of x1>h1, "):
        slice_of(one, weight)


def test_every_parameter_has_its_edge() -> None:
    assert edge_names(one_pass(TEXTBOOK, 0).network) == ["x1>h1", "x2>h1", "x1>h2", "x2>h2", "h1>o1", "h2>o1"]
    assert edge_names(one_pass(XOR, 0).network)[2] == "b>h1"

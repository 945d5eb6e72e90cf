"""The blame in deep networks: by hand, against nudging, verdicts at their borders, and the fates the page shows."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from backprop import ACTIVATIONS, Network, backward, forward, gradient_check
from backprop.depth import (
    LOSS,
    SAMPLES,
    STARTS_A_PIECE,
    DeepStarts,
    Depth,
    Sizes,
    deep_data,
    deep_network,
    measured,
    root_mean_square,
    verdict,
)
from backprop.depth_spec import CURVES, DeepCurve, DepthSpec, read_depth_spec
from backprop.refusals import Refused

TANH = DeepCurve(activation="tanh", initializer="xavier", scale=1.0)


def test_one_small_network_by_hand() -> None:
    """Three layers of two neurons, one start, written out."""
    found = measured(TANH, 3, 2, 1)
    x, t = deep_data(2)
    w1, w2, w3 = deep_network(TANH, 3, 2, 0).weights
    a1 = np.tanh(x @ w1)
    a2 = np.tanh(a1 @ w2)
    d3 = 2.0 * (a2 @ w3 - t) / SAMPLES
    d2 = (d3 @ w3.T) * (1.0 - a2**2)
    d1 = (d2 @ w2.T) * (1.0 - a1**2)
    blame = [math.sqrt((d**2).mean()) for d in (d1, d2, d3)]
    slopes = [math.sqrt(((a.T @ d) ** 2).mean()) for a, d in ((x, d1), (a1, d2), (a2, d3))]
    for sizes, wanted in ((found.blame, blame), (found.gradients, slopes)):
        for quartile in (sizes.low, sizes.median, sizes.high):
            np.testing.assert_allclose(quartile, wanted, rtol=1e-12)
    assert found.ratio == pytest.approx(blame[0] / blame[-1], rel=1e-12)
    np.testing.assert_allclose(found.shares.median, np.array(blame) / blame[-1], rtol=1e-12)
    assert found.flat == pytest.approx(np.mean(np.concatenate([1 - a1**2, 1 - a2**2]) < 0.1))


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "linear"])
def test_the_gradients_agree_with_central_differences(activation: str) -> None:
    curve = DeepCurve(activation=activation, initializer="he", scale=1.0)
    network = deep_network(curve, 4, 3, 0)
    x, t = deep_data(3)
    assert gradient_check(network, x, t, loss=LOSS).passed
    step = 1e-6
    slopes = [(_loss(network, place, step) - _loss(network, place, -step)) / (2 * step) for place in np.ndindex(3, 3)]
    found = measured(curve, 4, 3, 1).gradients.median[0]
    assert found == pytest.approx(math.sqrt(np.square(slopes).mean()), rel=1e-5)


def _loss(network: Network, place: tuple[int, ...], step: float) -> float:
    """The loss with one weight of the first layer moved."""
    x, t = deep_data(3)
    first = np.array(network.weights[0])
    first[place] += step
    moved = Network([first, *network.weights[1:]], activations=network.activations)
    return float(((forward(moved, x).output - t) ** 2).sum(axis=1).mean())


def test_quartiles_are_over_the_starts() -> None:
    x, t = deep_data(4)
    alone = []
    for seed in range(7):
        network = deep_network(TANH, 5, 4, seed)
        alone.append([math.sqrt((d**2).mean()) for d in backward(network, forward(network, x), t, loss=LOSS).delta])
    found = measured(TANH, 5, 4, 7)
    for sizes, quartile in ((found.blame.low, 0.25), (found.blame.median, 0.5), (found.blame.high, 0.75)):
        np.testing.assert_allclose(sizes, np.quantile(alone, quartile, axis=0), rtol=1e-12)


def test_it_is_measured_in_short_pieces() -> None:
    measuring, pieces = DeepStarts(TANH, 3, 2, 2 * STARTS_A_PIECE + 1), 0
    while not measuring.done:
        measuring.go_on()
        pieces += 1
    assert pieces == 3


@pytest.mark.parametrize(("ratio", "said"), [
    (0.0, "vanishes"), (math.nextafter(1e-3, 0), "vanishes"), (1e-3, "level"), (1.0, "level"), (1e3, "level"),
    (math.nextafter(1e3, 2e3), "explodes"), (math.inf, "explodes"), (math.nan, "explodes"), (None, "explodes"),
])
def test_verdicts_at_their_borders(ratio: float | None, said: str) -> None:
    assert verdict(ratio) == said


def test_equal_questions_have_equal_bits_and_other_seeds_other_ones() -> None:
    first, second = measured(TANH, 6, 5, 4), measured(TANH, 6, 5, 4)
    for one, other in ((first.blame, second.blame), (first.gradients, second.gradients)):
        assert [a.tolist() for a in (one.low, one.median, one.high)] == [
            a.tolist() for a in (other.low, other.median, other.high)]
    assert measured(TANH, 6, 5, 5).blame.median.tolist() != first.blame.median.tolist()


def test_no_start_draws_the_data_s_own_numbers() -> None:
    x, t = deep_data(16)
    assert x.shape == t.shape == (SAMPLES, 16)
    for seed in range(50):
        weights = deep_network(DeepCurve(activation="relu", initializer="normal", scale=1.0), 2, 16, seed).weights
        assert abs(np.corrcoef(weights[0].ravel(), x.ravel())[0, 1]) < 0.3


@pytest.mark.parametrize("depth", [15, 20, 30])
def test_the_page_s_curves_show_the_fates_it_claims(depth: int) -> None:
    found = {(c.activation, c.scale): measured(c, depth, 16, 20) for c in CURVES}
    assert [(activation, scale, one.verdict) for (activation, scale), one in found.items()] == [
        ("sigmoid", 0.5, "vanishes"), ("sigmoid", 1.0, "vanishes"), ("sigmoid", 2.0, "vanishes"),
        ("tanh", 0.5, "vanishes"), ("tanh", 1.0, "level"), ("tanh", 2.0, "level"),
        ("relu", 0.5, "vanishes"), ("relu", 1.0, "level"), ("relu", 2.0, "explodes")]
    assert found["tanh", 2.0].flat > 0.2  # what holds tanh back
    assert found["sigmoid", 1.0].flat == 0.0  # nothing is saturated: the slope of 1/4 is enough
    assert found["relu", 1.0].flat == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("depth", range(2, 31, 4))
def test_the_gradients_of_small_relu_weights_stay_alike(depth: int) -> None:
    """As the page says: what blame loses on the way back, values lose on the way forward."""
    sizes = measured(DeepCurve(activation="relu", initializer="he", scale=0.5), depth, 16, 20).gradients.median
    assert all(0.4 < one / other < 2.5 for one, other in pairwise(sizes))
    assert 0.4 < sizes[0] / sizes[-1] < 2.5


def test_scaled_relu_is_the_same_network_times_a_power_of_the_scale() -> None:
    """ReLU without biases scales: blame on its way back through l layers takes a factor of s for each."""
    plain = deep_network(DeepCurve(activation="relu", initializer="he", scale=1.0), 6, 8, 3)
    twice = deep_network(DeepCurve(activation="relu", initializer="he", scale=2.0), 6, 8, 3)
    x, _ = deep_data(8)
    np.testing.assert_allclose(forward(twice, x).output, 2.0**6 * forward(plain, x).output, rtol=1e-12)


def test_numbers_beyond_float64_are_a_result() -> None:
    huge = DeepCurve(activation="linear", initializer="uniform", scale=1000.0)
    found = measured(huge, 30, 32, 3)
    assert found.verdict == "explodes"
    assert found.ratio is not None  # 1e130 or so: large, but a number
    beyond = Depth(Sizes(*[np.array([np.inf, 1.0])] * 3), found.gradients, 0.0)
    assert (beyond.ratio, beyond.verdict) == (None, "explodes")


def test_weights_of_zero_let_nothing_through() -> None:
    found = measured(DeepCurve(activation="tanh", initializer="xavier", scale=0.0), 3, 4, 2)
    assert (found.ratio, found.verdict) == (0.0, "vanishes")


@pytest.mark.parametrize(("values", "size"), [
    ([3.0, 4.0], math.sqrt(12.5)), ([0.0, 0.0], 0.0), ([3e200, 4e200], 1e200 * math.sqrt(12.5)),
    ([3e-200, 4e-200], 1e-200 * math.sqrt(12.5)), ([1.0, math.inf], math.inf),
])
def test_root_mean_square_does_not_leave_float64(values: list[float], size: float) -> None:
    assert root_mean_square(np.array(values)) == pytest.approx(size, rel=1e-14)
    assert math.isnan(root_mean_square(np.array([*values[:1], math.nan])))


def test_every_activation_has_its_steepest_slope_where_flat_looks_for_it() -> None:
    z = np.linspace(-20, 20, 4001)
    for activation in (a for a in ACTIVATIONS.values() if a.elementwise):
        near = np.array([0.0, 1.0])
        steepest = activation.slope(z, activation.function(z)).max()
        assert activation.slope(near, activation.function(near)).max() == pytest.approx(steepest)


def test_what_is_left_out_is_what_the_page_shows() -> None:
    spec = read_depth_spec({})
    assert spec == DepthSpec() == read_depth_spec(spec.model_dump(mode="json"))
    assert (spec.depth, spec.width, spec.starts, len(spec.curves)) == (15, 16, 20, 9)


@pytest.mark.parametrize(("payload", "field", "takes"), [
    ({"depth": 1}, "depth", "a whole number of layers from 2 to 30"),
    ({"depth": 31}, "depth", "a whole number of layers from 2 to 30"),
    ({"depth": 4.0}, "depth", "a whole number of layers from 2 to 30"),
    ({"width": 0}, "width", "a whole number of neurons from 1 to 32"),
    ({"starts": 51}, "starts", "a whole number from 1 to 50"),
    ({"curves": []}, "curves", "1 to 12 curves, each with its activation, its initialiser and its scale"),
    ({"curves": [{}]}, "curves.activation", "one of sigmoid, tanh, relu, leaky_relu, linear"),
    ({"curves": [TANH.model_dump() | {"activation": "softmax"}]}, "curves.activation",
     "one of sigmoid, tanh, relu, leaky_relu, linear"),
    ({"curves": [TANH.model_dump() | {"initializer": "zeros"}]}, "curves.initializer",
     "one of xavier, he, normal, uniform"),
    ({"curves": [TANH.model_dump() | {"scale": -1}]}, "curves.scale", "a number from 0 to 1000"),
    ({"curves": [TANH.model_dump() | {"scale": math.inf}]}, "curves.scale", "a number from 0 to 1000"),
    ({"layers": 3}, "layers", "only the fields that docs/protocol.md names"),
])
def test_refusals_name_the_field_and_what_it_takes(payload: object, field: str, takes: str) -> None:
    with pytest.raises(Refused) as caught:
        read_depth_spec(payload)
    assert (caught.value.field, caught.value.takes) == (field, takes)

"""The gradient check: it passes what is right, and it must reject what is wrong."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import Network, backward, forward, gradient_check
from tests.unit.networks import cases, quick


def check(case, gradients=None):
    return gradient_check(case.network, case.X, case.y, loss=case.loss, reduction=case.reduction, gradients=gradients)


def gradients_of(case):
    return backward(case.network, forward(case.network, case.X), case.y, loss=case.loss, reduction=case.reduction)


@quick
@given(cases())
def test_random_networks_pass(case):
    report = check(case)
    assert report.passed, report.worst
    assert report.worst.relative_difference == max(p.relative_difference for p in report.parameters)


@quick
@given(cases(), st.randoms(use_true_random=False), st.sampled_from((1.001, 0.5, -1.0, 0.0)))
def test_a_wrong_gradient_is_rejected(case, random, factor):
    right = gradients_of(case)
    layer = random.randrange(len(right.weights))
    w = right.weights[layer].copy()
    place = np.unravel_index(np.argmax(np.abs(w)), w.shape)
    w[place] = w[place] * factor if abs(w[place]) > 1e-6 else 1e-3  # a node whose gate is closed has nothing to scale
    wrong = replace(right, weights=[w if other == layer else g for other, g in enumerate(right.weights)])
    report = check(case, wrong)
    assert not report.passed
    assert report.worst.analytic == w[place]


def test_a_forgotten_slope_is_rejected():
    """A classic: hidden deltas without the slope of the hidden activation."""
    net = Network.random([2, 2, 1], activations=["tanh", "sigmoid"], seed=7)
    X, y = [[0.35, 0.7]], [[0.5]]
    right = backward(net, forward(net, X), y, loss="half_squared_error")
    hidden = right.delta[1] @ net.weights[1].T
    wrong = replace(right, weights=[np.array(X).T @ hidden, right.weights[1]])
    report = gradient_check(net, X, y, loss="half_squared_error", gradients=wrong)
    assert not report.passed
    assert report.worst.edge in ("x1>h1", "x2>h1", "x1>h2", "x2>h2")
    assert gradient_check(net, X, y, loss="half_squared_error").passed


def test_a_wrong_bias_gradient_is_rejected():
    net = Network.random([1, 1], activations=["sigmoid"], seed=0)
    right = backward(net, forward(net, [[1.0]]), [[0.0]], loss="binary_cross_entropy")
    wrong = replace(right, biases=[right.biases[0] * 1.01])
    report = gradient_check(net, [[1.0]], [[0.0]], loss="binary_cross_entropy", gradients=wrong)
    assert (report.passed, report.worst.edge) == (False, "b>o1")
    assert report.worst.relative_difference == pytest.approx(0.01 / 1.01, rel=1e-6)


def test_every_parameter_has_its_line():
    net = Network.random([2, 2, 1], activations=["sigmoid", "sigmoid"], seed=1)
    report = gradient_check(net, [[0.35, 0.7]], [[0.5]], loss="half_squared_error")
    assert [p.edge for p in report.parameters] == [
        "x1>h1", "x2>h1", "b>h1", "x1>h2", "x2>h2", "b>h2", "h1>o1", "h2>o1", "b>o1"]
    assert report.tolerance == 1e-6
    deep = Network.random([1, 1, 2, 1], activations=["tanh"] * 3, seed=1, biases=False)
    assert [p.edge for p in gradient_check(deep, [[1.0]], [[0.5]], loss="squared_error").parameters] == [
        "x1>h1_1", "h1_1>h2_1", "h1_1>h2_2", "h2_1>o1", "h2_2>o1"]


def test_as_dict_is_plain_json():
    net = Network.random([1, 1], activations=["sigmoid"], seed=0)
    report = gradient_check(net, [[1.0]], [[0.0]], loss="half_squared_error")
    sent = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert list(sent) == ["parameters", "worst", "worst_relative_difference", "tolerance", "passed"]
    assert [list(p) for p in sent["parameters"]] == [["edge", "backpropagation", "nudging", "relative_difference"]] * 2
    assert sent["parameters"][0]["backpropagation"] == report.parameters[0].analytic
    assert sent["worst"] == report.worst.edge
    assert sent["passed"] is True


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_a_node_on_its_kink_passes(activation):
    """Inputs of 0 and biases of 0, the first row of XOR: every hidden z is 0, where ReLU has no slope of its own."""
    net = Network.random([2, 4, 3, 1], activations=[activation, activation, "sigmoid"], seed=3)
    report = gradient_check(net, [[0.0, 0.0], [1.0, 0.0]], [[0.0], [1.0]], loss="half_squared_error")
    assert report.passed, report.worst
    right = backward(net, forward(net, [[0.0, 0.0]]), [[1.0]], loss="half_squared_error")
    open_slope = replace(right, biases=[right.biases[0] + 0.1, *right.biases[1:]])
    assert not gradient_check(net, [[0.0, 0.0]], [[1.0]], loss="half_squared_error", gradients=open_slope).passed


@pytest.mark.parametrize("z", [1e-12, -1e-12, 1e-7, -1e-7, 1e-5])
def test_a_node_beside_its_kink_passes(z):
    net = Network(weights=[[[1.0]], [[2.0]]], biases=[[0.0], [0.0]], activations=["relu", "linear"])
    report = gradient_check(net, [[z]], [[1.0]], loss="squared_error")
    assert report.passed, report.worst


def test_tiny_and_zero_gradients_are_no_alarm():
    saturated = Network(weights=[[[300.0]], [[300.0]]], biases=[[0.0], [0.0]], activations=["sigmoid", "tanh"])
    report = gradient_check(saturated, [[1.0]], [[0.0]], loss="squared_error")
    assert report.passed, report.worst
    solved = Network(weights=[[[1.0]]], biases=None, activations=["linear"])
    assert gradient_check(solved, [[1.0]], [[1.0]], loss="squared_error").passed
    silent = gradient_check(solved, [[0.0]], [[0.0]], loss="squared_error")
    assert silent.worst == ("x1>o1", 0.0, 0.0, 0.0)


def sharp():
    """Bend the loss on the scale of 1e-5 by a gain of 50000: the first nudges are far too long."""
    return Network(weights=[[[1e-3]], [[1000.0]], [[50.0]]], biases=None, activations=["linear", "tanh", "tanh"])


def steep():
    """Make z 3.5e8: a nudge that does not grow with it would drown in its rounding."""
    return Network(weights=[[[500.0]], [[700.0]]], biases=[[0.1], [0.1]], activations=["linear", "linear"])


def drawn():
    return Network.random([1, 3, 1], activations=["tanh", "linear"], seed=5)


@pytest.mark.parametrize(("network", "x", "t"), [
    (sharp, 0.01, 0.5), (steep, 1000.0, 0.0), (drawn, 1e-9, 0.5), (drawn, 1e-3, 0.5), (drawn, 1e3, 1e3),
    (drawn, 1e6, 0.0)])
def test_the_nudge_fits_the_network(network, x, t):
    report = gradient_check(network(), [[x]], [[t]], loss="squared_error")
    assert report.passed, report.worst
    assert all(abs(p.analytic - p.numeric) <= 1e-6 * abs(p.analytic) for p in report.parameters)


def test_rounding_in_the_output_is_no_alarm():
    # a is 1 - 5e-13, rounded to a multiple of 1e-16: a - t cannot be better than that, but nudging can
    net = Network(weights=[[[28.2957]]], biases=[[0.0]], activations=["sigmoid"])
    report = gradient_check(net, [[1.0]], [[1.0]], loss="binary_cross_entropy")
    assert abs(report.worst.analytic / report.worst.numeric - 1) > 1e-6
    assert report.passed, report.worst


@pytest.mark.parametrize(("network", "t", "loss"), [
    (Network(weights=[[[14.0]]], biases=None, activations=["sigmoid"]), 1.0, "binary_cross_entropy"),
    (Network(weights=[[[8.0]], [[1.0]]], biases=None, activations=["tanh", "linear"]), 0.0, "squared_error")])
def test_a_small_gradient_that_is_wrong_is_rejected(network, t, loss):
    right = backward(network, forward(network, [[1.0]]), [[t]], loss=loss)
    assert abs(right.weights[0].item()) < 1e-6
    wrong = replace(right, weights=[right.weights[0] * 1.001, *right.weights[1:]])
    assert not gradient_check(network, [[1.0]], [[t]], loss=loss, gradients=wrong).passed
    assert gradient_check(network, [[1.0]], [[t]], loss=loss).passed


def test_numbers_beyond_float64_do_not_pass():
    net = Network(weights=[[[1e200]], [[1e200]]], biases=None, activations=["linear", "linear"])
    report = gradient_check(net, [[1e200]], [[0.0]], loss="squared_error")
    assert not report.passed
    assert report.as_dict()["worst_relative_difference"] is None
    json.dumps(report.as_dict(), allow_nan=False)

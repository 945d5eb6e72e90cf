"""The engine against PyTorch's autograd: every number of 24 networks, to a relative 1e-9."""

import json
from pathlib import Path

import numpy as np
import pytest

from backprop import Network, backward, forward, gradient_check
from backprop.activations import LEAKY_SLOPE

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "gradients.json").read_text(encoding="utf-8"))


def title(case):
    return f"{'-'.join(map(str, case['layers']))} {' '.join(case['activations'])} {case['loss']} {case['reduction']}"


def network_of(case):
    return Network(weights=case["weights"], biases=case["biases"], activations=case["activations"])


def assert_same(got, expected, name):
    assert len(got) == len(expected), name
    for layer, (g, e) in enumerate(zip(got, expected, strict=True)):
        np.testing.assert_allclose(g, e, rtol=1e-9, atol=0, strict=False, err_msg=f"{name}[{layer}]")
        assert np.shape(g) == np.shape(e), name


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=title)
def test_every_number(case):
    net, expected = network_of(case), case["expected"]
    passed = forward(net, case["X"])
    assert_same(passed.z, expected["z"], "z")
    assert_same([passed.output], [expected["output"]], "output")

    grads = backward(net, passed, case["y"], loss=case["loss"], reduction=case["reduction"])
    assert grads.loss == pytest.approx(expected["loss"], rel=1e-9, abs=0)
    assert_same(grads.delta, expected["delta"], "delta")
    assert_same(grads.weights, expected["grad_weights"], "grad_weights")
    assert_same(grads.biases, expected["grad_biases"], "grad_biases")

    after = net.updated(grads, learning_rate=case["learning_rate"])
    assert_same(after.weights, expected["weights_after"], "weights_after")
    assert_same(after.biases, expected["biases_after"], "biases_after")


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=title)
def test_gradient_check_agrees(case):
    report = gradient_check(network_of(case), case["X"], case["y"], loss=case["loss"], reduction=case["reduction"])
    assert report.passed, report.worst


def test_leaky_slope_is_the_reference_s():
    assert REFERENCE["leaky_relu_slope"] == LEAKY_SLOPE


def test_reference_covers_the_registries():
    used = {name for case in REFERENCE["cases"] for name in (*case["activations"], case["loss"], case["reduction"])}
    assert used >= {"sigmoid", "tanh", "relu", "leaky_relu", "linear", "softmax", "mean", "sum",
                    "squared_error", "half_squared_error", "binary_cross_entropy", "cross_entropy"}

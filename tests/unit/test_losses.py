"""Each loss against its definition, its slope against nudging, the logarithmic ones at 0 and 1."""

import numpy as np
import pytest

from backprop import ACTIVATIONS, LOSSES

A = np.array([[0.2, -1.5], [3.0, 0.5]])
T = np.array([[0.0, 1.0], [1.0, 0.5]])


def test_all_are_there():
    assert list(LOSSES) == ["half_squared_error", "squared_error", "binary_cross_entropy", "cross_entropy"]
    assert {name: loss.fused_with for name, loss in LOSSES.items() if loss.fused_with} == {
        "binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}


def test_a_sample_s_loss_is_the_sum_over_its_outputs():
    # (0.2 - 0)^2 + (-1.5 - 1)^2 = 0.04 + 6.25       (3 - 1)^2 + 0 = 4
    np.testing.assert_allclose(LOSSES["squared_error"].value(A, A, T), [6.29, 4.0], rtol=1e-15)
    np.testing.assert_allclose(LOSSES["half_squared_error"].value(A, A, T), [3.145, 2.0], rtol=1e-15)


@pytest.mark.parametrize("name", ["squared_error", "half_squared_error"])
def test_slope_is_the_derivative(name):
    loss, h = LOSSES[name], 6e-6
    nudged = (loss.terms(A, A + h, T) - loss.terms(A, A - h, T)) / (2 * h)
    np.testing.assert_allclose(loss.slope(A, T), nudged, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "cross_entropy"])
def test_fused_derivative_is_a_minus_t(name):
    loss, h = LOSSES[name], 6e-6
    activation = ACTIVATIONS[loss.fused_with].function
    z, t = np.array([0.3, -1.1, 2.0]), np.array([0.5, 0.2, 0.3])
    for k, nudge in enumerate(h * np.eye(3)):
        up, down = (loss.value(z + s * nudge, activation(z + s * nudge), t) for s in (1, -1))
        assert (up - down) / (2 * h) == pytest.approx(activation(z)[k] - t[k], rel=1e-8)
    with pytest.raises(TypeError, match="its delta is a - t"):
        loss.slope(activation(z), t)


def test_binary_cross_entropy_is_its_definition():
    z, t = np.array([[0.7], [-2.0]]), np.array([[1.0], [0.3]])
    a = ACTIVATIONS["sigmoid"].function(z)
    np.testing.assert_allclose(LOSSES["binary_cross_entropy"].value(z, a, t),
                               (-t * np.log(a) - (1 - t) * np.log(1 - a))[:, 0], rtol=1e-14)


def test_cross_entropy_is_its_definition():
    z, t = np.array([[0.7, -1.0, 2.0]]), np.array([[0.1, 0.2, 0.7]])
    a = ACTIVATIONS["softmax"].function(z)
    np.testing.assert_allclose(LOSSES["cross_entropy"].value(z, a, t), -(t * np.log(a)).sum(axis=1), rtol=1e-14)


@pytest.mark.parametrize("gap", [40.0, 500.0])
def test_a_loss_near_zero_keeps_its_digits(gap):
    # -ln(1 / (1 + e^-gap)) = e^-gap to 1e-17: computed as ln(1 + e^gap) - gap it would be 0
    z = np.array([[gap]])
    binary = LOSSES["binary_cross_entropy"].value(z, ACTIVATIONS["sigmoid"].function(z), np.ones((1, 1)))
    assert binary.item() == pytest.approx(np.exp(-gap), rel=1e-12, abs=0)
    z = np.array([[gap, 0.0]])
    several = LOSSES["cross_entropy"].value(z, ACTIVATIONS["softmax"].function(z), np.array([[1.0, 0.0]]))
    assert several.item() == pytest.approx(np.exp(-gap), rel=1e-12, abs=0)

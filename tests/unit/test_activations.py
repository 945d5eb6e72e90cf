"""Each activation against its definition, its slope against nudging, both at the far ends."""

import math

import numpy as np
import pytest

from backprop import ACTIVATIONS

ELEMENTWISE = [activation for activation in ACTIVATIONS.values() if activation.elementwise]
POINTS = np.array([-3.0, -1.2, -0.4, -0.05, 0.05, 0.3, 1.0, 2.7])  # none within a nudge of ReLU's kink


def test_all_are_there():
    assert list(ACTIVATIONS) == ["sigmoid", "tanh", "relu", "leaky_relu", "linear", "softmax"]
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())


@pytest.mark.parametrize(("name", "formula"), [
    ("sigmoid", lambda z: 1 / (1 + math.exp(-z))), ("tanh", math.tanh), ("relu", lambda z: max(0.0, z)),
    ("leaky_relu", lambda z: max(0.01 * z, z)), ("linear", lambda z: z)])
def test_values(name, formula):
    np.testing.assert_allclose(ACTIVATIONS[name].function(POINTS), [formula(z) for z in POINTS], rtol=4e-16)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda activation: activation.name)
def test_slope_is_the_derivative(activation):
    h = 6e-6
    nudged = (activation.function(POINTS + h) - activation.function(POINTS - h)) / (2 * h)
    np.testing.assert_allclose(activation.slope(POINTS, activation.function(POINTS)), nudged, rtol=1e-8)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda activation: activation.name)
def test_one_number_at_a_time_gives_the_same_bits(activation):
    together = activation.function(POINTS)
    one_by_one = [float(activation.function(np.array(z))) for z in POINTS]
    assert together.tolist() == one_by_one
    assert activation.slope(POINTS, together).tolist() == [
        float(activation.slope(np.array(z), np.array(a))) for z, a in zip(POINTS, together, strict=True)]


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda activation: activation.name)
def test_far_ends_are_finite_and_silent(activation):
    z = np.array([-1e300, -800.0, -0.0, 0.0, 800.0, 1e300])
    a = activation.function(z)
    assert np.isfinite(a).all()
    assert np.isfinite(activation.slope(z, a)).all()
    assert (np.diff(a) >= 0).all()


def test_sigmoid_at_800():
    np.testing.assert_array_equal(ACTIVATIONS["sigmoid"].function(np.array([-800.0, 0.0, 800.0])), [0.0, 0.5, 1.0])
    assert float(ACTIVATIONS["sigmoid"].function(np.array(-700.0))) == pytest.approx(math.exp(-700.0), rel=1e-15)


@pytest.mark.parametrize(("name", "slope"), [("relu", 0.0), ("leaky_relu", 0.01)])
def test_slope_at_the_kink_is_the_closed_side_s(name, slope):
    zero = np.array([0.0, -0.0])
    assert ACTIVATIONS[name].slope(zero, zero).tolist() == [slope, slope]
    assert not np.signbit(ACTIVATIONS["relu"].function(zero)).any()


def test_softmax_shares_out_one():
    z = np.array([[1.0, 2.0, 3.0], [-800.0, 0.0, 800.0], [1e300, 1e300, 1e300]])
    a = ACTIVATIONS["softmax"].function(z)
    np.testing.assert_allclose(a[0], np.exp(z[0]) / np.exp(z[0]).sum(), rtol=1e-15)
    np.testing.assert_allclose(a.sum(axis=1), 1.0, rtol=1e-15)
    np.testing.assert_allclose(a[2], 1 / 3, rtol=1e-15)


def test_softmax_has_no_slope_per_node():
    with pytest.raises(TypeError, match="softmax has no slope per node"):
        ACTIVATIONS["softmax"].slope(np.zeros(2), np.zeros(2))


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda activation: activation.name)
def test_tex_has_a_place_for_the_operand(activation):
    assert "#" in activation.tex
    assert activation.slope_ref in ("a", "z")
    assert activation.slope_tex.count("{") == activation.slope_tex.count("}")

"""What each initialiser draws, against its formula."""

import numpy as np
import pytest

from backprop import INITIALIZERS, Network

N_IN, N_OUT = 300, 200


def drawn(initializer, **options):
    return Network.random([N_IN, N_OUT], activations=["linear"], initializer=initializer, seed=3, **options).weights[0]


def test_all_are_there():
    assert list(INITIALIZERS) == ["xavier", "he", "normal", "uniform", "zeros", "constant"]


@pytest.mark.parametrize(("initializer", "scale", "reach"), [
    ("xavier", 1.0, np.sqrt(6 / (N_IN + N_OUT))), ("xavier", 2.0, 2 * np.sqrt(6 / (N_IN + N_OUT))),
    ("uniform", 1.0, 1.0), ("uniform", 0.1, 0.1)])
def test_uniform_reach(initializer, scale, reach):
    weights = drawn(initializer, scale=scale)
    assert np.abs(weights).max() < reach
    assert weights.std() == pytest.approx(reach / np.sqrt(3), rel=0.01)
    assert abs(weights.mean()) < 0.02 * reach


@pytest.mark.parametrize(("initializer", "scale", "deviation"), [
    ("he", 1.0, np.sqrt(2 / N_IN)), ("he", 0.5, 0.5 * np.sqrt(2 / N_IN)), ("normal", 1.0, 1.0), ("normal", 0.2, 0.2)])
def test_normal_deviation(initializer, scale, deviation):
    weights = drawn(initializer, scale=scale)
    assert weights.std() == pytest.approx(deviation, rel=0.01)
    assert abs(weights.mean()) < 0.02 * deviation


def test_fixed_ones():
    assert (drawn("zeros") == 0.0).all()
    assert (drawn("constant") == 0.5).all()
    assert (drawn("constant", scale=-0.25) == -0.25).all()


@pytest.mark.parametrize("name", list(INITIALIZERS))
def test_default_scale_is_the_registry_s(name):
    default = INITIALIZERS[name].default_scale
    if default is not None:
        np.testing.assert_array_equal(drawn(name), drawn(name, scale=default))

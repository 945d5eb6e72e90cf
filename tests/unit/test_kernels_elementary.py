"""e^x and what is made of it against forty digits, over the whole range of float64 and beyond its edges."""

import math
from decimal import Decimal, localcontext

import numba
import numpy as np
import pytest

from backprop.activations import sigmoid as plain_sigmoid
from backprop.kernels.compiled import OPTIONS
from backprop.kernels.elementary import exp_down, log1p, sigmoid, softplus_of_both, tanh
from backprop.kernels.quad import load, store

EXP, TANH, SIGMOID, LOG1P, SOFTPLUS, SOFTPLUS_OF_MINUS = range(6)
DIGITS = 45
NORMAL = 2.2250738585072014e-308  # the smallest float64 with all its digits


@numba.njit(**OPTIONS)
def each(which, x, found):
    for k in range(0, x.size, 4):
        z = load(x, k)
        if which == EXP:
            store(found, k, exp_down(z))
        elif which == TANH:
            store(found, k, tanh(z))
        elif which == SIGMOID:
            store(found, k, sigmoid(z))
        elif which == LOG1P:
            store(found, k, log1p(z))
        else:
            up, down = softplus_of_both(z)
            store(found, k, up if which == SOFTPLUS else down)


def compute(which, values):
    x = np.array(values, dtype=np.float64)
    padded = np.concatenate([x, np.zeros(-len(x) % 4)])
    found = np.empty_like(padded)
    each(which, padded, found)
    return found[:len(x)]


def units_off(found, exact):
    """Return how many units in its last place each float64 is off the exact value."""
    return max(float(abs(Decimal(float(f)) - e) / Decimal(math.ulp(float(e))))
               for f, e in zip(found, exact, strict=True))


def exactly(function, values):
    with localcontext() as context:
        context.prec = DIGITS
        return [function(Decimal(float(value))) for value in values]


def log_of_one_plus(u):
    return u - u * u / 2 if u < Decimal("1e-25") else (1 + u).ln()


def exact_tanh(z):
    if abs(z) < Decimal("1e-15"):
        return z - z**3 / 3
    power = (-2 * abs(z)).exp()
    return ((1 - power) / (1 + power)).copy_sign(z)


def spread(low, high, count=600):
    """Return numbers from low to high, evenly and by size, the borders of e^x's pieces and what lies beside them."""
    rng = np.random.default_rng(4)
    values = [*rng.uniform(low, high, count), *np.linspace(low, high, 101)]
    for sign in (-1.0, 1.0):
        values += [*(sign * 10.0 ** rng.uniform(-320, 3, count))]
        for n in range(-12, 13):
            border = (n + 0.5) * math.log(2)
            values += [sign * border, np.nextafter(border, 0.0), np.nextafter(border, 9e9), sign * border / 2]
    return [value for value in values if low <= value <= high]


@pytest.mark.parametrize(("which", "function", "low", "high", "units"), [
    (EXP, Decimal.exp, -708.39, 0.0, 1.0),
    (TANH, exact_tanh, -30.0, 30.0, 2.6),
    (SIGMOID, lambda z: 1 / (1 + (-z).exp()), -708.3, 40.0, 1.9),
    (LOG1P, log_of_one_plus, 0.0, 1.0, 2.0),
    (SOFTPLUS, lambda z: log_of_one_plus(z.exp()), -708.3, 800.0, 2.5),
    (SOFTPLUS_OF_MINUS, lambda z: log_of_one_plus((-z).exp()), -800.0, 708.3, 2.5),
], ids=["exp", "tanh", "sigmoid", "log1p", "softplus", "softplus of -z"])
def test_a_few_units_in_the_last_place(which, function, low, high, units):
    values = spread(low, high)
    assert len(values) > 700
    assert units_off(compute(which, values), exactly(function, values)) < units


def test_one_unit_more_would_be_seen():
    values = spread(-708.39, 0.0)
    assert units_off(np.nextafter(compute(EXP, values), 1.0), exactly(Decimal.exp, values)) > 1.0


@pytest.mark.parametrize(("which", "at", "exact"), [
    (EXP, [0.0, -0.0, -math.inf, -1e308, -5e-324], [1.0, 1.0, 0.0, 0.0, 1.0]),
    (TANH, [0.0, math.inf, -math.inf, 1e308, 5e-324, -5e-324], [0.0, 1.0, -1.0, 1.0, 5e-324, -5e-324]),
    (SIGMOID, [0.0, -0.0, math.inf, -math.inf, 1e308, -1e308, 5e-324], [0.5, 0.5, 1.0, 0.0, 1.0, 0.0, 0.5]),
    (LOG1P, [0.0, 1e-307, 1.0], [0.0, 1e-307, math.log(2)]),
    (SOFTPLUS, [0.0, math.inf, -math.inf, 1e308, -1e308], [math.log(2), math.inf, 0.0, 1e308, 0.0]),
    (SOFTPLUS_OF_MINUS, [-0.0, math.inf, -math.inf, 1e308, -1e308], [math.log(2), 0.0, math.inf, 0.0, 1e308]),
])
def test_edges(which, at, exact):
    assert compute(which, at).tolist() == exact


def test_the_sign_of_nothing_is_kept():
    assert np.signbit(compute(TANH, [-0.0, 0.0])).tolist() == [True, False]


@pytest.mark.parametrize("which", range(6))
def test_nan_stays_nan_and_troubles_no_neighbour(which):
    assert np.isnan(compute(which, [math.nan, -math.nan])).all()
    alone = compute(which, [0.5 if which == LOG1P else -0.5] * 4)
    beside = compute(which, [math.nan, *([0.5 if which == LOG1P else -0.5] * 3)])
    assert beside[1:].tolist() == alone[1:].tolist()


def test_below_the_normal_numbers_there_is_nothing_and_nothing_jumps():
    x = np.linspace(-712.0, -708.0, 4001)
    found = compute(EXP, x)
    assert (np.diff(found) >= 0).all()
    assert (found[x <= -709.0] == 0).all()
    np.testing.assert_allclose(found, np.exp(x), rtol=1e-15, atol=NORMAL)


@pytest.mark.parametrize(("which", "plain"), [(TANH, np.tanh), (SIGMOID, plain_sigmoid)])
def test_symmetry_and_range(which, plain):
    z = np.array(spread(-700.0, 700.0))
    found = compute(which, z)
    np.testing.assert_allclose(found, plain(z), rtol=2e-15, atol=0)
    mirrored = compute(which, -z)
    if which == TANH:
        assert (mirrored == -found).all() and (np.abs(found) <= 1).all()
    else:
        assert (np.abs(mirrored + found - 1) <= 2.3e-16).all() and (found >= 0).all() and (found <= 1).all()

"""What an update before the blame has come through does to hidden deltas, against calculations of its own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from backprop import Network, backward, forward
from backprop.moved_first import moved_first
from tests.unit.networks import Case, cases, quick


def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z))


def test_mazurs_example_by_hand() -> None:
    """The numbers that he prints: output deltas 0.138498562, -0.0380982366; new weights 0.35891648, 0.511301270 ..."""
    network = Network([[[0.15, 0.25], [0.2, 0.3]], [[0.4, 0.5], [0.45, 0.55]]], [[0.35, 0.35], [0.6, 0.6]],
                      activations=["sigmoid", "sigmoid"])
    h1, h2 = moved_first(network, [0.05, 0.1], [0.01, 0.99], loss="half_squared_error", learning_rate=0.5)
    out = sigmoid(0.3775)
    slope = out * (1.0 - out)
    wrong = (0.138498562 * 0.35891648 - 0.0380982366 * 0.511301270) * slope
    right = (0.138498562 * 0.40 - 0.0380982366 * 0.50) * slope
    assert h1.node == "h1"
    assert h1.delta == pytest.approx(wrong, rel=1e-7)
    assert h1.percent == pytest.approx(100 * (wrong / right - 1), rel=1e-6)
    assert round(h1.percent or 0.0) == -17
    assert h2.node == "h2"


def plainly(network: Network, x: list[float], delta: list[float], eta: float) -> dict[str, float]:
    """The mistake as a beginner's program makes it: weights in lists, changed in place, layer by layer from the end."""
    weights = [w.tolist() for w in network.weights]
    passed = forward(network, [x])
    found: dict[str, float] = {}
    for layer in range(len(weights) - 1, 0, -1):
        sent = passed.a[layer][0].tolist()
        for i, row in enumerate(weights[layer]):
            for j in range(len(row)):
                row[j] -= eta * delta[j] * sent[i]
        slopes = network.activation(layer - 1).slope(passed.z[layer - 1], passed.a[layer])[0].tolist()
        delta = [slope * sum(w * d for w, d in zip(row, delta, strict=True))
                 for slope, row in zip(slopes, weights[layer], strict=True)]
        several = len(weights) > 2
        found |= {f"h{layer}_{i + 1}" if several else f"h{i + 1}": d for i, d in enumerate(delta)}
    return found


@quick
@given(cases())
def test_it_is_what_a_program_gets_that_moves_weights_too_early(case: Case) -> None:
    x, y = case.X[0], case.y[0]
    deltas = backward(case.network, forward(case.network, [x]), [y], loss=case.loss).delta
    expected = plainly(case.network, x.tolist(), deltas[-1][0].tolist(), 0.3)
    found = {each.node: each.delta for each in moved_first(case.network, x, y, loss=case.loss, learning_rate=0.3)}
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


@quick
@given(cases())
def test_without_a_step_nothing_is_missed(case: Case) -> None:
    x, y = case.X[0], case.y[0]
    deltas = backward(case.network, forward(case.network, [x]), [y], loss=case.loss).delta
    right = np.concatenate([delta[0] for delta in reversed(deltas[:-1])]) if len(deltas) > 1 else np.array([])
    found = moved_first(case.network, x, y, loss=case.loss, learning_rate=0.0)
    np.testing.assert_array_equal([each.delta for each in found], right)
    assert all(each.percent in (0.0, None) for each in found)


def test_a_delta_of_zero_has_no_percentage() -> None:
    network = Network([[[1.0]], [[1.0]]], activations=["relu", "linear"])
    [h1] = moved_first(network, [-1.0], [0.5], loss="half_squared_error", learning_rate=0.1)
    assert (h1.delta, h1.percent) == (0.0, None)


def test_the_rate_is_checked() -> None:
    with pytest.raises(ValueError, match="learning_rate"):
        moved_first(Network([[[1.0]]], activations=["linear"]), [1.0], [1.0], loss="half_squared_error",
                    learning_rate=-1.0)

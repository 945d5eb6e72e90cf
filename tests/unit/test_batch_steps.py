"""One epoch three ways: samples' gradients summed, averaged, one at a time; against PyTorch and by nudging."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from backprop import Network, backward, forward
from backprop.batch_steps import Plane, added, averaged, batch_steps, distance, parameter_places, tips
from backprop.figure_examples import BATCH
from tests.unit.networks import cases, quick

PYTORCH = json.loads((Path(__file__).parents[1] / "data" / "gradients.json").read_text(encoding="utf-8"))["cases"]
X, Y = np.array(BATCH.spec.data.x), np.array(BATCH.spec.data.y)


def flat(gradients):
    return np.concatenate([layer.ravel() for layer in (*gradients.weights, *(gradients.biases or []))])


def steps_of(case):
    return batch_steps(case.network, case.X, case.y, loss=case.loss, learning_rate=0.3)


def near(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


@quick
@given(cases())
def test_sum_and_mean_of_the_rows_are_the_batch_gradients(case):
    steps = steps_of(case)
    for reduction, found in (("sum", steps.total), ("mean", steps.mean)):
        whole = backward(case.network, forward(case.network, case.X), case.y, loss=case.loss, reduction=reduction)
        assert flat(found.gradient) == near(flat(whole))
        assert found.gradient.loss == near(whole.loss)
    assert flat(steps.mean.gradient) * len(case.X) == near(flat(steps.total.gradient))


@pytest.mark.parametrize("case", PYTORCH)
def test_they_are_pytorch_s(case):
    network = Network(case["weights"], case["biases"], activations=case["activations"])
    steps = batch_steps(network, case["X"], case["y"], loss=case["loss"], learning_rate=case["learning_rate"])
    found = steps.mean if case["reduction"] == "mean" else steps.total
    for got, wanted in zip(found.gradient.weights, case["expected"]["grad_weights"], strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-15)
    for got, wanted in zip(found.after.weights, case["expected"]["weights_after"], strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-9)


@quick
@given(cases())
def test_one_at_a_time_each_gradient_is_that_of_moved_weights(case):
    steps = steps_of(case)
    at = case.network
    for k, move in enumerate(steps.one_at_a_time):
        own = backward(at, forward(at, case.X[k:k + 1]), case.y[k:k + 1], loss=case.loss)
        assert flat(move.gradient) == near(flat(own))
        at = at.updated(own, learning_rate=0.3)
        assert at == move.after
    assert flat(steps.one_at_a_time[0].gradient) == near(flat(steps.rows[0]))  # nothing had moved yet


def plainly(learning_rate):
    """The example's moves, written out for 2-2-1, tanh, sigmoid and binary cross-entropy; the gradients by nudging."""
    p = np.concatenate([layer.ravel() for layer in (
        *BATCH.spec.network().weights, *(BATCH.spec.network().biases or []))])

    def loss(p, k):
        hidden = np.tanh(X[k] @ p[:4].reshape(2, 2) + p[6:8])
        a = 1 / (1 + np.exp(-(hidden @ p[4:6] + p[8])))
        return float(-Y[k, 0] * np.log(a) - (1 - Y[k, 0]) * np.log(1 - a))

    ends = []
    for k in range(4):
        slope = [(loss(p + 1e-6 * e, k) - loss(p - 1e-6 * e, k)) / 2e-6 for e in np.eye(9)]
        p = p - learning_rate * np.array(slope)
        ends.append((p[4], p[5]))
    return ends


def test_the_examples_moves_by_nudging():
    steps = batch_steps(BATCH.spec.network(), X, Y, loss=BATCH.spec.loss, learning_rate=BATCH.spec.learning_rate)
    plane = Plane(steps.start, *BATCH.edges)
    ends = [plane.point(move.after) for move in steps.one_at_a_time]
    for got, wanted in zip(ends, plainly(BATCH.spec.learning_rate), strict=True):
        assert got == pytest.approx(wanted, abs=1e-7)


def test_the_example_shows_what_it_is_there_for():
    """Four arrows that differ, a sum longer than each, and one at a time near the sum's end but not at it."""
    steps = batch_steps(BATCH.spec.network(), X, Y, loss=BATCH.spec.loss, learning_rate=1.0)
    plane = Plane(steps.start, *BATCH.edges)
    arrows = [plane.point(row) for row in steps.rows]
    angles = np.sort(np.degrees([np.arctan2(y, x) for x, y in arrows]))
    length = distance(plane.point(steps.total.gradient))
    assert np.diff(angles).min() > 3
    assert length > max(map(distance, arrows))
    apart = distance(plane.point(steps.total.after), plane.point(steps.one_at_a_time[-1].after))
    assert 0.1 * length < apart < 0.4 * length
    assert steps.losses[0] < steps.losses[1] < steps.loss and steps.losses[2] < steps.loss


def test_a_rate_of_zero_moves_nothing():
    steps = batch_steps(BATCH.spec.network(), X, Y, loss=BATCH.spec.loss, learning_rate=0.0)
    for move in (steps.total, steps.mean, *steps.one_at_a_time):
        assert move.after == steps.start
    assert steps.losses == (steps.loss,) * 3


def test_every_parameter_has_a_place_and_its_own():
    network = Network.random([2, 3, 2], activations=["tanh", "sigmoid"], seed=1)
    places = parameter_places(network)
    assert len(places) == 17 and len(set(places.values())) == 17
    assert Plane(network, "x2>h3", "b>o2").point(network) == (network.weights[0][1, 2], 0.0)
    with pytest.raises(ValueError, match="across"):
        Plane(network, "h4>o1", "x1>h1")


def test_heads_and_tails():
    assert tips([(1.0, 2.0), (3.0, -1.0)]) == [(1.0, 2.0), (4.0, 1.0)]
    assert distance((3.0, 4.0)) == 5.0


def test_one_row_is_its_own_mean():
    row = backward(BATCH.spec.network(), forward(BATCH.spec.network(), X[:1]), Y[:1], loss=BATCH.spec.loss)
    assert flat(added((row,))) == near(flat(averaged((row,))))

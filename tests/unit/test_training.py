"""The compiled engine against the passes, the optimisers and PyTorch: the same numbers, all but the last digits."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from backprop import OPTIMIZERS, Network, backward, forward
from backprop.lanes import BLOCK, Lane, flat, unflat
from backprop.norms import norms
from backprop.training import Training
from tests.unit.trained_plainly import XOR_X, XOR_Y, Case, cases, flattened, gradients, trained_plainly

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "optimizers.json").read_text(encoding="utf-8"))["network"]

many = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def training_of(case):
    data, how = case.data
    return Training(case.lanes, *data, **how)


def close(found, exact, scale=1.0):
    np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-13 * scale)


@many
@given(cases(most_lanes=4, optimizers=("sgd",)))
def test_one_epoch_is_forward_backward_updated(case):
    training = training_of(case)
    stretch = training.go(training.start(), 1)
    for number, lane in enumerate(case.lanes):
        grads = gradients(case, lane.network)
        passed = forward(lane.network, case.X)
        after = lane.network.updated(grads, learning_rate=lane.learning_rate)
        close(stretch.losses[number, 0], grads.loss)
        close(stretch.misses[number, 0], np.abs(passed.output - case.y).max())
        close(stretch.end.values[number, 0], flattened(after.weights, after.biases),
              scale=lane.learning_rate * max(np.abs(g).max() for g in grads.weights))


@many
@given(cases(most_lanes=9))
def test_a_frame_is_forward_and_backward(case):
    training = training_of(case)
    frame = training.frame(training.start())
    assert frame.epoch == 0 and frame.outputs.shape == (len(case.lanes), *case.y.shape)
    for number, lane in enumerate(case.lanes):
        grads = gradients(case, lane.network)
        assert frame.parameters[number].tolist() == flattened(lane.network.weights, lane.network.biases).tolist()
        close(frame.outputs[number], forward(lane.network, case.X).output)
        norm = np.linalg.norm(flattened(grads.weights, grads.biases))
        close(frame.gradient_norms[number], norm)


@many
@given(cases(most_lanes=3))
def test_answers_are_forward_s(case):
    training = training_of(case)
    asked = np.random.default_rng(len(case.X)).normal(size=(7, case.X.shape[1]))
    found = training.answers(training.start(), asked)
    assert found.shape == (len(case.lanes), 7, case.y.shape[1])
    for number, lane in enumerate(case.lanes):
        close(found[number], forward(lane.network, asked).output)


@many
@given(cases(most_lanes=BLOCK + 3, scales=(0.3,)))
def test_five_epochs_of_every_optimiser(case):
    training = training_of(case)
    stretch = training.go(training.start(), 5)
    for number in {0, len(case.lanes) - 1}:
        losses, after = trained_plainly(case, case.lanes[number], 5)
        np.testing.assert_allclose(stretch.losses[number], losses, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(stretch.end.values[number, 0], after[-1], rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: f"{case['optimizer']} {case['learning_rate']}")
@pytest.mark.parametrize("lanes", [1, BLOCK])
def test_twenty_steps_of_pytorch(case, lanes):
    network = Network(REFERENCE["weights"], REFERENCE["biases"], activations=REFERENCE["activations"])
    lane = Lane(network, case["learning_rate"], case["optimizer"], case["hyper"])
    training = Training([lane] * lanes, REFERENCE["X"], REFERENCE["y"], loss=case["loss"], reduction=case["reduction"])
    at, losses, parameters = training.start(), [], []
    for epoch in range(20):
        stretch = training.go(at, epoch + 1)
        at = stretch.end
        losses.append(stretch.losses[:, 0])
        parameters.append(at.values[:, 0])
    for number in range(lanes):
        np.testing.assert_allclose(np.array(losses)[:, number], case["losses"], rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(np.array(parameters)[:, number], case["parameters"], rtol=1e-10, atol=1e-10)


def gradient_of(training, case):
    """Return the first lane's gradient, out of a step of size 1."""
    start = training.start()
    return start.values[0, 0] - training.go(start, 1).end.values[0, 0]


@many
@given(cases(most_lanes=1, optimizers=("sgd",)))
def test_the_mean_of_the_samples_gradients_is_the_gradient_of_the_mean(case):
    unit = replace(case, lanes=[replace(case.lanes[0], learning_rate=1.0)])
    whole = gradient_of(training_of(unit), unit)
    alone = [gradient_of(training_of(one), one)
             for one in (replace(unit, X=unit.X[[k]], y=unit.y[[k]]) for k in range(len(unit.X)))]
    together = np.mean(alone, axis=0) if case.reduction == "mean" else np.sum(alone, axis=0)
    np.testing.assert_allclose(whole, together, rtol=1e-9, atol=1e-11)


def test_sixteen_outputs_keep_the_digits_of_their_cross_entropy():
    rng = np.random.default_rng(0)
    y = np.eye(16)[rng.integers(16, size=10)]
    for scale in (1e-3, 1.0, 30.0):
        network = Network([rng.normal(size=(3, 16)) * scale], activations=["softmax"])
        case = Case([Lane(network, 0.1)], rng.normal(size=(10, 3)), y, "cross_entropy", "mean")
        training = training_of(case)
        close(training.go(training.start(), 1).losses[0, 0], gradients(case, network).loss)


def test_a_loss_near_nothing_keeps_its_digits():
    for loss, activation, targets in (("binary_cross_entropy", "sigmoid", [[1.0]]),
                                      ("cross_entropy", "softmax", [[1.0, 0.0, 0.0]])):
        network = Network([[[40.0] + [-5.0] * (len(targets[0]) - 1)]], activations=[activation])
        training = Training([Lane(network, 0.1)], [[1.0]], targets, loss=loss)
        exact = backward(network, forward(network, [[1.0]]), targets, loss=loss).loss
        assert 0 < exact < 1e-16
        np.testing.assert_allclose(training.go(training.start(), 1).losses, exact, rtol=1e-14)


def test_relu_at_the_edges():
    network = Network([[[1.0, 1.0]], [[1.0], [-1.0]]], [[0.0, 0.0], [0.0]], activations=["relu", "leaky_relu"])
    training = Training([Lane(network, 0.1)], XOR_Y, XOR_Y, loss="squared_error")
    found = training.answers(training.start(), [[0.0], [-0.0], [-3.0], [3.0], [-1e308]])
    assert found.ravel().tolist() == [0.0] * 5 and not np.signbit(found).any()
    steep = Network([[[-1e308]], [[1.0]]], activations=["relu", "linear"])  # z is -inf
    training = Training([Lane(steep, 0.1)], [[1e3]], [[0.0]], loss="squared_error")
    assert training.answers(training.start(), [[1e3]])[0].tolist() == forward(steep, [[1e3]]).output.tolist() == [[0.0]]


def test_flat_and_back():
    for biases in (True, False):
        network = Network.random([3, 4, 2], activations=["tanh", "linear"], seed=1, biases=biases)
        assert flat(network).tolist() == flattened(network.weights, network.biases).tolist()
        assert unflat(flat(network), network) == network


def test_the_oracle_and_the_kernel_learn_xor():
    lane = Lane(Network.random([2, 4, 1], activations=["tanh", "sigmoid"], seed=3), 0.5, "adam")
    case = Case([lane], np.array(XOR_X), np.array(XOR_Y), "binary_cross_entropy", "mean")
    training = training_of(case)
    stretch = training.go(training.start(), 60)
    np.testing.assert_allclose(stretch.losses[0], trained_plainly(case, lane, 60)[0], rtol=1e-6)
    assert stretch.misses[0, -1] < 0.2 < stretch.misses[0, 0]
    assert list(OPTIMIZERS) == ["sgd", "momentum", "nesterov", "rmsprop", "adam"]


@pytest.mark.parametrize("column", [
    [0.0, 0.0], [3.0, -4.0], [1e-200, 1e-200], [5e-324, 0.0], [1e200, -1e200], [1.7e308, 1e300], [1e150, 1e-150],
])
def test_a_norm_neither_overflows_nor_vanishes_and_does_not_know_its_neighbours(column: list[float]) -> None:
    beside = [1.0, 2.0]
    first, together = norms(np.array([column, beside]).T, 1), norms(np.array([beside, column, beside]).T, 3)
    assert first.shape == (1,)
    assert first[0] == together[1]
    assert together[0] == together[2] == norms(np.array([beside, column]).T, 2)[0]
    assert first[0] == pytest.approx(math.hypot(*column), rel=1e-15)


def test_a_norm_does_not_know_how_many_there_are() -> None:
    columns = np.random.default_rng(7).normal(size=(83, 32))
    found = norms(columns, 32)
    for count in (2, 4, 5, 31):
        assert norms(np.ascontiguousarray(columns[:, :count]), count).tobytes() == found[:count].tobytes()


@pytest.mark.parametrize("column", [[math.inf, 1.0], [-math.inf, 0.0], [math.nan, 1.0]])
def test_a_norm_that_is_no_number_is_none(column: list[float]) -> None:
    assert not math.isfinite(norms(np.array([column, [1.0, 1.0]]).T, 1)[0])

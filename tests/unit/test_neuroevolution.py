"""Neuroevolution: what it counts, that it never gets worse, that a seed alone says what happens."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import Network, backward, forward
from backprop import flat_networks as flat
from backprop.kernels.plan import parameter_count
from backprop.neuroevolution import Neuroevolution, evolve
from bench.guessing_runs import encoder, xor

SMALL = Neuroevolution((2, 4, 1), population=6, elite=2, mutation=0.5, start=1.0, generations=40)
TASKS = [xor(), xor((2, 1)), encoder(4, 2)]


def evolved(spec, seeds):
    return evolve(spec, xor().X, xor().y, seeds=seeds)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: str(task.layers))
def test_many_networks_at_once_are_the_passes_one_by_one(task):
    rng, names = np.random.default_rng(3), ["tanh"] * (len(task.layers) - 2) + ["sigmoid"]
    parameters = rng.normal(size=(5, parameter_count(task.layers, biases=True)))
    z = flat.outputs_before_sigmoid(parameters, task.layers, task.X)
    for row, own_z in enumerate(z):
        parts, start = [], 0
        for n_in, n_out in zip(task.layers, task.layers[1:], strict=False):
            parts.append((parameters[row, start:start + n_in * n_out].reshape(n_in, n_out),
                          parameters[row, start + n_in * n_out:start + (n_in + 1) * n_out]))
            start += (n_in + 1) * n_out
        net = Network([w for w, _ in parts], [b for _, b in parts], activations=names)
        passed = forward(net, task.X)
        grads = backward(net, passed, task.y, loss="binary_cross_entropy")
        np.testing.assert_allclose(own_z, passed.z[-1], rtol=1e-12, atol=1e-14)
        assert flat.losses(z, task.y)[row] == pytest.approx(grads.loss, rel=1e-13)


def test_solved_means_every_output_within_a_fifth():
    y = np.array([[0.0], [1.0]])
    at = np.array([0.199, 0.201, 0.799, 0.801])
    z = np.log(at / (1 - at))
    pairs = np.array([[z[0], z[3]], [z[1], z[3]], [z[0], z[2]]])[:, :, None]
    assert flat.solved(pairs, y).tolist() == [True, False, False]


def test_evaluations_are_counted(monkeypatch):
    counted = []

    def counting(parameters, layers, X):
        counted.append(len(parameters))
        return outputs(parameters, layers, X)

    outputs = flat.outputs_before_sigmoid
    monkeypatch.setattr(flat, "outputs_before_sigmoid", counting)
    evolution = evolved(SMALL, [7])
    assert counted == [6] + [4] * 40  # the elite's losses are remembered
    assert evolution.evaluations.tolist() == np.cumsum(counted).tolist()


def test_the_best_loss_never_rises():
    assert (np.diff(evolved(SMALL, range(20)).best_losses, axis=1) <= 0).all()


def test_a_seed_alone_says_what_happens():
    together, alone, again = evolved(SMALL, [5, 6, 7]), evolved(SMALL, [6]), evolved(SMALL, [7, 6])
    np.testing.assert_array_equal(together.best_losses[1:2], alone.best_losses)
    np.testing.assert_array_equal(again.best_losses[1:2], alone.best_losses)
    np.testing.assert_array_equal(together.solved[1:2], alone.solved)
    assert not np.array_equal(together.best_losses[0], together.best_losses[1])


def test_more_generations_go_on_from_the_same():
    longer = evolved(replace(SMALL, generations=60), [1, 2])
    np.testing.assert_array_equal(longer.best_losses[:, :41], evolved(SMALL, [1, 2]).best_losses)


def test_no_generation_is_the_best_of_the_random_ones():
    spec = replace(SMALL, generations=0)
    drawn = np.random.default_rng(4).normal(0.0, 1.0, (6, 17))
    z = flat.outputs_before_sigmoid(drawn, (2, 4, 1), xor().X)
    evolution = evolved(spec, [4])
    assert evolution.best_losses.tolist() == [[flat.losses(z, xor().y).min()]]
    assert evolution.evaluations.tolist() == [6]


def test_it_learns_and_can_stop_when_enough_have():
    spec = replace(SMALL, generations=1000)
    evolution = evolve(spec, xor().X, xor().y, seeds=range(8), enough=0.5)
    assert evolution.solved.shape[1] < 1000
    assert evolution.solved.any(axis=1).mean() >= 0.5
    assert (evolution.best_losses[evolution.solved] < -np.log(0.8)).all()

"""Runs: pass k is the k-fold update, whatever was asked before."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from backprop import Network, backward, forward
from backprop.presets import PRESETS
from backprop.run_cache import RunCache
from backprop.runs import Diverged, OnePass, Run, run_passes
from backprop.spec import read_spec

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
Y = np.array([[0.0], [1.0], [1.0]])
NETWORK = Network.random([2, 3, 1], activations=["tanh", "sigmoid"], seed=1)


def folded(passes: int) -> Network:
    network = NETWORK
    for number in range(passes):
        row = slice(number % 3, number % 3 + 1)
        grads = backward(network, forward(network, X[row]), Y[row], loss="squared_error")
        network = network.updated(grads, learning_rate=0.5)
    return network


def begin() -> Run:
    return Run(NETWORK, X, Y, loss="squared_error", learning_rate=0.5)


@pytest.mark.parametrize("number", [0, 1, 7, 8, 9, 16, 40])
def test_pass_k_is_the_k_fold_update(number: int) -> None:
    one = begin().one_pass(number)
    assert one.network == folded(number)
    assert one.sample == number % 3
    np.testing.assert_array_equal(one.x, X[number % 3])


def test_the_order_of_asking_changes_no_bit() -> None:
    run = begin()
    asked = {number: run.one_pass(number).network for number in (23, 3, 40, 8, 0, 23)}
    assert asked == {number: begin().one_pass(number).network for number in asked}


def test_consecutive_passes_hand_on_their_network() -> None:
    passes = run_passes(NETWORK, X, Y, loss="squared_error", learning_rate=0.5, start=5, stop=12)
    assert [one.number for one in passes] == list(range(5, 12))
    for one, following in pairwise(passes):
        for own, handed_on in zip(one.tape().after.weights, following.network.weights, strict=True):
            np.testing.assert_allclose(own, handed_on, rtol=0, atol=1e-15)  # the tape adds up in its own order


def test_history_has_the_loss_of_each_pass() -> None:
    run = begin()
    run.one_pass(11)

    def loss(one: OnePass) -> float:
        return backward(one.network, forward(one.network, [one.x]), [one.y], loss=one.loss).loss

    assert run.history(12) == [loss(run.one_pass(number)) for number in range(12)]


def test_a_run_that_diverges_has_no_pass_beyond() -> None:
    linear = Network([[[1.0]], [[1.0]]], activations=["linear", "linear"])
    run = Run(linear, [[2.0]], [[-3.0]], loss="squared_error", learning_rate=1.6)
    with pytest.raises(Diverged, match=r"stop being finite at pass 5\."):
        run.one_pass(900)
    assert run.diverged_at == run.known == 5
    assert all(np.isfinite(run.history(1000)))
    assert all(np.isfinite([entry.value for entry in run.one_pass(4).tape()]))
    run.extend()
    assert run.known == 5


def test_a_learning_rate_of_zero_moves_nothing() -> None:
    run = Run(NETWORK, X[:1], Y[:1], loss="squared_error", learning_rate=0.0)
    assert run.one_pass(20).network == NETWORK


def test_the_cache_knows_equal_specs_and_forgets_the_oldest() -> None:
    cache = RunCache(kept=2)
    spec = PRESETS[1].spec
    run = cache.run(spec)
    assert cache.run(read_spec(spec.as_dict())) is run
    cache.run(PRESETS[2].spec)
    assert cache.run(spec) is run
    cache.run(PRESETS[3].spec)
    assert cache.run(spec) is run
    assert len(cache) == 2
    cache.run(PRESETS[2].spec)
    cache.run(PRESETS[3].spec)
    again = cache.run(spec)
    assert again is not run
    assert again.one_pass(9).network == run.one_pass(9).network

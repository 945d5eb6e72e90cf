"""The stored comparison: recomputed for its first starts, strict, small, and true to its own counting rule."""

import json
import math
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import Network, backward, forward
from backprop import flat_networks as flat
from backprop.guessing import guessing_results
from backprop.perceptron import PERCEPTRON_BEST
from bench import guessing as bench
from bench.guessing_runs import Run, backpropagation, curves, guessing, quartiles, xor
from tests.unit.networks import quick

RESULTS = guessing_results()
METHODS = {method["name"]: method for method in RESULTS["methods"]}
FEW, SHORT = range(8), 1001
XOR = xor()


def test_the_file_is_strict_and_small():
    def refuse(constant):
        raise AssertionError(constant)

    text = resources.files("backprop").joinpath("data", "guessing.json").read_text(encoding="utf-8")
    assert json.loads(text, parse_constant=refuse) == RESULTS
    assert len(text) < 30_000
    assert RESULTS["evaluations"] == bench.grid()
    assert RESULTS["perceptron_best"] == PERCEPTRON_BEST == math.log(2)
    assert list(METHODS) == ["backpropagation", "backpropagation_best_rate", "guessing", "single_neuron"]


def again(name):
    method = METHODS[name]
    task, rate = xor(tuple(method["layers"])), method["settings"].get("learning_rate")
    return guessing(task, method["settings"], FEW, SHORT) if name == "guessing" \
        else backpropagation(task, rate, FEW, SHORT)


@pytest.mark.parametrize("name", list(METHODS))
def test_the_first_starts_recomputed(name):
    known = [count if count is not None and count <= SHORT else math.inf for count in METHODS[name]["to_solve"][:8]]
    assert again(name).to_solve.tolist() == known


@pytest.mark.parametrize("name", list(METHODS))
def test_its_summaries_follow_from_the_starts(name):
    method = METHODS[name]
    to_solve = np.array([math.inf if count is None else count for count in method["to_solve"]])
    assert len(to_solve) == RESULTS["starts"]
    assert method["quartiles"] == quartiles(to_solve)
    assert method["solved"] == np.isfinite(to_solve).mean()
    for low, median, high in zip(method["low"], method["median"], method["high"], strict=True):
        assert (low is None and high is None) if median is None else low <= median <= high


def test_the_settings_shown_are_the_best_of_those_tried():
    for name, tried in (("guessing", "guessing"), ("backpropagation_best_rate", "backpropagation")):
        medians = [entry["median"] for entry in RESULTS["tried"][tried] if entry["median"] is not None]
        assert medians == sorted(medians)
        assert METHODS[name]["settings"] == bench.settings_of(RESULTS["tried"][tried])
    assert METHODS["backpropagation"]["settings"] == METHODS["single_neuron"]["settings"] == {"learning_rate": 0.5}


def test_an_epoch_of_backpropagation_costs_two():
    run = backpropagation(XOR, 0.5, [0, 1], 9)
    assert run.evaluations.tolist() == [1, 3, 5, 7, 9]  # the loss of epoch e: e epochs of two, and one pass to see it
    net = Network.random([2, 4, 1], activations=["tanh", "sigmoid"], seed=1)
    for loss in run.losses[1]:
        grads = backward(net, forward(net, XOR.X), XOR.y, loss="binary_cross_entropy")
        assert loss == pytest.approx(grads.loss, rel=1e-13)
        net = net.updated(grads, learning_rate=0.5)


def test_a_curve_tells_only_what_was_known_by_then():
    run = Run(np.array([2.0, 4.0]), np.array([[0.9, 0.5], [0.7, 0.1]]), np.array([4.0, math.inf]))
    low, median, high = curves(run, np.array([1, 2, 3, 4, 9]))
    assert low == [None, 0.75, 0.75, 0.2, 0.2]
    assert median == [None, 0.8, 0.8, 0.3, 0.3]
    assert high == [None, 0.85, 0.85, 0.4, 0.4]
    assert quartiles(run.to_solve) == [4, 4, None]


def test_guessing_never_loses_what_it_had():
    median = [loss for loss in METHODS["guessing"]["median"] if loss is not None]
    assert median == sorted(median, reverse=True)


def test_the_single_neuron_s_curve_stays_above_ln_2():
    assert min(METHODS["single_neuron"]["low"]) >= float(f"{PERCEPTRON_BEST:.4g}")
    assert METHODS["single_neuron"]["solved"] == 0
    assert backpropagation(xor((2, 1)), 0.5, FEW, SHORT).losses.min() >= PERCEPTRON_BEST - 1e-15


@quick
@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3))
def test_no_neuron_at_all_gets_below_ln_2(weights):
    z = flat.outputs_before_sigmoid(np.array([weights]), (2, 1), XOR.X)
    assert flat.losses(z, XOR.y)[0] >= PERCEPTRON_BEST - 1e-15


@quick
@given(*[st.lists(st.floats(-20, 20), min_size=3, max_size=3)] * 2, st.floats(0, 1))
def test_because_its_loss_is_convex(one, other, share):
    ends = np.array([one, other])
    between = share * ends[0] + (1 - share) * ends[1]
    at = flat.losses(flat.outputs_before_sigmoid(np.vstack([ends, between]), (2, 1), XOR.X), XOR.y)
    assert at[2] <= share * at[0] + (1 - share) * at[1] + 1e-12


def test_and_flat_at_nought():
    neuron = Network([np.zeros((2, 1))], [np.zeros(1)], activations=["sigmoid"])
    grads = backward(neuron, forward(neuron, XOR.X), XOR.y, loss="binary_cross_entropy")
    assert [part.ravel().tolist() for part in (*grads.weights, *(grads.biases or ()))] == [[0.0, 0.0], [0.0]]
    assert grads.loss == PERCEPTRON_BEST


def test_larger_tasks_cost_guessing_more():
    times = [entry["guessing"]["quartiles"][1] / entry["backpropagation"]["quartiles"][1]
             for entry in [{"guessing": METHODS["guessing"], "backpropagation": METHODS["backpropagation_best_rate"]},
                           *RESULTS["larger"]]]
    assert times == sorted(times)

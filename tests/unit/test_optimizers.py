"""Each optimiser against PyTorch over 20 steps (tests/data/optimizers.json), and wrong ones that this must catch."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from backprop import Network, backward, forward
from backprop.optimizers import OPTIMIZERS
from tests.unit.networks import quick

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "optimizers.json").read_text(encoding="utf-8"))
SEQUENCE, NETWORK = REFERENCE["sequence"], REFERENCE["network"]
CLOSE = {"rtol": 1e-12, "atol": 1e-12}  # measured: 4e-14; left over for another machine's tanh

matrices = arrays(np.float64, (2, 3), elements=st.floats(-1e3, 1e3))


def title(case):
    return f"{case['optimizer']} {case['learning_rate']} {case.get('loss', '')}"


def walk(optimizer, start, gradient_of, case):
    """Yield the parameters after each step from `start`."""
    params, slots = np.array(start), optimizer.first_slots(np.array(start))
    for number in range(1, len(case["parameters"]) + 1):
        params, slots = optimizer.update(params, gradient_of(params, number), slots, case["learning_rate"], number,
                                         case["hyper"])
        yield params


def after_sequence(optimizer, case):
    gradients = np.array(SEQUENCE["gradients"])
    return [p.ravel() for p in walk(optimizer, SEQUENCE["start"], lambda _, number: gradients[number - 1], case)]


def network_of(flat):
    w0, b0, w1, b1 = np.split(flat, [8, 12, 16])
    return Network([w0.reshape(2, 4), w1.reshape(4, 1)], [b0, b1], activations=NETWORK["activations"])


def flattened(weights, biases):
    return np.concatenate([np.ravel(part) for layer in zip(weights, biases, strict=True) for part in layer])


def trained(optimizer, case):
    """Return the losses before, and the parameters after, each step of our own passes."""
    losses = []

    def gradient_of(flat, _):
        net = network_of(flat)
        grads = backward(net, forward(net, NETWORK["X"]), NETWORK["y"], loss=case["loss"], reduction=case["reduction"])
        losses.append(grads.loss)
        return flattened(grads.weights, grads.biases)

    return losses, list(walk(optimizer, flattened(NETWORK["weights"], NETWORK["biases"]), gradient_of, case))


@pytest.mark.parametrize("case", SEQUENCE["cases"], ids=title)
def test_given_gradients(case):
    np.testing.assert_allclose(after_sequence(OPTIMIZERS[case["optimizer"]], case), case["parameters"], **CLOSE)


@pytest.mark.parametrize("case", NETWORK["cases"], ids=title)
def test_a_network_that_learns(case):
    losses, parameters = trained(OPTIMIZERS[case["optimizer"]], case)
    np.testing.assert_allclose(losses, case["losses"], **CLOSE)
    np.testing.assert_allclose(parameters, case["parameters"], **CLOSE)


def test_the_recording_covers_the_registry():
    for part in (SEQUENCE, NETWORK):
        assert [*dict.fromkeys(case["optimizer"] for case in part["cases"])] == list(OPTIMIZERS)
        for case in part["cases"]:
            assert list(case["hyper"]) == list(OPTIMIZERS[case["optimizer"]].hyper)
            assert len(case["parameters"]) == 20
    assert all(name == optimizer.name for name, optimizer in OPTIMIZERS.items())


def test_defaults():
    assert {name: dict(OPTIMIZERS[name].hyper) for name in ("rmsprop", "adam")} == REFERENCE["defaults"]
    assert OPTIMIZERS["momentum"].hyper == OPTIMIZERS["nesterov"].hyper == {"momentum": 0.9}  # PyTorch's own is none
    defaults = [o.update(np.ones(2), np.ones(2), o.first_slots(np.ones(2)), 0.1, 1) for o in OPTIMIZERS.values()]
    given = [o.update(np.ones(2), np.ones(2), o.first_slots(np.ones(2)), 0.1, 1, o.hyper) for o in OPTIMIZERS.values()]
    assert [p.tolist() for p, _ in defaults] == [p.tolist() for p, _ in given]


def dampened(params, grads, slots, eta, step, hyper):
    velocity = hyper["momentum"] * slots[0] + (1 - hyper["momentum"]) * grads
    return params - eta * velocity, (velocity,)


def nesterov_with_the_old_velocity(params, grads, slots, eta, step, hyper):
    velocity = hyper["momentum"] * slots[0] + grads
    return params - eta * (grads + hyper["momentum"] * slots[0]), (velocity,)


def epsilon_inside_the_root(params, grads, slots, eta, step, hyper):
    square = hyper["alpha"] * slots[0] + (1 - hyper["alpha"]) * grads**2
    return params - eta * grads / np.sqrt(square + hyper["epsilon"]), (square,)


def adam_with(*, first_step=0, corrected=True, epsilon_corrected=False):
    def rule(params, grads, slots, eta, step, hyper):
        mean = hyper["beta1"] * slots[0] + (1 - hyper["beta1"]) * grads
        square = hyper["beta2"] * slots[1] + (1 - hyper["beta2"]) * grads**2
        c1 = 1 - hyper["beta1"] ** (step + first_step) if corrected else 1.0
        c2 = 1 - hyper["beta2"] ** (step + first_step) if corrected else 1.0
        size = (np.sqrt(square) + hyper["epsilon"]) / np.sqrt(c2) if epsilon_corrected \
            else np.sqrt(square / c2) + hyper["epsilon"]
        return params - eta * mean / c1 / size, (mean, square)
    return rule


WRONG = [
    ("sgd", lambda params, grads, slots, eta, step, hyper: (params + eta * grads, ())),
    ("momentum", dampened),
    ("momentum", OPTIMIZERS["nesterov"].rule),
    ("nesterov", OPTIMIZERS["momentum"].rule),
    ("nesterov", nesterov_with_the_old_velocity),
    ("rmsprop", epsilon_inside_the_root),
    ("adam", adam_with(corrected=False)),
    ("adam", adam_with(first_step=1)),
    ("adam", adam_with(epsilon_corrected=True)),
]


@pytest.mark.parametrize(("name", "rule"), WRONG)
def test_the_recording_rejects_a_wrong_rule(name, rule):
    wrong = replace(OPTIMIZERS[name], rule=rule)
    errors = [np.max(np.abs(np.array(after_sequence(wrong, case)) - case["parameters"]))
              for case in SEQUENCE["cases"] if case["optimizer"] == name]
    errors += [np.max(np.abs(np.array(trained(wrong, case)[1]) - case["parameters"]))
               for case in NETWORK["cases"] if case["optimizer"] == name]
    assert max(errors) > 1e-6


def test_the_wrong_adam_is_otherwise_the_right_one():
    case = next(case for case in SEQUENCE["cases"] if case["optimizer"] == "adam")
    same = replace(OPTIMIZERS["adam"], rule=adam_with())
    np.testing.assert_allclose(after_sequence(same, case), case["parameters"], **CLOSE)


@quick
@given(matrices, matrices, matrices, st.floats(0, 10))
def test_no_momentum_is_plain_descent(params, first, second, rate):
    def two_steps(name, hyper):
        optimizer = OPTIMIZERS[name]
        moved, slots = optimizer.update(params, first, optimizer.first_slots(params), rate, 1, hyper)
        return optimizer.update(moved, second, slots, rate, 2, hyper)[0]

    plain = two_steps("sgd", {})
    np.testing.assert_array_equal(two_steps("momentum", {"momentum": 0.0}), plain)
    np.testing.assert_array_equal(two_steps("nesterov", {"momentum": 0.0}), plain)


@quick
@given(st.sampled_from(list(OPTIMIZERS)), matrices, matrices, st.floats(0, 10), st.integers(1, 10**6))
def test_nothing_given_is_changed_and_every_parameter_moves_by_itself(name, params, grads, rate, step):
    optimizer = OPTIMIZERS[name]
    slots = tuple(np.abs(params) * 0.5 for _ in range(optimizer.slots))
    given_arrays = [params, grads, *slots]
    copies = [array.copy() for array in given_arrays]
    moved, remembered = optimizer.update(params, grads, slots, rate, step)
    for array, copy in zip(given_arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)
    assert len(remembered) == optimizer.slots
    assert moved.dtype == np.float64 and moved.shape == params.shape
    part = optimizer.update(params[1:, ::2], grads[1:, ::2], tuple(s[1:, ::2] for s in slots), rate, step)[0]
    np.testing.assert_array_equal(part, moved[1:, ::2])


@quick
@given(st.sampled_from(list(OPTIMIZERS)), matrices, matrices)
def test_a_rate_of_nought_moves_nothing(name, params, grads):
    optimizer = OPTIMIZERS[name]
    np.testing.assert_array_equal(optimizer.update(params, grads, optimizer.first_slots(params), 0.0, 1)[0], params)


@quick
@given(matrices, st.sampled_from((1e-3, 1.0, 1e3)))
def test_the_first_step_of_adam_is_the_rate_whatever_the_slope_s_size(grads, scale):
    steep = np.where(grads == 0, 1.0, np.sign(grads) * np.maximum(np.abs(grads), 1.0)) * scale
    adam = OPTIMIZERS["adam"]
    moved = adam.update(np.zeros((2, 3)), steep, adam.first_slots(steep), 0.01, 1)[0]
    np.testing.assert_allclose(moved, -0.01 * np.sign(steep), rtol=2e-5)


def test_a_rate_per_lane():
    params, grads, rates = np.ones((3, 4)), np.full((3, 4), 0.5), np.array([[0.1], [0.2], [0.3]])
    for optimizer in OPTIMIZERS.values():
        moved = optimizer.update(params, grads, optimizer.first_slots(params), rates, 1)[0]
        alone = [optimizer.update(params[k], grads[k], optimizer.first_slots(params[k]), rates[k, 0], 1)[0]
                 for k in range(3)]
        np.testing.assert_array_equal(moved, alone)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_what_runs_away_says_nothing(name):
    optimizer = OPTIMIZERS[name]
    params = np.array([1e308, -1e308, 0.0])
    with np.errstate(all="raise"):
        moved, _ = optimizer.update(params, np.array([-1e308, 1e200, np.nan]), optimizer.first_slots(params), 1e9, 1)
    assert np.isnan(moved[2])

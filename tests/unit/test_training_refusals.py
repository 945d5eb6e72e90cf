"""What Training refuses: by the argument's name, what it got and what it takes."""

import re

import numpy as np
import pytest

from backprop import Network
from backprop.lanes import Lane
from backprop.training import Checkpoint, Training
from tests.unit.trained_plainly import XOR_X, XOR_Y

NETWORK = Network.random([2, 4, 1], activations=["tanh", "sigmoid"], seed=0)
LANE = Lane(NETWORK, 0.5)


def made(lanes=(LANE,), X=XOR_X, y=XOR_Y, **how):
    return Training(list(lanes), X, y, **{"loss": "binary_cross_entropy", **how})


def other(layers=(2, 4, 1), names=("tanh", "sigmoid"), **how):
    return Lane(Network.random(layers, activations=names, seed=0, **how), 0.5)


@pytest.mark.parametrize(("name", "given"), [
    ("lanes", {"lanes": []}),
    ("lanes[1]", {"lanes": [LANE, other((2, 3, 1))]}),
    ("lanes[1]", {"lanes": [LANE, other(names=("relu", "sigmoid"))]}),
    ("lanes[2]", {"lanes": [LANE, LANE, other(biases=False)]}),
    ("lanes[0].learning_rate", {"lanes": [Lane(NETWORK, -0.1)]}),
    ("lanes[1].learning_rate", {"lanes": [LANE, Lane(NETWORK, float("nan"))]}),
    ("lanes[0].learning_rate", {"lanes": [Lane(NETWORK, "fast")]}),
    ("optimizer", {"lanes": [Lane(NETWORK, 0.1, "adamw")]}),
    ("hyper", {"lanes": [Lane(NETWORK, 0.1, "momentum", {"beta1": 0.9})]}),
    ("hyper", {"lanes": [Lane(NETWORK, 0.1, "momentum", {"momentum": "much"})]}),
    ("hyper", {"lanes": [Lane(NETWORK, 0.1, "adam", {"beta1": float("nan")})]}),
    ("X", {"X": [[0.0]]}),
    ("X", {"X": [[0.0, float("inf")]] * 4}),
    ("X", {"X": np.zeros((0, 2))}),
    ("y", {"y": [[0.0]]}),
    ("y", {"y": [[0.0], [1.0], [2.0], [0.0]]}),
    ("loss", {"loss": "cross_entropy"}),
    ("loss", {"loss": "hinge"}),
    ("reduction", {"reduction": "max"}),
    ("batch", {"batch": 0}),
    ("batch", {"batch": 2.5}),
    ("order_seed", {"order_seed": -1}),
])
def test_what_training_is_made_of(name, given):
    with pytest.raises(ValueError, match=rf"^{re.escape(name)}(\[| |\.).*got .*, but takes .*\.$"):
        made(**given)


def test_other_samples():
    training = made()
    for wrong in ([[0.0]], [0.0, 1.0], [[0.0, float("nan")]], []):
        with pytest.raises(ValueError, match=r"^X got .*, but takes"):
            training.answers(training.start(), wrong)


@pytest.mark.parametrize("batch", [None, 1])
def test_where_a_run_may_go(batch):
    training = made(batch=batch)
    later = training.go(training.start(), 3)
    assert later.losses.shape == (1, 3)
    nowhere = training.go(later.end, 3)
    assert nowhere.losses.shape == nowhere.misses.shape == (1, 0)
    assert nowhere.end.values.tobytes() == later.end.values.tobytes()
    for wrong in (2, -1, 3.5, "4"):
        with pytest.raises(ValueError, match=r"^stop got .*, but takes"):
            training.go(later.end, wrong)


@pytest.mark.parametrize("shape", [(1, 4, 16), (2, 4, 17), (1, 3, 17), (17,)])
def test_another_run_s_checkpoint(shape):
    training = made()
    wrong = Checkpoint(0, np.zeros(shape), np.full(shape[0], -1, dtype=np.int64))
    for asked in (lambda: training.go(wrong, 1), lambda: training.frame(wrong), lambda: training.answers(wrong, XOR_X)):
        with pytest.raises(ValueError, match=r"^(since|at) got .*, but takes"):
            asked()

"""Random networks with data that they take, for the property tests."""

from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from backprop import LOSSES, REDUCTIONS, Network

HIDDEN = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")

quick = settings(max_examples=40, deadline=None, derandomize=True, database=None)


@dataclass(frozen=True, eq=False)
class Case:
    network: Network
    X: np.ndarray
    y: np.ndarray
    loss: str
    reduction: str


@st.composite
def cases(draw, hidden=HIDDEN):
    layers = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    loss = draw(st.sampled_from(list(LOSSES)))
    output = LOSSES[loss].fused_with or draw(st.sampled_from(hidden))
    names = [draw(st.sampled_from(hidden)) for _ in layers[2:]]
    samples, seed = draw(st.integers(1, 4)), draw(st.integers(0, 2**32 - 1))
    net = Network.random(layers, activations=[*names, output], initializer="normal", seed=seed,
                         scale=draw(st.sampled_from((0.3, 1.0, 2.0))), biases=draw(st.booleans()))
    rng = np.random.default_rng(seed)
    return Case(with_drawn_biases(net, rng), rng.normal(size=(samples, layers[0])),
                targets(rng, samples, layers[-1], loss), loss, draw(st.sampled_from(REDUCTIONS)))


def with_drawn_biases(net, rng):
    biases = None if net.biases is None else [rng.normal(size=b.shape) for b in net.biases]
    return Network(weights=net.weights, biases=biases, activations=net.activations)


def targets(rng, samples, width, loss):
    y = rng.uniform(0, 1, (samples, width))
    return y / y.sum(axis=1, keepdims=True) if loss == "cross_entropy" else y

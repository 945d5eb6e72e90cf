"""A mistake, worked out: the blame of hidden nodes if the weights had moved before it came back through them.

Somebody who updates each layer as soon as its gradients are known sends the blame through weights that were not there
on the way forward. The tape never does; this says how far off it would be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import checks
from .activations import Array
from .names import node_names
from .network import Network
from .passes import backward, forward


@dataclass(frozen=True)
class MovedFirst:
    """Hold a hidden node's delta as the mistake has it.

    delta: dL/dz through weights that have moved. percent: by how much of itself the right delta is missed; None where
    that is 0, or a number is beyond float64.
    """

    node: str
    delta: float
    percent: float | None


def moved_first(network: Network, x: Any, y: Any, *, loss: str, learning_rate: float) -> list[MovedFirst]:
    """Return every hidden node's delta if each layer's weights moved as soon as their gradients were known.

    delta'[l - 1] = delta'[l] (W[l] - learning_rate a[l]^T delta'[l])^T * da/dz, from the last layer back, whose delta
    is right. x: shape (n_in,), y: shape (n_out,), one sample. ValueError where an argument does not fit.
    """
    eta = checks.number("learning_rate", learning_rate, 0.0, "a finite number, 0 or more")
    passed = forward(network, [x])
    right = backward(network, passed, [y], loss=loss).delta
    names = node_names(network.layers)
    found: list[MovedFirst] = []
    wrong = right[-1]
    with np.errstate(over="ignore", invalid="ignore"):
        for layer in range(len(network.weights) - 1, 0, -1):
            moved = network.weights[layer] - eta * passed.a[layer].T @ wrong
            slope = network.activation(layer - 1).slope(passed.z[layer - 1], passed.a[layer])
            wrong = wrong @ moved.T * slope
            found += _missed(names[layer], right[layer - 1][0], wrong[0])
    return found


def _missed(names: list[str], right: Array, wrong: Array) -> list[MovedFirst]:
    return [MovedFirst(name, is_not + 0.0, _percent(is_not, ought))
            for name, ought, is_not in zip(names, right.tolist(), wrong.tolist(), strict=True)]


def _percent(wrong: float, right: float) -> float | None:
    if right == 0.0:
        return None
    percent = 100.0 * ((wrong - right) / right)
    return percent if math.isfinite(percent) else None

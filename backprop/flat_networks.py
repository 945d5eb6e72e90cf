"""What many networks of one shape answer, for guessing: tanh inside, sigmoid at the end, binary cross-entropy.

A population changes in every generation, so it is laid out in NumPy; `passes` computes the same for one network,
and is the reference.
A network is a row of parameters: for each layer of weights W[l] row by row, then b[l].
The loss is summed over the outputs of a row and is the mean over the rows.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .activations import Array, sigmoid
from .kernels.thresholds import SOLVED_WITHIN
from .losses import binary_cross_entropy

Layers = tuple[int, ...]


def outputs_before_sigmoid(parameters: Array, layers: Layers, X: Array) -> Array:
    """Return z of the last layer, shape (N, B, n_out), from parameters (N, parameters) and X (B, n_in)."""
    a = X
    for layer, (weights, biases) in enumerate(_layers(parameters, layers)):
        z: Array = a @ weights + biases
        a = np.tanh(z) if layer < len(layers) - 2 else z
    return a


def losses(z: Array, y: Array) -> Array:
    """Return each network's loss, shape (N,), from z (N, B, n_out) and targets (B, n_out)."""
    return np.asarray(binary_cross_entropy(z, z, y).sum(axis=-1).mean(axis=-1))


def solved(z: Array, y: Array) -> NDArray[np.bool_]:
    """Say of each network whether every output is within 0.2 of its target, shape (N,)."""
    return np.asarray((np.abs(sigmoid(z) - y) <= SOLVED_WITHIN).all(axis=(-1, -2)))


def _layers(parameters: Array, layers: Layers) -> list[tuple[Array, Array]]:
    """Return each layer's W, (N, n_in, n_out), and b, (N, 1, n_out)."""
    found, start = [], 0
    for n_in, n_out in pairwise(layers):
        middle, end = start + n_in * n_out, start + (n_in + 1) * n_out
        found.append((parameters[:, start:middle].reshape(-1, n_in, n_out), parameters[:, None, middle:end]))
        start = end
    return found

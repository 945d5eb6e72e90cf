"""The layout of a block of lanes in flat arrays, as whole numbers that a kernel can read, and its other codes.

A block is L lanes that train together, each on the same S samples (S a multiple of four). An *element* is one sample of
one lane: element s L + lane. Values of a node are a row of E = S L elements; parameters are a row of L per parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Plan = NDArray[np.uint32]
Marks = NDArray[np.int64]

TRAIN, ANSWER, SHADE, LOOK, JUDGE = range(5)  # what the machine code can be asked for, in a table (calls.py):
NUMBERS = 8  # so many numbers, and then the address and the length of each array

# the columns of a plan; it has a row per layer of weights
N_IN, N_OUT, WEIGHTS, BIASES, HAS_BIASES, VALUES_IN, VALUES_OUT, ELEMENTS, SAMPLES, LANES, ACTIVATION = range(11)
COLUMNS = 11

SIGMOID, TANH, RELU, LEAKY_RELU, LINEAR, SOFTMAX = range(6)
ACTIVATION_CODES = {"sigmoid": SIGMOID, "tanh": TANH, "relu": RELU, "leaky_relu": LEAKY_RELU, "linear": LINEAR,
                    "softmax": SOFTMAX}
HALF_SQUARED_ERROR, SQUARED_ERROR, BINARY_CROSS_ENTROPY, CROSS_ENTROPY = range(4)
LOSS_CODES = {"half_squared_error": HALF_SQUARED_ERROR, "squared_error": SQUARED_ERROR,
              "binary_cross_entropy": BINARY_CROSS_ENTROPY, "cross_entropy": CROSS_ENTROPY}
SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM = range(5)
OPTIMIZER_CODES = {"sgd": SGD, "momentum": MOMENTUM, "nesterov": NESTEROV, "rmsprop": RMSPROP, "adam": ADAM}


def plan_of(layers: Sequence[int], activations: Sequence[str], biases: bool, samples: int, lanes: int) -> Plan:
    """Return the plan, of shape (layers of weights, COLUMNS): widths, where parameters and values begin, codes."""
    rows = []
    parameter = value = 0
    elements = samples * lanes
    for n_in, n_out, activation in zip(layers, layers[1:], activations, strict=False):
        bias = parameter + n_in * n_out
        rows.append((n_in, n_out, parameter, bias, biases, value, value + n_in * elements, elements, samples, lanes,
                     ACTIVATION_CODES[activation]))
        parameter = bias + n_out * biases
        value += n_in * elements
    return np.array(rows, dtype=np.uint32)


def parameter_count(layers: Sequence[int], biases: bool) -> int:
    """Return how many parameters such a network has."""
    return _parameter_count(tuple(layers), biases)


@lru_cache(maxsize=256)
def _parameter_count(layers: tuple[int, ...], biases: bool) -> int:
    return sum((n_in + biases) * n_out for n_in, n_out in pairwise(layers))

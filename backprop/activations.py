"""The activation functions: each one's formula, slope and TeX side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAKY_SLOPE = 0.01


@dataclass(frozen=True)
class Activation:
    """Describe one activation: a = function(z) and da/dz = slope(z, a).

    Both functions take arrays of any shape (a single number too) and return the same shape.
    `tex` and `slope_tex` hold `#` where the operand goes: z for `tex`; for `slope_tex`
    the `a` or `z` that `slope_ref` names. `elementwise` is False for softmax only: its
    function works along the last axis, and its slope raises TypeError.
    `steepest` is the greatest slope there is, None where there is none.
    """

    name: str
    label: str
    function: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    tex: str
    slope_tex: str
    slope_ref: Literal["a", "z"]
    elementwise: bool = True
    steepest: float | None = 1.0


def sigmoid(z: Array) -> Array:
    """Squash z into 0..1: 1 / (1 + e^-z), without overflow for any finite z."""
    small = np.exp(-np.abs(z))  # in 0..1, so neither branch can overflow
    return np.where(np.greater_equal(z, 0.0), 1.0, small) / (1.0 + small)


def sigmoid_slope(z: Array, a: Array) -> Array:
    """Return da/dz = a (1 - a)."""
    return a * (1.0 - a)


def tanh(z: Array) -> Array:
    """Squash z into -1..1: (e^z - e^-z) / (e^z + e^-z)."""
    return np.tanh(z)


def tanh_slope(z: Array, a: Array) -> Array:
    """Return da/dz = 1 - a^2."""
    return 1.0 - a * a


def relu(z: Array) -> Array:
    """Let what is positive through: max(0, z)."""
    return np.where(np.less_equal(z, 0.0), 0.0, z)  # neither a -0.0 kept nor a NaN hidden


def relu_slope(z: Array, a: Array) -> Array:
    """Return da/dz: 1 where z > 0, else 0 (at 0 as well, as PyTorch has it)."""
    return np.where(np.greater(z, 0.0), 1.0, 0.0)


def leaky_relu(z: Array) -> Array:
    """Let what is positive through, and a hundredth of what is not: max(0.01 z, z)."""
    return np.where(np.greater(z, 0.0), z, LEAKY_SLOPE * z)


def leaky_relu_slope(z: Array, a: Array) -> Array:
    """Return da/dz: 1 where z > 0, else 0.01 (at 0 as well, as PyTorch has it)."""
    return np.where(np.greater(z, 0.0), 1.0, LEAKY_SLOPE)


def linear(z: Array) -> Array:
    """Hand z on as it is: a = z."""
    return np.array(z, dtype=np.float64)  # a copy: nobody's a is somebody's z


def linear_slope(z: Array, a: Array) -> Array:
    """Return da/dz = 1."""
    return np.ones_like(z, dtype=np.float64)


def softmax(z: Array) -> Array:
    """Share 1 out along the last axis: e^z_k / sum_j e^z_j, without overflow for any finite z."""
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))  # the largest is 1
    shares: Array = powers / np.sum(powers, axis=-1, keepdims=True)
    return shares


def softmax_slope(z: Array, a: Array) -> Array:
    """Raise TypeError: each softmax output depends on every z of its layer."""
    raise TypeError("softmax has no slope per node; with cross_entropy its delta is a - t")


def _by_name(*activations: Activation) -> dict[str, Activation]:
    return {activation.name: activation for activation in activations}


ACTIVATIONS: dict[str, Activation] = _by_name(
    Activation("sigmoid", "sigmoid", sigmoid, sigmoid_slope, r"\frac{1}{1+e^{-#}}", "#(1-#)", "a",
               steepest=0.25),
    Activation("tanh", "tanh", tanh, tanh_slope, r"\tanh(#)", "1-#^2", "a"),
    Activation("relu", "ReLU", relu, relu_slope, r"\max(0, #)", "[#>0]", "z"),
    Activation("leaky_relu", "leaky ReLU", leaky_relu, leaky_relu_slope,
               r"\max(0.01 \times #, #)", r"\max(0.01, [#>0])", "z"),
    Activation("linear", "linear", linear, linear_slope, "#", "1", "z"),
    Activation("softmax", "softmax", softmax, softmax_slope, r"\frac{e^{#}}{\sum_k e^{z_k}}", "", "a",
               elementwise=False, steepest=None),
)

"""The losses: each one's value, its slope and the outputs and targets that it takes, side by side.

One sample's loss is the sum over its outputs; `passes.py` takes the mean or the sum over samples.
The two logarithmic losses come with their output activation ("fused"): they are computed from z,
where nothing overflows and nothing is clipped, and their dL/dz is a - t.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activations import Array


@dataclass(frozen=True)
class Loss:
    """Describe one loss.

    `terms(z, a, t)` gives what each output adds to its sample's loss; `slope(a, t)` gives dL/da;
    both keep the shape (..., n_out). `fused_with` names the one output activation that the loss takes;
    then dL/dz is a - t and `slope` raises TypeError. None: any output but softmax.
    Targets lie in target_low..target_high; with `targets_sum_to_one`, each sample's sum to 1.
    """

    name: str
    label: str
    terms: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    fused_with: str | None = None
    target_low: float = -math.inf
    target_high: float = math.inf
    targets_sum_to_one: bool = False

    def value(self, z: Array, a: Array, t: Array) -> Array:
        """Return each sample's loss: the terms summed over the outputs, shape (...,)."""
        return np.asarray(np.sum(self.terms(z, a, t), axis=-1))


def squared_error(z: Array, a: Array, t: Array) -> Array:
    """Return (a - t)^2 for each output."""
    return (a - t) ** 2


def squared_error_slope(a: Array, t: Array) -> Array:
    """Return dL/da = 2 (a - t)."""
    return 2.0 * (a - t)


def half_squared_error(z: Array, a: Array, t: Array) -> Array:
    """Return 1/2 (a - t)^2 for each output."""
    return 0.5 * (a - t) ** 2


def half_squared_error_slope(a: Array, t: Array) -> Array:
    """Return dL/da = a - t."""
    return a - t


def binary_cross_entropy(z: Array, a: Array, t: Array) -> Array:
    """Return -t ln(a) - (1 - t) ln(1 - a) with a = sigmoid(z), as t ln(1 + e^-z) + (1 - t) ln(1 + e^z).

    The form in z is finite for every finite z and keeps its digits where a rounds to 0 or 1.
    """
    nothing = np.zeros_like(z)
    return t * np.logaddexp(nothing, -z) + (1.0 - t) * np.logaddexp(nothing, z)


def cross_entropy(z: Array, a: Array, t: Array) -> Array:
    """Return -t_k ln(a_k) with a = softmax(z), as t_k (ln(sum_j e^z_j) - z_k).

    Measured from the largest z, so that nothing overflows; the largest's own e^0 = 1 is left to log1p,
    so that a loss near 0 keeps its digits.
    """
    below = z - np.max(z, axis=-1, keepdims=True)
    powers = np.exp(below)
    np.put_along_axis(powers, np.argmax(z, axis=-1, keepdims=True), 0.0, axis=-1)
    log_sum = np.log1p(np.sum(powers, axis=-1, keepdims=True))
    terms: Array = t * (log_sum - below)
    return terms


def fused_slope(a: Array, t: Array) -> Array:
    """Raise TypeError: a fused loss goes straight to dL/dz = a - t."""
    raise TypeError("a fused loss has no separate dL/da; its delta is a - t")


def _by_name(*losses: Loss) -> dict[str, Loss]:
    return {loss.name: loss for loss in losses}


LOSSES: dict[str, Loss] = _by_name(
    Loss("half_squared_error", "half squared error", half_squared_error, half_squared_error_slope),
    Loss("squared_error", "squared error", squared_error, squared_error_slope),
    Loss("binary_cross_entropy", "binary cross-entropy", binary_cross_entropy, fused_slope,
         fused_with="sigmoid", target_low=0.0, target_high=1.0),
    Loss("cross_entropy", "cross-entropy", cross_entropy, fused_slope,
         fused_with="softmax", target_low=0.0, target_high=1.0, targets_sum_to_one=True),
)

REDUCTIONS: tuple[str, ...] = ("mean", "sum")

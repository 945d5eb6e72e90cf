"""The optimisers' steps on flat arrays, a number at a time: what optimizers.py says in NumPy, in the same order."""

from __future__ import annotations

import math

from ..activations import Array
from .compiled import part
from .plan import MOMENTUM, NESTEROV, RMSPROP, SGD
from .quad import all_four, load, total


@part
def update(optimizer: int, hyper: Array, step: int, rates: Array, gradient: Array, parameters: Array, first: Array,
           second: Array) -> None:
    """Take one step. step: 1 for the first. rates: each parameter's own. first, second: the optimiser's state.

    hyper: what optimizers.py names, in its order: (momentum,), (alpha, epsilon) or (beta1, beta2, epsilon).
    """
    if optimizer == SGD:
        for k in range(parameters.size):
            parameters[k] -= rates[k] * gradient[k]
    elif optimizer == MOMENTUM:
        for k in range(parameters.size):
            first[k] = hyper[0] * first[k] + gradient[k]
            parameters[k] -= rates[k] * first[k]
    elif optimizer == NESTEROV:
        for k in range(parameters.size):
            first[k] = hyper[0] * first[k] + gradient[k]
            parameters[k] -= rates[k] * (gradient[k] + hyper[0] * first[k])
    elif optimizer == RMSPROP:
        alpha, epsilon = hyper[0], hyper[1]
        for k in range(parameters.size):
            first[k] = alpha * first[k] + (1.0 - alpha) * gradient[k] * gradient[k]
            parameters[k] -= rates[k] * gradient[k] / (math.sqrt(first[k]) + epsilon)
    else:
        _adam(hyper, step, rates, gradient, parameters, first, second)


@part
def _adam(hyper: Array, step: int, rates: Array, gradient: Array, parameters: Array, first: Array,
          second: Array) -> None:
    beta1, beta2, epsilon = hyper[0], hyper[1], hyper[2]
    full1, full2 = 1.0 - power(beta1, step), 1.0 - power(beta2, step)
    for k in range(parameters.size):
        first[k] = beta1 * first[k] + (1.0 - beta1) * gradient[k]
        second[k] = beta2 * second[k] + (1.0 - beta2) * gradient[k] * gradient[k]
        parameters[k] -= rates[k] * (first[k] / full1) / (math.sqrt(second[k] / full2) + epsilon)


@part
def power(x: float, n: int) -> float:
    """Return x^n, n >= 0, by squaring: Numba's own asks the C library where n is large, and knows how to raise."""
    found = 1.0
    while n > 0:
        if n % 2 == 1:
            found *= x
        x *= x
        n //= 2
    return found


@part
def all_finite(values: Array) -> bool:
    """Say whether every value is finite: x - x is 0 if it is, NaN if not."""
    nothing = all_four(0.0)
    for k in range(0, values.size - 3, 4):
        nothing += load(values, k) - load(values, k)
    for k in range(values.size - values.size % 4, values.size):
        nothing += values[k] - values[k]
    return bool(total(nothing) == 0.0)

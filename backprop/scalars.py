"""The same mathematics as the registries', for one number at a time and written anew.

The tape is computed with these and compared with `passes.py`, so neither can be wrong alone.
No function here raises for any float: what overflows becomes infinite.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

LEAKY = 0.01


def sigmoid(z: float) -> float:
    """Return 1 / (1 + e^-z), from whichever power of e is small."""
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    power = math.exp(z)
    return power / (1.0 + power)


def activation(name: str, z: float) -> float:
    """Return a for an activation that looks at one z only."""
    if name == "sigmoid":
        return sigmoid(z)
    if name == "tanh":
        return math.tanh(z)
    if name == "relu":
        return z if z > 0.0 or math.isnan(z) else 0.0
    if name == "leaky_relu":
        return z if z > 0.0 else LEAKY * z
    return z


def slope(name: str, z: float, a: float) -> float:
    """Return da/dz for an activation that looks at one z only; at 0 the gates count as shut."""
    if name == "sigmoid":
        return a * (1.0 - a)
    if name == "tanh":
        return 1.0 - a * a
    if name == "relu":
        return 1.0 if z > 0.0 else 0.0
    if name == "leaky_relu":
        return 1.0 if z > 0.0 else LEAKY
    return 1.0


def softmax_share(z: Sequence[float], index: int) -> float:
    """Return e^z_index / sum_k e^z_k, with every power measured from the largest z."""
    top = max(z)
    return math.exp(z[index] - top) / sum(math.exp(each - top) for each in z)


def softplus(z: float) -> float:
    """Return ln(1 + e^z)."""
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def log_sum_exp_above(z: Sequence[float], index: int) -> float:
    """Return ln(sum_k e^z_k) - z_index, which is minus the logarithm of the softmax share, without cancellation."""
    leader = max(range(len(z)), key=z.__getitem__)
    rest = sum(math.exp(each - z[leader]) for k, each in enumerate(z) if k != leader)
    return math.log1p(rest) + (z[leader] - z[index])

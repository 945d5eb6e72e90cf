"""Lengths of gradients, however small or large."""

from __future__ import annotations

import math

import numpy as np

from .activations import Array

SAFE_LENGTHS = 1e-140, 1e150  # whose squares lose nothing


def norms(gradients: Array, count: int) -> Array:
    """Return the Euclidean length of each of the first `count` columns, of two or more, without overflow.

    Row by row, so that a length does not depend on how many there are; NumPy adds a column that is alone in pairs.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        found: Array = np.sqrt(np.add.reduce(gradients * gradients))[:count]
    for column, length in enumerate(found.tolist()):
        if not SAFE_LENGTHS[0] < length < SAFE_LENGTHS[1]:
            found[column] = _norm(gradients[:, column])
    return found


def _norm(gradient: Array) -> float:
    """Return the Euclidean length of what is zero, too small or too large to be squared, or no number."""
    largest = float(np.abs(gradient).max())
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    parts = gradient / largest
    parts *= parts
    return largest * math.sqrt(parts.sum())

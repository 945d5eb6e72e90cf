"""Stationary points of a curve that has no formula: seen on a grid, then narrowed down by the slope's sign."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import groupby

from ..activations import Array

HALVINGS = 60  # of two grid steps: to the last bit of float64


def stationary(x: Array, losses: Array, slope: Callable[[float], float]) -> tuple[list[float], list[float]]:
    """Return x of the minima and of the maxima between the ends of a grid.

    x, losses: the grid, both of shape (n,). A level stretch counts as one point, in its middle. What is narrower than
    the grid is not seen, nor is a place whose loss is not finite.
    """
    stretches = _stretches(losses)
    minima: list[float] = []
    maxima: list[float] = []
    for (left, _), (first, last), (_, right) in zip(stretches, stretches[1:], stretches[2:], strict=False):
        here, before, behind = losses[first], losses[left], losses[right]
        if not math.isfinite(here):
            continue
        if before > here < behind:
            minima.append(_narrowed(x, first, last, slope, 1.0))
        elif before < here > behind:
            maxima.append(_narrowed(x, first, last, slope, -1.0))
    return minima, maxima


def _stretches(losses: Array) -> list[tuple[int, int]]:
    """Return first and last position of each run of equal losses."""
    runs = [list(run) for _, run in groupby(range(len(losses)), key=lambda position: losses[position])]
    return [(run[0], run[-1]) for run in runs]


def _narrowed(x: Array, first: int, last: int, slope: Callable[[float], float], sign: float) -> float:
    if last > first:
        return float(x[first] + x[last]) / 2.0
    low, high = float(x[first - 1]), float(x[first + 1])
    if not sign * slope(low) < 0.0 < sign * slope(high):
        return float(x[first])
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2.0
        found = sign * slope(middle)
        if found == 0.0 or middle in (low, high):
            return middle
        low, high = (middle, high) if found < 0.0 else (low, middle)
    return low + (high - low) / 2.0

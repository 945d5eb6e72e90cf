"""Where learning XOR comes to rest without having solved it, and the loss there in every convention. Pure.

On a plateau the network tells some rows apart and not the others: what it cannot tell apart it answers alike, with the
mean of their targets, which is the best there is. So: all four rows one half; two right and two at one half; one
right and three at 2/3 (or 1/3, the same in the mirror).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .losses import LOSSES

TARGETS = (0.0, 1.0, 1.0, 0.0)
CONVENTIONS = ("squared_error", "half_squared_error", "binary_cross_entropy")
WITHIN = 0.02  # a run whose outputs are all so near to a plateau's stands there


@dataclass(frozen=True)
class Plateau:
    """Hold one plateau: a name, how many rows are answered alike, and every set of four outputs that it may have."""

    name: str
    alike: int
    outputs: tuple[tuple[float, ...], ...]

    def loss(self, convention: str, reduction: str = "mean") -> float:
        """Return the loss there; a row that is right adds none, which is what cross-entropy comes to in the limit."""
        per_row = np.array([_loss(convention, a, t) for a, t in zip(self.outputs[0], TARGETS, strict=True)])
        return float(per_row.mean() if reduction == "mean" else per_row.sum())


def _loss(convention: str, output: float, target: float) -> float:
    if output == target:
        return 0.0
    z = np.log(output / (1.0 - output))
    return float(LOSSES[convention].value(np.array([z]), np.array([output]), np.array([target])))


def _alike(rows: tuple[int, ...]) -> tuple[float, ...]:
    """Return the four outputs of a network that answers these rows alike and the others right."""
    shared = sum(TARGETS[row] for row in rows) / len(rows)
    return tuple(shared if row in rows else TARGETS[row] for row in range(len(TARGETS)))


def _plateau(name: str, size: int) -> Plateau:
    """Leave out sets of rows that all have one target: a network that answers those alike is right."""
    sets = [rows for rows in combinations(range(len(TARGETS)), size) if len({TARGETS[row] for row in rows}) > 1]
    return Plateau(name, size, tuple(_alike(rows) for rows in sets))


PLATEAUS = (_plateau("half", 4), _plateau("two", 2), _plateau("one", 3))

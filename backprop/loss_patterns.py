"""What a lane's losses do but fall: stand still, go round in a cycle, or leap about. Numbers: docs/conventions.md.

An epoch costs a look at a loss or two before it, and a search only where these say that there may be something.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .activations import Array

STILL_FOR = 50
STILL = 1e-4
LONGEST_CYCLE = 8
CYCLE_FOR = 24  # three of the longest
ALIKE = 0.01  # of the cycle's swing
LEAP = 0.05
FLEDGED = 20

PERIODS = range(2, LONGEST_CYCLE + 1)


class Patterns:
    """Look at the losses of one lane, shape (epochs,), all finite."""

    def __init__(self, losses: Array) -> None:
        """Keep them."""
        self._losses = losses

    def still_since(self, epoch: int) -> int | None:
        """Return since when all losses have been within STILL of this one; None if for fewer than STILL_FOR steps."""
        if epoch < STILL_FOR:
            return None
        now = float(self._losses[epoch])
        if abs(float(self._losses[epoch - STILL_FOR]) - now) > STILL * now:
            return None
        lately = self._losses[epoch - STILL_FOR:epoch]
        if max(np.maximum.reduce(lately) - now, now - np.minimum.reduce(lately)) > STILL * now:
            return None
        return _after_last(np.abs(self._losses[:epoch + 1] - now) > STILL * now)

    def cycle(self, epoch: int) -> tuple[int, int] | None:
        """Return the period of the shortest cycle that the losses go round, and since when; None if there is none.

        Each loss is within ALIKE of the swing (the largest less the smallest of the latest round) of that a round
        before. It has been so for CYCLE_FOR steps and for half of all; and the swing is more than STILL of the loss.
        """
        if epoch < CYCLE_FOR + LONGEST_CYCLE - 1:
            return None
        lately: list[float] = self._losses[epoch - CYCLE_FOR - LONGEST_CYCLE + 1:epoch + 1].tolist()
        for period in PERIODS:
            latest = lately[-period:]
            swing = max(latest) - min(latest)
            if swing <= STILL * lately[-1]:
                continue
            apart = ALIKE * swing
            if all(abs(lately[-back] - lately[-back - period]) <= apart for back in range(1, CYCLE_FOR + 1)):
                since = _after_last(_apart(self._losses[:epoch + 1], period) > apart)
                if 2 * (epoch - since) >= epoch:
                    return period, since
        return None

    def leaps(self, epoch: int, above: float) -> bool:
        """Say whether steps change the loss by more than LEAP of itself, and it is above `above`.

        Both on average, over the last half of the steps, if there were FLEDGED of them.
        """
        if epoch < FLEDGED:
            return False
        lately = self._losses[epoch // 2:epoch + 1]
        largest = float(np.maximum.reduce(lately))
        lately = lately / largest  # so that no sum overflows
        mean = float(np.add.reduce(lately)) / len(lately)
        leap = float(np.add.reduce(_apart(lately, 1))) / (len(lately) - 1)
        return leap > LEAP * mean and mean > above / largest


def _apart(losses: Array, period: int) -> Array:
    """Return how far each loss is from that a round before, from the epoch `period` on. None is below 0."""
    return np.abs(losses[period:] - losses[:-period])


def _after_last(these: NDArray[np.bool_]) -> int:
    """Return the place after the last of these; 0 where there is none."""
    found = np.flatnonzero(these)
    return int(found[-1]) + 1 if found.size else 0

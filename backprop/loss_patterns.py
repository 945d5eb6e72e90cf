"""What a lane's losses do but fall: stand still, go round in a cycle, or leap about. Numbers: docs/conventions.md.

What many epochs share is worked out for all of them at once; an epoch then costs a look, and a search only where there
is something to say.
"""

from __future__ import annotations

from functools import cached_property

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


class Shared:
    """Hold what the epochs of several lanes share, worked out for all of them in one go when it is first asked for.

    losses: shape (lanes, epochs). Each number depends on epochs up to its own only, so that what comes after a lane has
    diverged, and means nothing, spoils none before.
    """

    def __init__(self, losses: Array) -> None:
        """Keep them."""
        self._losses = losses

    @cached_property
    def uphill(self) -> NDArray[np.int32]:
        """How many of the steps up to each epoch raised the loss."""
        return _counted(self._losses[:, 1:] > self._losses[:, :-1])

    @cached_property
    def downhill(self) -> NDArray[np.int32]:
        """How many of them lowered it."""
        return _counted(self._losses[:, 1:] < self._losses[:, :-1])

    @cached_property
    def still(self) -> NDArray[np.bool_]:
        """Whether the losses of the last STILL_FOR steps are within STILL of each epoch's own."""
        losses = self._losses
        with np.errstate(over="ignore", invalid="ignore"):
            high, low = _greatest(losses, STILL_FOR + 1), -_greatest(-losses, STILL_FOR + 1)
            still: NDArray[np.bool_] = (high - losses <= STILL * losses) & (losses - low <= STILL * losses)
        still[:, :STILL_FOR] = False
        return still

    @cached_property
    def rounds(self) -> NDArray[np.uint8]:
        """Of which periods the last CYCLE_FOR losses are as a round before: a bit for each."""
        losses = self._losses
        found = np.zeros(losses.shape, np.uint8)
        with np.errstate(over="ignore", invalid="ignore"):
            for place, period in enumerate(PERIODS):
                swing = (_greatest(losses, period) + _greatest(-losses, period))[:, period:]
                apart = _greatest(_apart(losses, period), CYCLE_FOR)
                alike = (apart <= ALIKE * swing) & (swing > STILL * losses[:, period:])
                found[:, period:] |= alike.astype(np.uint8) << place
        found[:, :CYCLE_FOR + LONGEST_CYCLE - 1] = 0
        return found


class Patterns:
    """Look at the losses of one lane, shape (epochs,), all finite."""

    def __init__(self, losses: Array, shared: Shared, lane: int) -> None:
        """Keep them, and where what it shares is found."""
        self._losses, self._shared, self._lane = losses, shared, lane

    def still_since(self, epoch: int) -> int | None:
        """Return since when all losses have been within STILL of this one; None if for fewer than STILL_FOR steps."""
        if not self._shared.still[self._lane, epoch]:
            return None
        now = self._losses[epoch]
        return _after_last(np.abs(self._losses[:epoch + 1] - now) > STILL * now)

    def cycle(self, epoch: int) -> tuple[int, int] | None:
        """Return the period of the shortest cycle that the losses go round, and since when; None if there is none.

        Each loss is within ALIKE of the swing (the largest less the smallest of the latest round) of that a round
        before. It has been so for CYCLE_FOR steps and for half of all; and the swing is more than STILL of the loss.
        """
        periods = int(self._shared.rounds[self._lane, epoch])
        for place, period in enumerate(PERIODS):
            if periods >> place & 1:
                latest = self._losses[epoch - period + 1:epoch + 1]
                swing = np.maximum.reduce(latest) - np.minimum.reduce(latest)
                since = _after_last(_apart(self._losses[:epoch + 1], period) > ALIKE * swing)
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


def _counted(steps: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each epoch how many of the steps up to it were such."""
    counts = np.zeros((len(steps), steps.shape[1] + 1), np.int32)
    np.cumsum(steps, axis=1, out=counts[:, 1:])
    return counts


def _apart(losses: Array, period: int) -> Array:
    """Return how far each loss is from that a round before, from the epoch `period` on. None is below 0."""
    return np.abs(losses[..., period:] - losses[..., :-period])


def _greatest(values: Array, width: int) -> Array:
    """Return the greatest of the last `width` values at each place; of fewer at the first places."""
    span = 1
    while span < width:
        step = min(span, width - span)
        wider = values.copy()
        wider[:, step:] = np.maximum(values[:, step:], values[:, :-step])
        values, span = wider, span + step
    return values


def _after_last(these: NDArray[np.bool_]) -> int:
    """Return the place after the last of these; 0 where there is none."""
    found = np.flatnonzero(these)
    return int(found[-1]) + 1 if found.size else 0

"""What a lane's losses do but fall: stand still, go round in a cycle, or leap about.

Each looks at the losses from `row` on, one an epoch, all finite, and answers for an epoch as of then. It looks back as
far as there is such a pattern, and for leaps over half of all epochs.
"""

from __future__ import annotations

from ..activations import Array
from .compiled import part
from .thresholds import ALIKE, CYCLE_FOR, FLEDGED, LEAP, LONGEST_CYCLE, STILL, STILL_FOR

NONE = -1


@part
def still_since(losses: Array, row: int, epoch: int) -> int:
    """Return since when all losses have been within STILL of this one; NONE if for fewer than STILL_FOR steps."""
    now = losses[row + epoch]
    near = STILL * now
    if epoch < STILL_FOR or abs(losses[row + epoch - STILL_FOR] - now) > near:
        return NONE
    since = epoch
    while since > 0 and abs(losses[row + since - 1] - now) <= near:
        since -= 1
    return since if since <= epoch - STILL_FOR else NONE


@part
def swing_of(losses: Array, row: int, epoch: int, period: int) -> float:
    """Return the largest less the smallest loss of the round that ends with an epoch."""
    smallest = largest = float(losses[row + epoch])
    for back in range(1, period):
        smallest, largest = min(smallest, losses[row + epoch - back]), max(largest, losses[row + epoch - back])
    return largest - smallest


@part
def alike_since(losses: Array, row: int, epoch: int, period: int, apart: float) -> int:
    """Return the first epoch from which on each loss is no farther than `apart` from that a round later."""
    since = epoch - period + 1
    while since > 0 and abs(losses[row + since - 1 + period] - losses[row + since - 1]) <= apart:
        since -= 1
    return since


@part
def cycle(losses: Array, row: int, epoch: int) -> tuple[int, int]:
    """Return the period of the shortest cycle that the losses go round, and since when; NONE twice if there is none.

    Each loss is within ALIKE of the swing (the largest less the smallest of the latest round) of that a round
    before. It has been so for CYCLE_FOR steps and for half of all; and the swing is more than STILL of the loss.
    """
    if epoch >= CYCLE_FOR + LONGEST_CYCLE - 1:
        for period in range(2, LONGEST_CYCLE + 1):
            swing = swing_of(losses, row, epoch, period)
            if swing > STILL * losses[row + epoch]:
                since = alike_since(losses, row, epoch, period, ALIKE * swing)
                if since <= epoch - period + 1 - CYCLE_FOR and 2 * (epoch - since) >= epoch:
                    return period, since
    return NONE, NONE


@part
def leaps(losses: Array, row: int, epoch: int, above: float) -> bool:
    """Say whether steps change the loss by more than LEAP of itself, and it is above `above`.

    Both on average, over the last half of the steps, if there were FLEDGED of them.
    """
    first = row + epoch // 2
    count = row + epoch + 1 - first
    largest = losses[first]
    for k in range(first, first + count):
        largest = max(largest, losses[k])
    before = losses[first] / largest  # in parts of the largest, so that no sum overflows
    total, leapt = before, 0.0
    for k in range(first + 1, first + count):
        now = losses[k] / largest
        total += now
        leapt += abs(now - before)
        before = now
    mean = total / count
    return epoch >= FLEDGED and leapt / (count - 1) > LEAP * mean and mean > above / largest

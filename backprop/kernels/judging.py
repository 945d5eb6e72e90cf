"""The verdicts on lanes, epoch after epoch, by the rules of verdicts.py."""

from __future__ import annotations

from ..activations import Array
from .compiled import part
from .patterns import NONE, cycle, leaps, still_since
from .plan import Marks
from .thresholds import (
    BEGUN,
    BEGUN_BEFORE,
    BOUNCING,
    CHAOTIC,
    CRAWLING,
    CRAWLING_ABOVE,
    CYCLING,
    DIVERGED,
    FEW,
    FLEDGED,
    HELD_FOR,
    LEARNING,
    RARE,
    READY,
    SOLVED,
    SOLVED_WITHIN,
    STUCK,
    WORSE,
    WORSE_BY,
)


@part
def judge(losses: Array, misses: Array, diverged: Marks, epochs: Marks, told: Marks) -> None:
    """Put kind, at, uphill and steps of each epoch and lane into `told`, epoch after epoch.

    losses, misses: a row of each lane, of any length. diverged: (L,), -1 for none. epochs: known, in rising order.
    """
    L = diverged.size
    for lane in range(L):
        row, at = lane * (losses.size // L), diverged[lane]
        uphill = downhill = counted = 0
        since = 0 if misses[row] <= SOLVED_WITHIN else NONE  # when it was solved, as of `counted`
        for k in range(epochs.size):
            epoch, place = epochs[k], 4 * (k * L + lane)
            steps = min(epoch, max(at - 1, 0)) if at >= 0 else epoch
            while counted < steps:
                counted += 1
                uphill += losses[row + counted] > losses[row + counted - 1]
                downhill += losses[row + counted] < losses[row + counted - 1]
                if misses[row + counted] > SOLVED_WITHIN:
                    since = NONE
                elif since == NONE:
                    since = counted
            if epoch == 0 and at != 0:
                kind, told[place + 1] = READY, 0
            elif 0 <= at <= epoch:
                kind, told[place + 1] = DIVERGED, at
            else:
                kind, told[place + 1] = judged(losses, row, epoch, since, rare(uphill, epoch), rare(downhill, epoch))
            told[place], told[place + 2], told[place + 3] = kind, uphill, steps


@part
def judged(losses: Array, row: int, epoch: int, since: int, rarely_up: bool, rarely_down: bool) -> tuple[int, int]:
    """Return kind and `at` of an epoch after the first, with what is rare up to it. since: when it was solved."""
    if since != NONE and (rarely_up or epoch - since >= HELD_FOR):
        return SOLVED, since
    still = still_since(losses, row, epoch)
    if still != NONE:
        return STUCK, still
    first, now = losses[row], losses[row + epoch]
    if not rarely_up and not rarely_down:
        period, round_since = cycle(losses, row, epoch)
        if period != NONE:
            return (BOUNCING if period == 2 else CYCLING), round_since
        if leaps(losses, row, epoch, CRAWLING_ABOVE * first):
            return CHAOTIC, epoch
    if now > (1.0 + WORSE_BY) * first and epoch >= FLEDGED:
        return WORSE, epoch
    if now <= CRAWLING_ABOVE * first:
        return LEARNING, epoch
    return (BEGUN if epoch < BEGUN_BEFORE else CRAWLING), epoch


@part
def rare(some: int, steps: int) -> bool:
    """Say whether so few of the steps were such that they tell nothing."""
    return some < FEW or some <= RARE * steps

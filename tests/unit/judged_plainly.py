"""Verdicts as a reader would write them in NumPy, one epoch at a time: what the compiled rules are held to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backprop.activations import Array
from backprop.kernels.thresholds import (
    ALIKE,
    BEGUN_BEFORE,
    CRAWLING_ABOVE,
    CYCLE_FOR,
    FEW,
    FLEDGED,
    HELD_FOR,
    LEAP,
    LONGEST_CYCLE,
    RARE,
    SOLVED_WITHIN,
    STILL,
    STILL_FOR,
    WORSE_BY,
)
from backprop.verdicts import Verdict


def plain_verdict(losses: Array, misses: Array, diverged: int | None, epoch: int) -> Verdict:
    """Return the verdict on one lane at a known epoch. losses, misses: shape (epochs,), finite before `diverged`."""
    if epoch == 0 and diverged != 0:
        return Verdict("ready", 0, 0, 0)
    steps = epoch if diverged is None else min(epoch, max(diverged - 1, 0))
    moves = np.diff(losses[:steps + 1])
    uphill, downhill = int((moves > 0).sum()), int((moves < 0).sum())
    if diverged is not None and epoch >= diverged:
        return Verdict("diverged", diverged, uphill, steps)
    kind, at = _kind(losses[:epoch + 1], misses[:epoch + 1], _rare(uphill, epoch), _rare(downhill, epoch))
    return Verdict(kind, at, uphill, steps)


def _rare(some: int, steps: int) -> bool:
    return some < FEW or some <= RARE * steps


def _kind(losses: Array, misses: Array, rarely_up: bool, rarely_down: bool) -> tuple[str, int]:
    epoch, first, now = len(losses) - 1, losses[0], losses[-1]
    if misses[-1] <= SOLVED_WITHIN:
        since = _after_last(misses > SOLVED_WITHIN)
        if rarely_up or epoch - since >= HELD_FOR:
            return "solved", since
    still = _after_last(np.abs(losses - now) > STILL * now)
    if epoch - still >= STILL_FOR:
        return "stuck", still
    if not rarely_up and not rarely_down:
        for period in range(2, LONGEST_CYCLE + 1) if epoch >= CYCLE_FOR + LONGEST_CYCLE - 1 else ():
            swing = np.ptp(losses[-period:])
            since = _after_last(np.abs(losses[period:] - losses[:-period]) > ALIKE * swing)
            if swing > STILL * now and epoch - period + 1 - since >= CYCLE_FOR and 2 * (epoch - since) >= epoch:
                return ("bouncing" if period == 2 else "cycling"), since
        lately = losses[epoch // 2:]
        if (epoch >= FLEDGED and np.abs(np.diff(lately)).mean() > LEAP * lately.mean()
                and lately.mean() > CRAWLING_ABOVE * first):
            return "chaotic", epoch
    if now > (1.0 + WORSE_BY) * first and epoch >= FLEDGED:
        return "worse", epoch
    if now <= CRAWLING_ABOVE * first:
        return "learning", epoch
    return ("begun" if epoch < BEGUN_BEFORE else "crawling"), epoch


def _after_last(these: NDArray[np.bool_]) -> int:
    """Return the place after the last of these; 0 where there is none."""
    found = np.flatnonzero(these)
    return int(found[-1]) + 1 if found.size else 0

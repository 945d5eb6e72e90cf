"""Verdicts on a lane at an epoch, by stated rules. docs/conventions.md says them in words; the first that fits holds.

ready     before the first step.
diverged  its loss or a parameter is not finite at this epoch or was not before.
solved    every output is within 0.2 of its target at this epoch and has been since `at`; and that is no accident:
          it has lasted HELD epochs, or steps uphill are rare.
stuck     the losses have stood still since `at`.
bouncing  between two losses, since `at`; cycling: round three or more. Neither steps up nor steps down are rare.
chaotic   up and down by leaps, to no avail. These four look for patterns (loss_patterns.py).
worse     the loss is more than WORSE above what it was at the start, after FLEDGED steps or more.
learning  the loss is at most CRAWLING of what it was at the start.
begun     fewer than BEGUN steps: too early to say.
crawling  otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .loss_patterns import FLEDGED, Patterns
from .losses import LOSSES
from .run_spec import RunSpec
from .training import SOLVED_WITHIN

HELD = 10
FEW = 3
RARE = 0.05
CRAWLING = 0.75
WORSE = 0.1
BEGUN = 50

KINDS = ("ready", "begun", "crawling", "learning", "solved", "stuck", "worse", "bouncing", "cycling", "chaotic",
         "diverged")


@dataclass(frozen=True)
class Verdict:
    """Say how a lane fares at an epoch.

    kind: one of KINDS. at: the epoch since which it is solved, stuck, bouncing or cycling, or at which it diverged;
    else the epoch itself. uphill, steps: how many of its steps so far raised the loss.
    """

    kind: str
    at: int
    uphill: int
    steps: int

    def as_dict(self) -> dict[str, Any]:
        """Return the four as plain JSON."""
        return {"kind": self.kind, "at": self.at, "uphill": self.uphill, "steps": self.steps}


class Story:
    """Judge one lane at any epoch of what is known of it.

    losses, misses: shape (epochs,), of which those before `diverged` (None: all) are finite.
    """

    BYTES_AN_EPOCH = 12  # that it keeps beside them

    def __init__(self, losses: Array, misses: Array, diverged: int | None) -> None:
        """Count once, when first asked, and judge often."""
        self._diverged = diverged
        finite = len(losses) if diverged is None else min(diverged, len(losses))
        self._losses, self._misses = losses[:finite], misses[:finite]
        self._patterns = Patterns(self._losses)

    @cached_property
    def _uphill(self) -> NDArray[np.int32]:
        return _counted(self._losses[1:] > self._losses[:-1])

    @cached_property
    def _downhill(self) -> NDArray[np.int32]:
        return _counted(self._losses[1:] < self._losses[:-1])

    @cached_property
    def _since(self) -> NDArray[np.int32]:
        return _solved_since(self._misses)

    def verdict(self, epoch: int) -> Verdict:
        """Return the verdict at an epoch that is known."""
        if epoch == 0 and self._diverged != 0:
            return Verdict("ready", 0, 0, 0)
        steps = min(epoch, max(len(self._losses) - 1, 0))
        uphill = int(self._uphill[steps])
        if self._diverged is not None and epoch >= self._diverged:
            return Verdict("diverged", self._diverged, uphill, steps)
        kind, at = self._judged(epoch, _rare(uphill, steps), _rare(int(self._downhill[steps]), steps))
        return Verdict(kind, at, uphill, steps)

    def _judged(self, epoch: int, rarely_up: bool, rarely_down: bool) -> tuple[str, int]:
        """Return kind and `at` of an epoch after the first, with what is rare up to it."""
        if self._misses[epoch] <= SOLVED_WITHIN:
            since = int(self._since[epoch])
            if rarely_up or epoch - since >= HELD:
                return "solved", since
        still = self._patterns.still_since(epoch)
        if still is not None:
            return "stuck", still
        if not rarely_up and not rarely_down:
            cycle = self._patterns.cycle(epoch)
            if cycle is not None:
                return ("bouncing" if cycle[0] == 2 else "cycling"), cycle[1]
            if self._patterns.leaps(epoch, CRAWLING * float(self._losses[0])):
                return "chaotic", epoch
        return self._by_height(epoch), epoch

    def _by_height(self, epoch: int) -> str:
        """Judge by the loss now and at the start."""
        now, first = self._losses[epoch], self._losses[0]
        if now > (1.0 + WORSE) * first and epoch >= FLEDGED:
            return "worse"
        if now <= CRAWLING * first:
            return "learning"
        return "begun" if epoch < BEGUN else "crawling"


def _counted(steps: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each epoch how many of the steps up to it were such."""
    counts = np.zeros(len(steps) + 1, np.int32)
    np.cumsum(steps, out=counts[1:])
    return counts


def _rare(some: int, steps: int) -> bool:
    return some < FEW or some <= RARE * steps


def finishing_line(spec: RunSpec) -> float | None:
    """Return the loss of a network that misses every target by exactly 0.2, towards one half: all but solved.

    None for cross-entropy, whose outputs cannot all miss by as much.
    """
    return _finishing_line(spec.loss, spec.data.y, spec.reduction)


@lru_cache(maxsize=64)
def _finishing_line(loss_name: str, y: tuple[tuple[float, ...], ...], reduction: str) -> float | None:
    loss = LOSSES[loss_name]
    if loss.targets_sum_to_one:
        return None
    targets = np.array(y)
    a = np.where(targets < 0.5, targets + SOLVED_WITHIN, targets - SOLVED_WITHIN)
    z = np.log(a / (1.0 - a)) if loss.fused_with else a
    per_sample = loss.value(z, a, targets)
    return float(per_sample.mean() if reduction == "mean" else per_sample.sum())


def _solved_since(misses: Array) -> NDArray[np.int32]:
    """Return for each epoch the first of the unbroken solved ones that it belongs to, or -1."""
    solved = misses <= SOLVED_WITHIN
    since = np.full(len(misses), -1, np.int32)
    if solved.any():
        begins = solved.copy()
        begins[1:] &= ~solved[:-1]
        since[begins] = np.flatnonzero(begins)
        np.maximum.accumulate(since, out=since)
        since[~solved] = -1
    return since

"""Verdicts on a lane at an epoch, by stated rules. docs/conventions.md says them in words; the first that fits holds.

ready     before the first step.
diverged  its loss or a parameter is not finite at this epoch or was not before.
solved    every output is within 0.2 of its target at this epoch and has been since `at`; and that is no accident:
          it has lasted HELD epochs, or steps uphill are rare.
chaotic   steps uphill are not rare: at least FEW of them, and more than RARE of all steps so far.
crawling  the loss is still above CRAWLING of what it was at the start.
learning  otherwise: on its way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .losses import LOSSES
from .run_spec import RunSpec
from .training import SOLVED_WITHIN

HELD = 10
FEW = 3
RARE = 0.05
CRAWLING = 0.75

KINDS = ("ready", "crawling", "learning", "solved", "chaotic", "diverged")


@dataclass(frozen=True)
class Verdict:
    """Say how a lane fares at an epoch.

    kind: one of KINDS. at: the epoch since which it is solved, or at which it diverged; else the epoch itself.
    uphill, steps: how many of its steps so far raised the loss.
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

    def __init__(self, losses: Array, misses: Array, diverged: int | None) -> None:
        """Count once, judge often."""
        self._diverged = diverged
        finite = len(losses) if diverged is None else min(diverged, len(losses))
        self._losses = losses[:finite]
        self._uphill = np.concatenate([[0], np.cumsum(np.diff(self._losses) > 0)]) if finite else np.zeros(1, int)
        self._since = _solved_since(misses[:finite])

    def verdict(self, epoch: int) -> Verdict:
        """Return the verdict at an epoch that is known."""
        finite = len(self._losses)
        steps = min(epoch, max(finite - 1, 0))
        uphill = int(self._uphill[steps])
        if self._diverged is not None and epoch >= self._diverged:
            return Verdict("diverged", self._diverged, uphill, steps)
        if epoch == 0:
            return Verdict("ready", 0, 0, 0)
        since = int(self._since[epoch])
        rare = uphill < FEW or uphill <= RARE * steps
        if since >= 0 and (rare or epoch - since >= HELD):
            return Verdict("solved", since, uphill, steps)
        if not rare:
            return Verdict("chaotic", epoch, uphill, steps)
        crawling = self._losses[epoch] > CRAWLING * self._losses[0]
        return Verdict("crawling" if crawling else "learning", epoch, uphill, steps)


def finishing_line(spec: RunSpec) -> float | None:
    """Return the loss of a network that misses every target by exactly 0.2, towards one half: all but solved.

    None for cross-entropy, whose outputs cannot all miss by as much.
    """
    loss = LOSSES[spec.loss]
    if loss.targets_sum_to_one:
        return None
    targets = np.array(spec.data.y)
    a = np.where(targets < 0.5, targets + SOLVED_WITHIN, targets - SOLVED_WITHIN)
    z = np.log(a / (1.0 - a)) if loss.fused_with else a
    per_sample = loss.value(z, a, targets)
    return float(per_sample.mean() if spec.reduction == "mean" else per_sample.sum())


def _solved_since(misses: Array) -> NDArray[np.int64]:
    """Return for each epoch the first of the unbroken solved ones that it belongs to, or -1."""
    epochs = np.arange(len(misses))
    solved = misses <= SOLVED_WITHIN
    begins = solved & ~np.concatenate([[False], solved[:-1]])
    return np.where(solved, np.maximum.accumulate(np.where(begins, epochs, -1)), -1)

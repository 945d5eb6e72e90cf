"""Verdicts on a lane at an epoch, by stated rules. docs/conventions.md says them in words; the first that fits holds.

ready     before the first step.
diverged  its loss or a parameter is not finite at this epoch or was not before.
solved    every output is within 0.2 of its target at this epoch and has been since `at`; and that is no accident:
          it has lasted HELD_FOR epochs, or steps uphill are rare.
stuck     the losses have stood still since `at`.
bouncing  between two losses, since `at`; cycling: round three or more. Neither steps up nor steps down are rare.
chaotic   up and down by leaps, to no avail. These four look for patterns (kernels/patterns.py).
worse     the loss is more than WORSE_BY above what it was at the start, after FLEDGED steps or more.
learning  the loss is at most CRAWLING_ABOVE of what it was at the start.
begun     fewer than BEGUN_BEFORE steps: too early to say.
crawling  otherwise.

Every epoch that is drawn has one for each lane, so the rules are compiled: kernels/judging.py, their numbers in
kernels/thresholds.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .kernels.calls import Call, judge
from .kernels.thresholds import KINDS, SOLVED_WITHIN
from .losses import LOSSES
from .run_spec import RunSpec

FIELDS = 4  # of a verdict, as whole numbers: its place in KINDS, at, uphill, steps

_free: deque[Call] = deque()  # those that nobody works with


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


def judged(losses: Array, misses: Array, diverged: NDArray[np.int64], epochs: Sequence[int]) -> NDArray[np.int64]:
    """Return what is said of every lane at these epochs, shape (epochs, lanes, FIELDS).

    losses, misses: shape (lanes, n), finite up to where a lane diverged. diverged: (lanes,), -1: it has not.
    epochs: in rising order, all known.
    """
    told = np.empty((len(epochs), len(diverged), FIELDS), dtype=np.int64)
    try:
        call = _free.pop()  # taken out: two threads never share one
    except IndexError:
        call = judge()
    for place, array in enumerate((losses, misses, diverged, np.array(epochs, dtype=np.int64), told)):
        call.put(place, array)
    call()
    call.empty()
    _free.append(call)
    return told


def verdicts(told: NDArray[np.int64]) -> tuple[Verdict, ...]:
    """Return the verdicts on all lanes at one epoch. told: shape (lanes, FIELDS)."""
    return tuple(Verdict(KINDS[kind], at, uphill, steps) for kind, at, uphill, steps in told.tolist())


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

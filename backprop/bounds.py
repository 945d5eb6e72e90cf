"""The bounds of a spec and of a request, in one place: what may be asked for, and no more."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """Hold the least and the greatest value that are taken; both count as inside."""

    low: int
    high: int

    def as_dict(self) -> dict[str, int]:
        """Return {"min", "max"}, as the catalog sends it."""
        return {"min": self.low, "max": self.high}

    def __str__(self) -> str:
        """Say it as a learner reads it: "0 to 1000"."""
        return f"{number_text(self.low)} to {number_text(self.high)}"


LAYERS = Bounds(2, 6)
WIDTH = Bounds(1, 8)
SAMPLES = Bounds(1, 64)
WEIGHT = Bounds(-1000, 1000)
INPUT = Bounds(-1000, 1000)
TARGET = Bounds(-1000, 1000)
LEARNING_RATE = Bounds(0, 1000)
SEED = Bounds(0, 2**32 - 1)
PASS = Bounds(0, 999)
COUNT = Bounds(1, 20)
HILL_LEARNING_RATE = Bounds(0, 10**9)  # one weight alone may have a very gentle slope
HILL_STEPS = Bounds(0, 200)
LANES = Bounds(1, 4096)
LANES_SHOWN = Bounds(1, 6)  # of a run that is streamed to a page
BATCH = Bounds(1, 64)
HYPER = Bounds(0, 1)
EPOCH = Bounds(0, 100_000)
EVERY = Bounds(1, 100_000)
GRID = Bounds(2, 48)
SEEDS = Bounds(1, 1000)
DEPTH = Bounds(2, 30)  # layers of weights of a deep network, which no run has
DEPTH_WIDTH = Bounds(1, 32)
DEPTH_STARTS = Bounds(1, 50)
DEPTH_CURVES = Bounds(1, 12)
DEPTH_SCALE = Bounds(0, 1000)


def number_text(value: float) -> str:
    """Return the number as prose shows it: shortest exact digits, a true minus sign; NaN and Infinity as such."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "−Infinity"
    return repr(value).replace("-", "−")

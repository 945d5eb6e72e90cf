"""Learning rates that suit a slice: on it, as on the bowl, the slider runs from barely moving to flying off."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..activations import Array
from ..bounds import HILL_LEARNING_RATE
from .landscapes import Rates

LOW, HIGH, DEFAULT = 0.005, 12.0, 0.3  # shares of the way down that the first step covers


def slice_rates(start: float, slope: float, bottoms: Sequence[float], x: Array, losses: Array) -> Rates:
    """Return rates with which the first step from `start` covers from LOW to HIGH of the way to the nearest bottom.

    Where the picture has no bottom, or the ball begins on one, the way is half the picture and the slope the steepest
    of the curve. The rates are of two digits and at most HILL_LEARNING_RATE.
    """
    way = min((abs(bottom - start) for bottom in bottoms), default=0.0)
    half = float(x[-1] - x[0]) / 2.0
    if not math.isfinite(slope) or abs(slope) * half < 1e-12 or way < half / 50.0:
        way, slope = half, _steepest(x, losses)
    rate = way / abs(slope) if slope else 1.0
    return Rates(*(_two_digits(min(share * rate, float(HILL_LEARNING_RATE.high))) for share in (LOW, HIGH, DEFAULT)))


def _steepest(x: Array, losses: Array) -> float:
    """Return the steepest slope between two points of the curve; 0 where it is level or not finite."""
    with np.errstate(all="ignore"):
        slopes = np.abs(np.diff(losses) / np.diff(x))
    known = slopes[np.isfinite(slopes)]
    return float(known.max()) if known.size else 0.0


def _two_digits(rate: float) -> float:
    return float(f"{rate:.1e}")

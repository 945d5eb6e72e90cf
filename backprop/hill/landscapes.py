"""Landscapes: a loss over one number, with its slope and what a picture needs. Three of them have names."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..activations import Array

CURVE_POINTS = 241


@dataclass(frozen=True)
class Minimum:
    """Hold the bottom of a valley: where it is and the loss there."""

    x: float
    loss: float


@dataclass(frozen=True)
class Rates:
    """Hold the learning rates that a slider offers: from one that barely moves to one that flies off."""

    low: float
    high: float
    default: float


@dataclass(frozen=True)
class Landscape:
    """Describe a loss over one number x.

    value(x) and slope(x) take and give one float; what overflows is infinite or NaN, without a warning.
    low, high: the x that a picture shows. start: where a ball begins. minima, ridges: x of the stationary points, in
    order, inside the picture; a ridge is the top between two valleys and belongs to the one on its left.
    formula: TeX. plain: the same in words. axis: what x is called, "x" or an edge such as "h2>o1".
    """

    name: str
    label: str
    value: Callable[[float], float]
    slope: Callable[[float], float]
    low: float
    high: float
    start: float
    minima: tuple[Minimum, ...]
    ridges: tuple[float, ...]
    rates: Rates
    formula: str
    plain: str
    axis: str = "x"
    many: Callable[[Array], Array] | None = None

    @property
    def width(self) -> float:
        """How much of x a picture shows."""
        return self.high - self.low

    @cached_property
    def curve(self) -> tuple[Array, Array]:
        """The x and the loss of CURVE_POINTS points, evenly from low to high; beyond float64: infinite or NaN."""
        x = np.linspace(self.low, self.high, CURVE_POINTS)
        return x, np.array([self.value(one) for one in x.tolist()]) if self.many is None else self.many(x)

    def valley(self, x: float) -> int:
        """Return the number of the valley that x lies in, from 0; it goes on beyond the picture."""
        return bisect_left(self.ridges, x)

    def bottom(self, x: float) -> Minimum | None:
        """Return the bottom of the valley that x lies in; None where the picture has none."""
        inside = [minimum for minimum in self.minima if self.valley(minimum.x) == self.valley(x)]
        return min(inside, key=lambda minimum: abs(minimum.x - x), default=None)

    def way(self, x: float, slope: float) -> float:
        """Return how far it is from x down to the bottom; where the picture has none, at least to its edge downhill."""
        bottom = self.bottom(x)
        if bottom is not None:
            return abs(x - bottom.x)
        edge = self.low if slope > 0.0 else self.high
        return abs(edge - x) if self.low < x < self.high else self.width


def _bowl(x: float) -> float:
    return 0.5 * x * x


def _bowl_slope(x: float) -> float:
    return x


def _double_valley(x: float) -> float:
    """Integrate the slope so that the deeper bottom, at 3, has the loss 0."""
    return (((3.0 * x - 4.0) * x - 36.0) * x * x + 189.0) / 120.0


def _double_valley_slope(x: float) -> float:
    return x * (x + 2.0) * (x - 3.0) / 10.0


def _ravine(x: float) -> float:
    beyond = max(0.0, abs(x) - 2.0)
    return (x - 1.0) * (x - 1.0) / 20.0 + 3.0 * beyond * beyond


def _ravine_slope(x: float) -> float:
    beyond = max(0.0, abs(x) - 2.0)
    return (x - 1.0) / 10.0 + 6.0 * math.copysign(beyond, x)


def _named(*landscapes: Landscape) -> dict[str, Landscape]:
    return {landscape.name: landscape for landscape in landscapes}


# Products of Python floats become infinite where they overflow; only ** would raise.
LANDSCAPES: dict[str, Landscape] = _named(
    Landscape("bowl", "Bowl", _bowl, _bowl_slope, low=-5.0, high=5.0, start=-4.0, minima=(Minimum(0.0, 0.0),),
              ridges=(), rates=Rates(0.005, 8.0, 0.3), formula=r"f(x) = \tfrac{1}{2} x^2", plain="half of x squared"),
    Landscape("double_valley", "Two valleys", _double_valley, _double_valley_slope, low=-3.8, high=4.8, start=-3.4,
              minima=(Minimum(-2.0, 125.0 / 120.0), Minimum(3.0, 0.0)), ridges=(0.0,), rates=Rates(0.002, 5.0, 0.2),
              formula=r"f(x) = \tfrac{1}{120} (3x^4 - 4x^3 - 36x^2 + 189)",
              plain="3 x⁴ − 4 x³ − 36 x² + 189, divided by 120"),
    Landscape("ravine", "Ravine", _ravine, _ravine_slope, low=-4.0, high=4.0, start=-3.5, minima=(Minimum(1.0, 0.0),),
              ridges=(), rates=Rates(0.002, 5.0, 0.25),
              formula=r"f(x) = \tfrac{1}{20} (x - 1)^2 + 3 \max(0, |x| - 2)^2",
              plain="a twentieth of (x − 1) squared, and beyond 2 on either side three times the excess squared"),
)

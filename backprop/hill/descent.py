"""A descent: where the ball has been, step by step, and what each step was."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .. import checks
from .landscapes import Landscape
from .verdicts import Reason, Verdict, finite, judge

RESTING: tuple[Verdict, ...] = ("arrived", "stuck")


@dataclass(frozen=True)
class Stop:
    """Hold one place of the ball and the step that it will take from there.

    number: how many steps were taken before. x, loss, slope: the place. step = -learning_rate * slope,
    after = x + step. None: beyond float64.
    """

    number: int
    x: float
    loss: float | None
    slope: float | None
    step: float | None
    after: float | None
    verdict: Verdict
    reason: Reason

    def as_dict(self) -> dict[str, object]:
        """Return the stop as plain JSON."""
        return {**vars(self), "reason": self.reason.as_dict()}


@dataclass(frozen=True)
class Descent:
    """Hold the stops of a descent, the first at its start.

    ended: why there is no further one though more steps were asked for, or would be of no use: "arrived", "stuck",
    "diverged" (a loss or the next place is beyond float64); None: the ball would go on.
    """

    stops: tuple[Stop, ...]
    ended: str | None


def descent(landscape: Landscape, start: float, learning_rate: float, steps: int) -> Descent:
    """Let the ball take so many steps of gradient descent: x becomes x - learning_rate * slope(x).

    steps: how many are taken, 0 or more; 0 gives the start with the step that it would take. It ends sooner where the
    ball rests or leaves float64. ValueError where start or learning_rate is not finite, or the rate or steps negative.
    """
    x = checks.number("start", start, -math.inf, "a finite number")
    eta = checks.number("learning_rate", learning_rate, 0.0, "a finite number, 0 or more")
    wanted = checks.whole_number("steps", steps, 0, "a whole number, 0 or more")
    stops = [_stop(landscape, 0, x, eta)]
    while len(stops) <= wanted and _ending(stops[-1]) is None:
        following = stops[-1].after
        assert following is not None  # else it had ended
        stops.append(_stop(landscape, len(stops), following, eta))
    return Descent(tuple(stops), _ending(stops[-1]))


def _stop(landscape: Landscape, number: int, x: float, eta: float) -> Stop:
    with np.errstate(all="ignore"):  # what overflows is told by its verdict
        loss, slope = landscape.value(x), landscape.slope(x)
        step = -eta * slope + 0.0  # no negative zero
        verdict, reason = judge(landscape, x, slope, step)
    return Stop(number, x, finite(loss), finite(slope), finite(step), finite(x + step), verdict, reason)


def _ending(stop: Stop) -> str | None:
    if stop.verdict in RESTING:
        return stop.verdict
    return "diverged" if None in (stop.loss, stop.after, stop.reason.loss_after) else None

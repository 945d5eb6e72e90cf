"""Verdicts: what to say of one step of a ball, decided by rules that have numbers. In words: docs/conventions.md."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from .landscapes import Landscape

Verdict = Literal["arrived", "stuck", "crawling", "descending", "overshooting", "bouncing", "leaping", "stranding",
                  "diverging"]

CRAWL = 1 / 20  # a step that covers less than this share of the way down crawls
REST = 1 / 1000  # of the picture's width: closer to the bottom than this, no eye can tell
AWAY = 1e-9  # of the picture's width: what rounding may carry a resting ball away
LEVEL = 1e-9  # of the height above the bottom: two losses closer than this are level


@dataclass(frozen=True)
class Reason:
    """Hold the numbers that a verdict rests on.

    length: of the step. way: down to the bottom of the valley the ball is in, or at least so far where the picture has
    no bottom. bottom: its x. way_after: from the landing place to that same bottom. loss_before, loss_after.
    None: there is no bottom, or the number is beyond float64.
    """

    length: float | None
    way: float | None
    bottom: float | None
    way_after: float | None
    loss_before: float | None
    loss_after: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Return the numbers by name."""
        return dict(vars(self))


def judge(landscape: Landscape, x: float, slope: float, step: float) -> tuple[Verdict, Reason]:
    """Return the verdict on the step from x, where the slope is `slope`, to x + step, and its reason."""
    bottom, after = landscape.bottom(x), x + step
    before_loss, after_loss = landscape.value(x), landscape.value(after)
    reason = Reason(
        finite(abs(step)), finite(landscape.way(x, slope)), None if bottom is None else bottom.x,
        None if bottom is None else finite(abs(after - bottom.x)), finite(before_loss), finite(after_loss))
    verdict = _verdict(landscape, x, after, reason)
    if verdict == "diverging" and _strands(landscape, slope, step, after, reason):
        return "stranding", reason
    return verdict, reason


def _strands(landscape: Landscape, slope: float, step: float, after: float, reason: Reason) -> bool:
    """Say whether a step that leads no lower ends on ground so level that the next one will hardly move the ball."""
    if None in (reason.length, reason.loss_before, reason.loss_after) or slope == 0.0:
        return False
    following = step / slope * landscape.slope(after)
    return abs(following) < CRAWL * abs(step)


def _verdict(landscape: Landscape, x: float, after: float, reason: Reason) -> Verdict:
    length, way, before, landed = reason.length, reason.way, reason.loss_before, reason.loss_after
    if length is None or way is None or before is None or landed is None:
        return "diverging"
    if _rests(reason, way, landscape.width):
        return "arrived"
    if after == x:
        return "stuck"
    if landscape.valley(after) != landscape.valley(x):
        return "leaping" if landed < before else "diverging"
    if not _past(reason, x, after):
        if length < CRAWL * way:
            return "crawling"
        return "descending" if landed < before else "diverging"
    bottom = landscape.bottom(x)
    height = before - bottom.loss if bottom is not None else 0.0
    if abs(landed - before) <= LEVEL * height:
        return "bouncing"
    return "overshooting" if landed < before else "diverging"


def _rests(reason: Reason, way: float, width: float) -> bool:
    """Say whether the ball is at the bottom and stays there: a step too long would carry it away."""
    return reason.way_after is not None and way <= REST * width and reason.way_after <= way + AWAY * width


def _past(reason: Reason, x: float, after: float) -> bool:
    """Say whether the step ends on the far side of the bottom."""
    return reason.bottom is not None and (after - reason.bottom) * math.copysign(1.0, x - reason.bottom) < 0.0


def finite(value: float) -> float | None:
    """Return the number, or None where float64 has run out: JSON knows no infinity."""
    return value if math.isfinite(value) else None

"""The answer to `depth`: curves of deep networks, each measured once and kept."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Any

from ..activations import Array
from ..depth import EXPLODES_ABOVE, SAMPLES, VANISHES_BELOW, DeepStarts, Depth, Sizes
from ..depth_spec import DeepCurve, DepthSpec, read_depth_spec
from .processor import Processor

CURVES_KEPT = 1024  # some 3 KB each; the page's nine at all depths are 261


class DepthAnswers:
    """Answer `depth`. What is forgotten is measured again, to the same bits."""

    def __init__(self, processor: Processor) -> None:
        """Begin with nothing remembered."""
        self._processor = processor
        self._kept: OrderedDict[tuple[int, int, int, DeepCurve], dict[str, Any]] = OrderedDict()

    def depth(self, payload: object) -> dict[str, Any]:
        """Return the answer; Refused where a field is at fault."""
        spec = read_depth_spec(payload)
        return {"ok": True, "depth": spec.depth, "width": spec.width, "starts": spec.starts, "samples": SAMPLES,
                "vanishes_below": VANISHES_BELOW, "explodes_above": EXPLODES_ABOVE,
                "curves": [self._curve(spec, curve) for curve in spec.curves]}

    def _curve(self, spec: DepthSpec, curve: DeepCurve) -> dict[str, Any]:
        key = (spec.depth, spec.width, spec.starts, curve)
        made = self._kept.pop(key, None)
        if made is None:
            made = curve.model_dump() | described(self._measured(spec, curve))
        self._kept[key] = made
        while len(self._kept) > CURVES_KEPT:
            self._kept.popitem(last=False)
        return made

    def _measured(self, spec: DepthSpec, curve: DeepCurve) -> Depth:
        measuring = DeepStarts(curve, spec.depth, spec.width, spec.starts)
        while not measuring.done:
            self._processor.aside(measuring.go_on)
        return measuring.found()


def described(found: Depth) -> dict[str, Any]:
    """Return what was measured as plain JSON; a number beyond float64 is None."""
    return {"verdict": found.verdict, "ratio": found.ratio, "flat": found.flat, "shares": _sizes(found.shares),
            "blame": _sizes(found.blame), "gradients": _sizes(found.gradients)}


def _sizes(sizes: Sizes) -> dict[str, list[float | None]]:
    return {"low": _listed(sizes.low), "median": _listed(sizes.median), "high": _listed(sizes.high)}


def _listed(values: Array) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values.tolist()]

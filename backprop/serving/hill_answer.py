"""The answer to `hill`: a landscape, its curve, and a ball's descent on it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

from ..activations import Array
from ..hill import LANDSCAPES, Landscape, descent, edge_names, network_slice
from ..hill.verdicts import finite
from ..refusals import refuse
from ..runs import OnePass
from ..spec import Spec
from ..spec_words import read_model
from .hill_payload import SLICE, HillWanted
from .processor import Processor

SLICES_KEPT = 64
PassOf = Callable[[Spec, int], OnePass]


class Hill:
    """Answer `hill`, and keep the slices asked for last: while a slider moves, one is asked for again and again."""

    def __init__(self, pass_of: PassOf, processor: Processor | None = None) -> None:
        """Keep what gives pass n of a spec, or refuses it."""
        self._pass_of, self._processor = pass_of, processor or Processor()
        self._slices: OrderedDict[tuple[str, int, str], Landscape] = OrderedDict()

    def answer(self, payload: object) -> dict[str, Any]:
        """Return the answer; Refused where a field is at fault."""
        wanted = read_model(HillWanted, payload)
        landscape = self._slice(wanted) if wanted.landscape == SLICE else LANDSCAPES[wanted.landscape]
        start = landscape.start if wanted.start is None else wanted.start
        rate = landscape.rates.default if wanted.learning_rate is None else wanted.learning_rate
        found = self._processor.aside(lambda: descent(landscape, start, rate, wanted.steps))
        answer: dict[str, Any] = {
            "ok": True, "landscape": described(landscape), "learning_rate": rate,
            "stops": [stop.as_dict() for stop in found.stops], "ended": found.ended}
        return answer | ({"curve": self._processor.aside(lambda: curve_of(landscape))} if wanted.curve else {})

    def _slice(self, wanted: HillWanted) -> Landscape:
        spec, number, weight = wanted.spec, wanted.number, wanted.weight
        assert spec is not None and number is not None and weight is not None  # the payload's own rule
        key = (spec.canonical(), number, weight)
        made = self._slices.pop(key, None)
        if made is None:
            one = self._pass_of(spec, number)
            made = self._processor.aside(lambda: _slice_of(one, weight))  # up to some tenths of a second
        self._slices[key] = made
        while len(self._slices) > SLICES_KEPT:
            self._slices.popitem(last=False)
        return made


def described(landscape: Landscape) -> dict[str, Any]:
    """Return what a page needs of a landscape, its curve apart."""
    return {
        "name": landscape.name, "label": landscape.label, "formula": landscape.formula, "plain": landscape.plain,
        "axis": landscape.axis, "low": landscape.low, "high": landscape.high, "start": landscape.start,
        "minima": [{"x": one.x, "loss": finite(one.loss)} for one in landscape.minima],
        "ridges": list(landscape.ridges), "rates": dict(vars(landscape.rates))}


def curve_of(landscape: Landscape) -> dict[str, Any]:
    """Return the curve's points; a loss beyond float64 is None."""
    x, losses = landscape.curve
    return {"x": x.tolist(), "loss": _finite_list(losses)}


def _finite_list(values: Array) -> list[float | None]:
    return [finite(value) for value in values.tolist()]


def _slice_of(one: OnePass, weight: str) -> Landscape:
    if weight not in edge_names(one.network):
        raise refuse("weight", weight, "an edge of this network, such as h2>o1, or b>h1 where it has biases",
                     "Weight takes")
    return network_slice(one.network, one.x[np.newaxis], one.y[np.newaxis], loss=one.loss, weight=weight)

"""A pass worked out again from numbers as they were printed: each one followed back only to what stands on paper."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .activations import ACTIVATIONS
from .spec import Spec
from .tape import Tape
from .wiring import Wiring

Key = tuple[int, str]


class Reprinted:
    """Work out one number of a run from the printed numbers nearest before it, in the sign of the error term.

    It knows one sample, no biases and half the squared error, as the textbook's example has them.
    """

    def __init__(self, spec: Spec, first: Tape, printed: Mapping[Key, float]) -> None:
        """Remember the run. first: the tape of pass 0, for what was given; printed: by pass and id of the tape."""
        self.wiring = Wiring(spec.layers, spec.activations, biased=False)
        self.learning_rate, self.first, self.printed = spec.learning_rate, first, printed

    def worked_out(self, number: int, name: str) -> tuple[float, set[Key]]:
        """Return a number of pass `number`, unrounded, and the printed ones that it was made of."""
        makers: set[Key] = set()
        return self._made(number, name, makers), makers

    def _value(self, number: int, name: str, makers: set[Key]) -> float:
        if name.startswith(("x", "t")):
            return self.first[name].value
        if name.startswith("w:") and number > 0:
            return self._value(number - 1, name.replace("w:", "new:"), makers)
        if name.startswith("w:"):
            return self.first[name].value
        if (number, name) not in self.printed:
            return self._made(number, name, makers)
        makers.add((number, name))
        return self.printed[number, name]

    def _made(self, number: int, name: str, makers: set[Key]) -> float:
        """Return a number by its rule."""
        def of(other: str) -> float:
            return self._value(number, other, makers)

        wiring = self.wiring
        if name.startswith("new:"):
            edge = name.removeprefix("new:")
            source, _, to = edge.partition(">")
            return of(f"w:{edge}") + self.learning_rate * of(f"{to}.delta") * of(wiring.sent(source))
        node, _, kind = name.partition(".")
        layer = next(place for place, nodes in enumerate(wiring.nodes) if node in nodes)
        if kind == "z":
            return sum(of(f"w:{source}>{node}") * of(wiring.sent(source)) for source in wiring.nodes[layer - 1])
        activation = ACTIVATIONS[wiring.kind(layer)]
        if kind == "a":
            return float(activation.function(np.array(of(f"{node}.z"))))
        if kind == "delta":
            read_from = np.array(of(f"{node}.{activation.slope_ref}"))
            return of(f"{node}.grad_a") * float(activation.slope(read_from, read_from))
        if layer == wiring.last:
            return of(f"t{node[1:]}") - of(f"{node}.a")
        return sum(of(f"w:{node}>{to}") * of(f"{to}.delta") for to in wiring.nodes[layer + 1])

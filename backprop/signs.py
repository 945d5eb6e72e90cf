"""The two ways of writing the backward pass: the gradient as it is, or the error term, which is minus it.

A sign changes what is written down and nothing that is done: changes and new weights have the same bits either way.
This is the one place that knows the difference; the tape, its sentences and the exports ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Sign:
    """Hold one way of writing. factor: what a derivative of the loss is multiplied by before it is written down."""

    name: str
    label: str
    factor: float

    @property
    def turned(self) -> bool:
        """Whether it is minus the derivative that is written."""
        return self.factor < 0.0

    def derivative(self, written: float) -> float:
        """Return the derivative of the loss that a written number stands for."""
        return self.factor * written

    def gap(self, said: T, wanted: T) -> tuple[T, T]:
        """Return what is taken from what, in the order in which it is written: a - t, or t - a."""
        return (wanted, said) if self.turned else (said, wanted)

    def step(self, learning_rate: float, written: float) -> float:
        """Return the change of a weight: -eta times its gradient, or eta times minus it, the same bits."""
        return learning_rate * written if self.turned else -learning_rate * written

    def symbol(self, tex: str) -> str:
        """Return the symbol of a derivative of the loss as it is written, with its minus if it has one."""
        return f"-{tex}" if self.turned else tex

    @property
    def delta(self) -> str:
        """What a sentence calls the written dL/dz of a node."""
        return "error term" if self.turned else "delta"

    @property
    def its_gradient(self) -> str:
        """What a sentence calls the written number of a weight."""
        return "minus its gradient" if self.turned else "its gradient"


def _by_name(*signs: Sign) -> dict[str, Sign]:
    return {sign.name: sign for sign in signs}


GRADIENT = "gradient"
SIGNS: dict[str, Sign] = _by_name(Sign(GRADIENT, "gradient", 1.0), Sign("error_term", "error term", -1.0))

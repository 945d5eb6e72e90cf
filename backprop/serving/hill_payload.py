"""What the event `hill` takes: a landscape by name, or a network's own along one weight."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ..bounds import HILL_LEARNING_RATE, HILL_STEPS, PASS
from ..hill import LANDSCAPES
from ..refusals import NOTHING, refuse
from ..spec import Spec, Strict
from ..spec_words import disagreement

SLICE = "slice"
NAMES = (*LANDSCAPES, SLICE)
# what a slice needs and no other landscape takes: the model's attribute, the field, what it takes
OF_A_SLICE = (("spec", "spec", "a spec"), ("number", "pass", f"a whole number from {PASS}"),
              ("weight", "weight", "an edge such as h2>o1"))
LARGEST = sys.float_info.max


def _landscape(value: str) -> str:
    if value not in NAMES:
        raise disagreement(refuse("landscape", value, f"one of {', '.join(NAMES)}", "Landscape takes"))
    return value


def _number(field: str, label: str, takes: str, low: float, high: float) -> BeforeValidator:
    """Return a validator that takes null or a number from low to high, not infinite, and refuses in its own words."""
    def check(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise disagreement(refuse(field, value, takes, label))
        return float(value) + 0.0
    return BeforeValidator(check)


class HillWanted(Strict):
    """Ask for a landscape's curve and a descent on it; see docs/protocol.md for every field."""

    landscape: Annotated[str, AfterValidator(_landscape)]
    spec: Spec | None = None
    number: Annotated[int, Field(ge=PASS.low, le=PASS.high)] | None = Field(default=None, alias="pass")
    weight: str | None = None
    start: Annotated[float | None, _number("start", "The ball's start takes", "a finite number, or nothing",
                                           -LARGEST, LARGEST)] = None
    learning_rate: Annotated[float | None, _number(
        "learning_rate", "On the hill, the learning rate takes", f"a number from {HILL_LEARNING_RATE}",
        HILL_LEARNING_RATE.low, HILL_LEARNING_RATE.high)] = None
    steps: Annotated[int, Field(ge=HILL_STEPS.low, le=HILL_STEPS.high)]
    curve: bool = True

    @model_validator(mode="after")
    def _names_its_slice(self) -> HillWanted:
        for name, field, takes in OF_A_SLICE:
            value, label = getattr(self, name), f"With the landscape {self.landscape}, {field} takes"
            if self.landscape != SLICE and value is not None:
                raise disagreement(refuse(field, "a spec" if field == "spec" else value, "nothing", label))
            if self.landscape == SLICE and value is None:
                raise disagreement(refuse(field, NOTHING, takes, label))
        return self

"""The textbook's worked example, number by number: what it prints beside what is true.

The numbers are those of the text's section "Example of Back Propagation in Machine Learning" (its own words are not
used). It works with the error term, and so does the tape here: each number is compared as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .presets import PRESETS
from .runs import Run
from .tape import Tape

SIGN = "error_term"


@dataclass(frozen=True)
class Printed:
    """Hold one number as printed. name: the text's own; id: the entry of the tape of pass `number`."""

    name: str
    id: str
    number: int
    printed: str


PRINTED: tuple[Printed, ...] = (
    Printed("a1", "h1.z", 0, "0.21"), Printed("a2", "h2.z", 0, "0.315"),
    Printed("y3", "h1.a", 0, "0.56"), Printed("y4", "h2.a", 0, "0.59"),
    Printed("a3", "o1.z", 0, "0.702"), Printed("y5", "o1.a", 0, "0.67"),
    Printed("error", "o1.grad_a", 0, "-0.17"),
    Printed("δ5", "o1.delta", 0, "-0.0376"),
    Printed("δ3", "h1.delta", 0, "-0.0027"), Printed("δ4", "h2.delta", 0, "-0.0819"),
    Printed("w11", "new:x1>h1", 0, "0.200945"), Printed("w21", "new:x2>h1", 0, "0.269445"),
    Printed("w12", "new:x1>h2", 0, "0.273225"), Printed("w22", "new:x2>h2", 0, "0.18534"),
    Printed("w13", "new:h1>o1", 0, "0.086615"), Printed("w23", "new:h2>o1", 0, "0.877816"),
    Printed("y3", "h1.a", 1, "0.57"), Printed("y4", "h2.a", 1, "0.56"),
    Printed("y5", "o1.a", 1, "0.61"), Printed("error", "o1.grad_a", 1, "-0.11"),
)


def textbook_rows() -> list[dict[str, Any]]:
    """Return each printed number beside the exact one, both with the text's sign, and whether they agree as rounded."""
    spec = PRESETS[0].spec
    run = Run(spec.network(), spec.data.x, spec.data.y, loss=spec.loss, learning_rate=spec.learning_rate,
              sign=SIGN)
    tapes = [run.one_pass(number).tape() for number in (0, 1)]
    return [_row(each, tapes) for each in PRINTED]


def _row(printed: Printed, tapes: Sequence[Tape]) -> dict[str, Any]:
    exact = tapes[printed.number][printed.id].value
    digits = len(printed.printed.partition(".")[2])
    return {"name": printed.name, "id": printed.id, "pass": printed.number, "printed": printed.printed,
            "digits": digits, "exact": exact,
            "agrees": round(exact, digits) == float(printed.printed)}

"""The textbook's worked example, number by number: what it prints beside what is true, and where it went wrong.

The numbers are those of the text's section "Example of Back Propagation in Machine Learning" (its own words are not
used). It works with the error term, and so does the tape here: each number is compared as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .presets import PRESETS
from .reprinted import Reprinted
from .runs import Run
from .tape import Tape

SIGN = "error_term"
AGREES, CHANCE, ROUNDED, INHERITS, SLIP = "agrees", "chance", "rounded", "inherits", "slip"


@dataclass(frozen=True)
class Printed:
    """Hold one number as printed. name: the text's own; id: the entry of the tape of pass `number`."""

    name: str
    id: str
    number: int
    printed: str

    @property
    def digits(self) -> int:
        """Return how many decimals are printed."""
        return len(self.printed.partition(".")[2])

    def is_printed_of(self, value: float) -> bool:
        """Return whether a value, rounded to as many decimals, is what is printed."""
        return round(value, self.digits) == float(self.printed)


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
    """Return each printed number beside the exact one, both with the text's sign, and what is to be said of it.

    follows: the number worked out from the *printed* numbers that it is made of. kind: `agrees` with the exact number
    as rounded; `chance`: it does, but not with those before it; `slip`: it does neither; `inherits`: it follows from
    those before it, and one of them goes back to a slip; `rounded`: it follows, and they differ by rounding alone.
    The text goes on with what it printed, rounded, wherever that can be told (δ5, w23). Did it keep more digits than it
    prints, a3 might follow from the slips before it; no other slip would (tests/unit/test_textbook.py).
    """
    spec = PRESETS[0].spec
    run = Run(spec.network(), spec.data.x, spec.data.y, loss=spec.loss, learning_rate=spec.learning_rate,
              sign=SIGN)
    tapes = [run.one_pass(number).tape() for number in (0, 1)]
    values = {(each.number, each.id): float(each.printed) for each in PRINTED}
    reprinted = Reprinted(spec, tapes[0], values)
    kinds: dict[tuple[int, str], str] = {}
    rows = []
    for each in PRINTED:
        follows, makers = reprinted.worked_out(each.number, each.id)
        row = _row(each, tapes, follows)
        row["kind"] = kinds[each.number, each.id] = _kind(each, row, [kinds[maker] for maker in makers])
        rows.append(row)
    return rows


def _row(printed: Printed, tapes: Sequence[Tape], follows: float) -> dict[str, Any]:
    exact = tapes[printed.number][printed.id].value
    return {"name": printed.name, "id": printed.id, "pass": printed.number, "printed": printed.printed,
            "digits": printed.digits, "exact": exact, "follows": follows, "agrees": printed.is_printed_of(exact)}


def _kind(printed: Printed, row: dict[str, Any], makers: Sequence[str]) -> str:
    """Return what is to be said of a number; makers: what was said of the printed numbers that it is made of."""
    follows = printed.is_printed_of(row["follows"])
    if row["agrees"]:
        return AGREES if follows else CHANCE
    if not follows:
        return SLIP
    return INHERITS if {SLIP, INHERITS} & set(makers) else ROUNDED

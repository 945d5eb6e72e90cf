"""The textbook's printed numbers beside the exact ones, where it went wrong: held against independent arithmetic."""

import json
from collections import Counter
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from backprop.textbook import PRINTED, textbook_rows

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "worked_example_2_2_1.json").read_text())["values"]
ROWS = textbook_rows()


def test_every_printed_number_is_there_in_its_order() -> None:
    assert [float(row["printed"]) for row in ROWS] == [value["printed"] for value in REFERENCE]
    assert len(PRINTED) == 20


@pytest.mark.parametrize(("row", "value"), list(zip(ROWS, REFERENCE, strict=True)),
                         ids=[value["name"] for value in REFERENCE])
def test_the_exact_number_and_the_verdict_are_the_references(row: dict[str, object], value: dict[str, object]) -> None:
    assert row["exact"] == pytest.approx(value["exact"], rel=1e-12)
    assert ("agrees" if row["agrees"] else "differs") == str(value["verdict"]).split()[0]


def test_fifteen_of_twenty_differ() -> None:
    assert sum(not row["agrees"] for row in ROWS) == 15


PRINTS = {f"{each.name}{'′' * each.number}": Decimal(each.printed) for each in PRINTED}
X1, X2, TARGET, ONE = Decimal("0.35"), Decimal("0.7"), Decimal("0.5"), Decimal(1)
W = {"w11": Decimal("0.2"), "w21": Decimal("0.2"), "w12": Decimal("0.3"), "w22": Decimal("0.3"),
     "w13": Decimal("0.3"), "w23": Decimal("0.9")}


def squashed(z: Decimal) -> Decimal:
    return ONE / (ONE + (-z).exp())


# Each number by the printed ones that it is made of, written out by hand; the rate is 1.
RULES: dict[str, tuple[tuple[str, ...], Callable[..., Decimal]]] = {
    "a1": ((), lambda: W["w11"] * X1 + W["w21"] * X2), "a2": ((), lambda: W["w12"] * X1 + W["w22"] * X2),
    "y3": (("a1",), squashed), "y4": (("a2",), squashed),
    "a3": (("y3", "y4"), lambda y3, y4: W["w13"] * y3 + W["w23"] * y4), "y5": (("a3",), squashed),
    "error": (("y5",), lambda y5: TARGET - y5),
    "δ5": (("y5", "error"), lambda y5, error: y5 * (1 - y5) * error),
    "δ3": (("y3", "δ5"), lambda y3, d5: y3 * (1 - y3) * W["w13"] * d5),
    "δ4": (("y4", "δ5"), lambda y4, d5: y4 * (1 - y4) * W["w23"] * d5),
    "w11": (("δ3",), lambda d: W["w11"] + d * X1), "w21": (("δ3",), lambda d: W["w21"] + d * X2),
    "w12": (("δ4",), lambda d: W["w12"] + d * X1), "w22": (("δ4",), lambda d: W["w22"] + d * X2),
    "w13": (("δ5", "y3"), lambda d, y: W["w13"] + d * y), "w23": (("δ5", "y4"), lambda d, y: W["w23"] + d * y),
    "y3′": (("w11", "w21"), lambda w11, w21: squashed(w11 * X1 + w21 * X2)),
    "y4′": (("w12", "w22"), lambda w12, w22: squashed(w12 * X1 + w22 * X2)),
    "y5′": (("w13", "w23", "y3′", "y4′"), lambda w13, w23, y3, y4: squashed(w13 * y3 + w23 * y4)),
    "error′": (("y5′",), lambda y5: TARGET - y5),
}
KINDS = dict(zip(PRINTS, (row["kind"] for row in ROWS), strict=True))


def unit(name: str) -> Decimal:
    """One in the last place that is printed."""
    exponent = PRINTS[name].as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def between(name: str, spread: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest that a number can be, with every printed one before it off by so many units."""
    makers, rule = RULES[name]
    ends = [(PRINTS[each] - spread * unit(each), PRINTS[each] + spread * unit(each)) for each in makers]
    found = [rule(*corner) for corner in product(*ends)]
    return min(found), max(found)


@pytest.mark.parametrize(("name", "row"), list(zip(PRINTS, ROWS, strict=True)), ids=list(PRINTS))
def test_what_follows_from_the_printed_numbers_and_what_is_said_of_it(name: str, row: dict[str, Any]) -> None:
    makers, rule = RULES[name]
    follows = rule(*(PRINTS[each] for each in makers))
    assert row["follows"] == pytest.approx(float(follows), rel=1e-12)
    agrees = Decimal(row["exact"]).quantize(unit(name), ROUND_HALF_UP) == PRINTS[name]
    does = follows.quantize(unit(name), ROUND_HALF_UP) == PRINTS[name]
    wrong = any(KINDS[each] in ("slip", "inherits") for each in makers)
    assert row["kind"] == {(True, True): "agrees", (True, False): "chance", (False, False): "slip",
                           (False, True): "inherits" if wrong else "rounded"}[agrees, does]


def test_eleven_slips_and_four_that_only_follow() -> None:
    assert Counter(KINDS.values()) == {"slip": 11, "inherits": 3, "rounded": 1, "chance": 1, "agrees": 4}
    assert [name for name, kind in KINDS.items() if kind == "inherits"] == ["w23", "y4′", "error′"]
    assert [name for name in KINDS if KINDS[name] in ("rounded", "chance")] == ["δ5", "δ3"]


def test_no_slip_is_made_by_cutting_off_or_by_digits_that_were_not_printed() -> None:
    """Only a3 might be: of hidden values with more digits, both of them slips already."""
    for name in [name for name, kind in KINDS.items() if kind == "slip"]:
        follows = between(name, Decimal(0))[0]
        assert follows.quantize(unit(name), ROUND_DOWN) != PRINTS[name]
        low, high = between(name, Decimal("0.5"))
        reached = low - unit(name) / 2 <= PRINTS[name] <= high + unit(name) / 2
        assert reached == (name == "a3"), name
    assert between("δ3", Decimal(0))[0].quantize(unit("δ3"), ROUND_DOWN) == PRINTS["δ3"]  # cut off, it seems

"""The textbook's printed numbers beside the exact ones: held against independent arithmetic of thirty digits."""

import json
from pathlib import Path

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

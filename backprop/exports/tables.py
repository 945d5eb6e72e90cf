"""Tables as text: CSV as RFC 4180 has it, and JSON. Numbers are written with every digit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

Cell = str | int | float | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the table as CSV: lines end in CRLF, cells with a comma, a quote or a line break are quoted.

    A float is its repr, and None an empty cell. No cell with words begins with a sign that a spreadsheet would take
    for a formula: see to that with what goes in.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def json_text(fields: dict[str, object]) -> str:
    """Return strict JSON with a line to each field, and a line to each item of a list of objects.

    ValueError for NaN and infinities.
    """
    lines = [f"{_plain(name)}: {_value(value)}" for name, value in fields.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return "[\n  " + ",\n  ".join(_plain(item) for item in value) + "\n]"
    return _plain(value)


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

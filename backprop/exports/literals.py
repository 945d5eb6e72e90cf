"""Numbers as Python writes them: every digit, so that what is read back has the same bits."""

from __future__ import annotations

from collections.abc import Sequence

from ..activations import Array

WIDEST_LINE = 110


def number(value: float) -> str:
    """Return the shortest text that gives this float64 again."""
    return repr(float(value))


def call(name: str, function: str, values: Array, *, more: str = "") -> str:
    """Return `name = function([...])`, a row of a matrix to a line. more: ", requires_grad=True", after the numbers."""
    head = f"{name} = {function}("
    return f"{head}{nested(values, len(head))}{more})"


def nested(values: Array, column: int) -> str:
    """Return a vector or a matrix as lists, written from `column` on; a row that is too wide goes on below itself."""
    if values.ndim == 1:
        return f"[{_joined([number(value) for value in values], column + 1)}]"
    rows = [nested(row, column + 1) for row in values]
    return "[" + f",\n{' ' * (column + 1)}".join(rows) + "]"


def _joined(texts: Sequence[str], column: int) -> str:
    lines: list[str] = []
    for text in texts:
        if lines and column + len(lines[-1]) + len(text) + 3 <= WIDEST_LINE:
            lines[-1] += f", {text}"
        else:
            lines.append(text)
    return f",\n{' ' * column}".join(lines)

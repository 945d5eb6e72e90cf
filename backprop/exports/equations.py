"""An entry of a tape as an equation on several lines: formula, the formula with its numbers, value."""

from __future__ import annotations

import math
from collections.abc import Callable

from .. import tex
from ..entries import Entry, Piece, Tape

DIGITS = 6
NOISE = 1e-12  # what rounding leaves in a number that is whole on paper: 0.20999999999999996 is 0.21
LONGEST_LINE = 4  # terms of a sum; then it goes on below


def rounded(value: float, digits: int = DIGITS) -> float:
    """Return the number to so many significant digits."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else value


def near(value: float, digits: int = DIGITS) -> str:
    """Write a number as TeX, to so many significant digits, safe beside any operator."""
    return tex.number(rounded(value, digits))


def alone(value: float, digits: int = DIGITS) -> str:
    """Write a number as TeX where nothing stands beside it: without brackets."""
    return near(value, digits).removeprefix("(").removesuffix(")")


def relation(*values: float) -> str:
    """Return the sign between a formula and what it is shown as: = or ≈, if showing rounds one of the values."""
    exact = all(math.isclose(value, rounded(value), rel_tol=NOISE) for value in values if math.isfinite(value))
    return "=" if exact else r"\approx"


def aligned(tape: Tape, entry: Entry) -> str:
    r"""Write the entry as an aligned equation. Lines end in \\cr: a doubled backslash is Markdown's to swallow."""
    shown = [tape[piece.ref].value for piece in entry.pieces if piece.ref is not None]
    lines = [f"{entry.symbol} &= {_side(entry, lambda ref: tex.beside(tape[ref].symbol))}"]
    if shown:
        lines.append(f"&{relation(*shown)} {_side(entry, lambda ref: near(tape[ref].value))}")
    lines.append(f"&{relation(entry.value)} {alone(entry.value)}")
    return "\\begin{aligned}\n" + " \\cr\n".join(lines) + "\n\\end{aligned}"


def _side(entry: Entry, operand: Callable[[str], str]) -> str:
    """Write the right-hand side with each piece's operand put in; a long sum is broken before a plus."""
    text, terms = "", 1
    for piece in entry.pieces:
        if _is_plus(piece):
            terms += 1
            if terms % LONGEST_LINE == 1:
                text += " \\cr\n&\\quad"
        text += f" {piece.fill(operand(piece.ref)) if piece.ref else piece.tex}"
    return text.strip()


def _is_plus(piece: Piece) -> bool:
    return piece.ref is None and piece.tex == "+"

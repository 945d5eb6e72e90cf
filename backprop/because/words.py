"""The words that every `because` sentence shares: numbers as they are read, names, and a turn of phrase."""

from __future__ import annotations

import math
from collections.abc import Sequence

SMALLEST_IN_DECIMALS = 1e-6
LARGEST_IN_DECIMALS = 1e7
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def show(value: float) -> str:
    """Write a number to be read: at most four decimals, a small one with two digits that say something.

    0.66507 -> 0.6651, -0.5 -> −0.5, 0.00095466 -> 0.00095, 3.1e-9 -> 3.1×10⁻⁹, 0.0 -> 0.
    """
    size = abs(value)
    if size == 0.0:
        return "0"
    if not math.isfinite(value):
        return "more than can be written"
    minus = "−" if value < 0 else ""
    if not SMALLEST_IN_DECIMALS <= size < LARGEST_IN_DECIMALS:
        mantissa, _, exponent = f"{size:.1e}".partition("e")
        return f"{minus}{mantissa.removesuffix('.0')}×10{str(int(exponent)).translate(_RAISED)}"
    decimals = 4 if size >= 0.001 else 1 - math.floor(math.log10(size))
    return minus + f"{size:.{decimals}f}".rstrip("0").rstrip(".")


def size(value: float) -> str:
    """Write a number without its sign."""
    return show(abs(value))


def looks_equal(one: float, other: float) -> bool:
    """Say whether a reader would see the same number twice."""
    return show(one) == show(other)


def edge(source: str, to: str) -> str:
    """Name a weight or a bias: the weight x1→h1, the bias of h1."""
    return f"the bias of {to}" if source == "b" else f"the weight {source}→{to}"


def listed(parts: Sequence[str]) -> str:
    """Join the parts of a list: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def turn(ordinal: int, *phrasings: str) -> str:
    """Choose among phrasings of the same truth, so that neighbours do not sound alike."""
    return phrasings[ordinal % len(phrasings)]


def sentence(text: str) -> str:
    """Close a sentence; one that opens with a plain word gets its capital, one that opens with a node does not."""
    opening = text.split(maxsplit=1)[0].rstrip(",:;")
    capital = text[0] if any(mark.isdigit() for mark in opening) else text[0].upper()
    return f"{capital}{text[1:]}."


def effect(gradient: float) -> str:
    """Say what going up would do to the loss: would raise the loss, would lower the loss."""
    return "would raise the loss" if gradient > 0 else "would lower the loss"


def not_finite(value: float) -> str:
    """Say why a number cannot be had any more."""
    if math.isnan(value):
        return "The numbers before it grew without end, so this one is no number at all."
    if math.isinf(value):
        return "This number has grown past the largest that a computer can hold."
    return "One of the numbers before it has grown past the largest that a computer can hold."

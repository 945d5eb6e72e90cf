"""Argument checks: a ValueError of one sentence that names the argument, what it got and what it takes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from .activations import Array

Entry = TypeVar("Entry")


def refusal(argument: str, got: str, takes: str) -> ValueError:
    """Return the ValueError for `argument`: "<argument> got <got>, but takes <takes>."."""
    return ValueError(f"{argument} got {got}, but takes {takes}.")


def shown(value: object) -> str:
    """Show a refused value in at most sixty characters."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def one_of(argument: str, value: object, entries: dict[str, Entry]) -> Entry:
    """Look `value` up by name, or refuse it with the list of names."""
    if isinstance(value, str) and value in entries:
        return entries[value]
    raise refusal(argument, shown(value), f"one of {', '.join(entries)}")


def numbers(argument: str, value: Any, dimensions: int, takes: str) -> Array:
    """Copy `value` into a read-only float64 array of finite numbers with so many dimensions."""
    try:
        given = np.asarray(value)
    except (ValueError, TypeError):
        raise refusal(argument, "rows of unequal length", takes) from None
    if given.dtype.kind not in "biuf":
        raise refusal(argument, shown(value), takes)
    if given.ndim != dimensions or given.size == 0:
        raise refusal(argument, f"shape {given.shape}", takes)
    if given.dtype == np.float64:
        array = np.array(given, order="C")
    else:
        with np.errstate(over="ignore"):
            array = np.array(given, dtype=np.float64, order="C")
    if not np.isfinite(array).all():
        place = tuple(int(index) for index in np.argwhere(~np.isfinite(array))[0])
        raise refusal(argument, f"{array[place]} at {list(place)}", "finite numbers only")
    array.flags.writeable = False
    return array


def sequence(argument: str, value: Any, takes: str) -> Sequence[Any]:
    """Return `value` as a list or an array's rows; refuse text, single numbers and what cannot be counted."""
    countable = value.ndim > 0 if isinstance(value, np.ndarray) else isinstance(value, Iterable)
    if countable and not isinstance(value, str | bytes | dict):
        return list(value)
    raise refusal(argument, shown(value), takes)


def number(argument: str, value: Any, low: float, takes: str) -> float:
    """Return a finite number that is `low` or more as a float."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise refusal(argument, shown(value), takes)
    try:
        result = float(value)
    except OverflowError:
        raise refusal(argument, shown(value), takes) from None
    if not math.isfinite(result) or result < low:
        raise refusal(argument, shown(value), takes)
    return result


def whole_number(argument: str, value: Any, low: int, takes: str) -> int:
    """Return a whole number that is `low` or more as an int."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise refusal(argument, shown(value), takes)
    return int(value)

"""Refusals a learner understands: which field, what it got, what it takes, and one plain sentence."""

from __future__ import annotations

import json
from typing import Any

from .bounds import number_text

LONGEST_SHOWN = 60


class Refused(ValueError):
    """Say why a request was refused.

    field: the name of the field, dotted where it lies deeper ("initial.weights"). got: what it got, as text.
    takes: what it takes, in words. message: one plain sentence of all three.
    """

    def __init__(self, field: str, got: str, takes: str, message: str) -> None:
        """Keep the four parts; the sentence is what is printed."""
        super().__init__(message)
        self.field = field
        self.got = got
        self.takes = takes
        self.message = message

    def as_dict(self) -> dict[str, str]:
        """Return the four parts, as the wire carries them."""
        return {"field": self.field, "got": self.got, "takes": self.takes, "message": self.message}


class Nothing:
    """Stand for a field that is not there."""


NOTHING = Nothing()


def refuse(field: str, value: object, takes: str, label: str) -> Refused:
    """Return the refusal "<label> <takes>, but got <value>."; `label` ends in its verb: "Learning rate takes"."""
    return Refused(field, as_text(value), takes, f"{label} {takes}, but got {in_prose(value)}.")


def as_text(value: object) -> str:
    """Show a value as a client sent it: JSON, but a text without its quotes, in at most sixty characters."""
    if value is NOTHING:
        return "nothing"
    text = value if isinstance(value, str) else _json(value)
    if isinstance(value, list | tuple) and len(text) > LONGEST_SHOWN:
        return f"a list of {len(value)}"
    return shortened(text)


def in_prose(value: object) -> str:
    """Show a value within a sentence: a number with a true minus sign, a text in quotes."""
    if value is NOTHING or value is None:
        return "nothing"
    if isinstance(value, str):
        return f"the text “{shortened(value)}”"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shortened(number_text(value))
    return as_text(value)


def shortened(text: str) -> str:
    """Cut a text to sixty characters."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN - 1]}…"


def _json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__


def at(payload: Any, path: tuple[int | str, ...]) -> object:
    """Return what lies in `payload` at the path of keys and positions, or NOTHING."""
    for key in path:
        try:
            payload = payload[key]
        except (KeyError, IndexError, TypeError):
            return NOTHING
    return payload

"""The JSON of the wire: strict both ways, and able to carry text that is encoded already."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

LONGEST_INTEGER = 18  # digits; every integer of a request is far smaller


class Encoded:
    """Hold JSON text that goes onto the wire as it is."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Keep the text, which must be valid JSON."""
        self.text = text


def encode(value: object) -> str:
    """Return strict JSON without spaces, in ASCII: one byte a character in memory, where "→" would make all of it two.

    ValueError for NaN and infinities, TypeError for what is not plain JSON (a NumPy scalar, a set).
    """
    return _ENCODER.encode(value)


class WithBytes(dict[str, Any]):
    """Hold the fields of an answer, of which `body` is bytes; the others are encoded once, for all who ask.

    question: names what it answers, where that may be asked again.
    """

    question: Any = None

    @cached_property
    def head(self) -> str:
        """The fields as Socket.IO sends them, with a place for the bytes that follow."""
        return encode({**self, "body": {"_placeholder": True, "num": 0}})


def encode_object(fields: dict[str, object]) -> Encoded:
    """Return a JSON object whose values may be `Encoded`, or lists that hold some."""
    return Encoded("{" + ",".join(f"{encode(name)}:{_text(value)}" for name, value in fields.items()) + "}")


def joined(*objects: Encoded) -> Encoded:
    """Return one JSON object with the fields of several, none of them empty and no two with a field in common."""
    return Encoded("{" + ",".join(part.text[1:-1] for part in objects) + "}")


def _text(value: object) -> str:
    if isinstance(value, Encoded):
        return value.text
    if isinstance(value, list) and any(isinstance(item, Encoded) for item in value):
        return "[" + ",".join(_text(item) for item in value) + "]"
    return encode(value)


class StrictJSON:
    """Be the `json` module of Socket.IO and Engine.IO."""

    @staticmethod
    def dumps(value: object, **options: Any) -> str:
        """Encode strictly, whatever options the library asks for."""
        return _text(value)

    @staticmethod
    def loads(text: str | bytes, **options: Any) -> Any:
        """Decode; a NaN or an endless integer becomes a float that the spec's bounds refuse by the field's name."""
        return _DECODER.decode(text if isinstance(text, str) else text.decode())  # Redis gives bytes


def _bounded_int(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_int=_bounded_int)

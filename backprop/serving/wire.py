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
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


class LongText(str):
    """Be a text that is put together only as it is sent: a thousand who are sent the same long answer share it.

    As a text it is its beginning; what goes before is added as to any other.
    """

    body: str

    def __new__(cls, head: str, body: str) -> LongText:
        """Begin with `head`, go on with `body`, and end with a bracket."""
        made = super().__new__(cls, head)
        made.body = body
        return made

    def __radd__(self, before: str) -> LongText:
        """Return it with a beginning before its own."""
        return LongText("".join((before, self)), self.body)

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        """Return all of it."""
        return b"".join((super().encode(encoding, errors), self.body.encode(encoding, errors), b"]"))


class WithBytes(dict[str, Any]):
    """Hold the fields of an answer, of which `body` is bytes; the others are encoded once, for all who ask."""

    @cached_property
    def head(self) -> Encoded:
        """The fields as Socket.IO sends them, with a place for the bytes that follow."""
        return Encoded(encode({**self, "body": {"_placeholder": True, "num": 0}}))


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


_DECODER = json.JSONDecoder(parse_int=_bounded_int)

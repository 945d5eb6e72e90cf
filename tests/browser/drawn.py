"""Drawings compared as an eye would: the same marks and words, lines within a pixel of where they were."""

from __future__ import annotations

import re
from html.parser import HTMLParser

NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)")
PIXEL = 1.0
WORDS = {"class", "id", "href", "scope", "colspan", "rowspan", "text-anchor", "fill"}
Mark = tuple[str, tuple[tuple[str, str], ...]]


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Mark] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", (("", data),)))


def marks(html: str) -> list[Mark]:
    """Return elements and words in order."""
    parser = _Marks()
    parser.feed(html)
    return parser.found


def first_difference(one: str, other: str) -> tuple[Mark, Mark] | None:
    """Return the first two marks that differ by more than a pixel in place, or by a word; None where none do."""
    left, right = marks(one), marks(other)
    end: Mark = ("the end", ())
    for index in range(max(len(left), len(right))):
        pair = (left[index] if index < len(left) else end, right[index] if index < len(right) else end)
        if not _alike(*pair):
            return pair
    return None


def _alike(one: Mark, other: Mark) -> bool:
    if one[0] != other[0] or one[0] == "text":
        return one == other
    if len(one[1]) != len(other[1]):
        return False
    return all(name == same and (value == now or (name not in WORDS and _near(value, now)))
               for (name, value), (same, now) in zip(one[1], other[1], strict=True))


def _near(one: str, other: str) -> bool:
    """Say whether two values of an attribute are the same but for numbers less than a pixel apart."""
    parts = list(zip(NUMBER.split(one), NUMBER.split(other), strict=False))
    if len(NUMBER.split(one)) != len(NUMBER.split(other)):
        return False
    return all(abs(float(a) - float(b)) <= PIXEL if place % 2 else a == b for place, (a, b) in enumerate(parts))

"""A small memory of encoded answers: what is asked again is not computed again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

CHARACTERS_KEPT = 32_000_000


class TextCache:
    """Keep the texts used last, up to so many characters in all."""

    def __init__(self, kept: int = CHARACTERS_KEPT) -> None:
        """Begin empty."""
        self._kept = kept
        self._size = 0
        self._texts: OrderedDict[Hashable, str] = OrderedDict()

    def text(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the text of `key`, made now if it is not remembered. Equal keys must make equal texts."""
        text = self._texts.get(key)
        if text is not None:
            self._texts.move_to_end(key)
            return text
        text = make()  # others may run meanwhile, and may have made it too
        self._size += len(text) - len(self._texts.get(key, ""))
        self._texts[key] = text
        while self._size > self._kept:
            _, forgotten = self._texts.popitem(last=False)
            self._size -= len(forgotten)
        return text

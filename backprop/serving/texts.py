"""A small memory of encoded answers: what is asked again is not computed again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from .processor import Processor

CHARACTERS_KEPT = 32_000_000


class TextCache:
    """Keep the texts used last, up to so many characters in all."""

    def __init__(self, kept: int = CHARACTERS_KEPT, processor: Processor | None = None) -> None:
        """Begin empty. processor: whose turns are taken, so that who waits does not pay for others' work."""
        self._kept = kept
        self._processor = processor or Processor()
        self._size = 0
        self._texts: OrderedDict[Hashable, str] = OrderedDict()
        self._turns: dict[Hashable, threading.Lock] = {}  # of what is being made

    def text(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the text of `key`, made now if it is not remembered. Equal keys must make equal texts.

        Whoever asks for it while it is being made waits for it: a class that comes in at once costs one text.
        """
        text = self._remembered(key)
        if text is not None:
            return text
        turn = self._turns.setdefault(key, threading.Lock())
        with self._processor.turn(turn):
            text = self._remembered(key)
            if text is None:
                try:
                    text = make()
                finally:
                    self._turns.pop(key, None)
                self._keep(key, text)
        return text

    def _remembered(self, key: Hashable) -> str | None:
        text = self._texts.get(key)
        if text is not None:
            self._texts.move_to_end(key)
        return text

    def _keep(self, key: Hashable, text: str) -> None:
        self._size += len(text) - len(self._texts.get(key, ""))
        self._texts[key] = text
        while self._size > self._kept:
            _, forgotten = self._texts.popitem(last=False)
            self._size -= len(forgotten)

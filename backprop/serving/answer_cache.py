"""A small memory of answers that carry bytes: equal questions get the same answer, encoded once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from .wire import WithBytes

AN_ANSWER_BYTES = 1000  # that an answer takes beside its bytes


class AnswerCache:
    """Keep the answers used last, up to so many bytes in all."""

    def __init__(self, kept: int) -> None:
        """Begin empty."""
        self._kept = kept
        self._size = 0
        self._answers: OrderedDict[Hashable, tuple[WithBytes, int]] = OrderedDict()

    @property
    def size(self) -> int:
        """How many bytes it keeps."""
        return self._size

    def get(self, question: Hashable) -> WithBytes | None:
        """Return the answer, if it is remembered."""
        found = self._answers.get(question)
        if found is None:
            return None
        self._answers.move_to_end(question)
        return found[0]

    def keep(self, question: Hashable, answer: WithBytes, size: int) -> None:
        """Remember an answer of so many bytes, and let go of those used longest ago."""
        size += AN_ANSWER_BYTES
        self._answers[question] = answer, size
        self._size += size
        while self._size > self._kept:
            _, (_, forgotten) = self._answers.popitem(last=False)
            self._size -= forgotten

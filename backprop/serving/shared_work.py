"""Work in short pieces that several may wait for: it goes on as long as one of them is left, and is done once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, Protocol, TypeVar

from .asker import Gone
from .processor import Processor


class Pieces(Protocol):
    """Be work that is done piece by piece. size: of a piece, as Processor.worked counts it."""

    size: int

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""

    def go_on(self) -> None:
        """Do the next piece."""


Work = TypeVar("Work", bound=Pieces)


def take_turns(processor: Processor, turn: Any, done: Callable[[], bool], go_on: Callable[[], None],
               size: int) -> None:
    """Do pieces of this size until it is done, one at a time, in turn with whoever holds the same lock for its own."""
    while not done():
        with processor.turn(turn):
            if not done():
                processor.worked(go_on, size)
        if not done():
            processor.breathe()  # or the turn would be ours again before who waits for it wakes


class SharedWork(Generic[Work]):
    """Keep what is being worked on, by question, until the last who waits for it has left."""

    def __init__(self, processor: Processor) -> None:
        """Begin with nothing under way."""
        self._processor = processor
        self._under_way: dict[Hashable, _UnderWay[Work]] = {}

    def finished(self, question: Hashable, begin: Callable[[], Work], turn: Any = None) -> Work:
        """Return the work, done: begun now, or by somebody else who asked the same. turn: a lock that it shares."""
        one = self._under_way.get(question)
        if one is None:
            one = self._under_way[question] = _UnderWay(begin(), turn or threading.Lock())
        one.waiting += 1
        try:
            take_turns(self._processor, one.turn, lambda: one.failed or one.work.done, one.work.go_on, one.work.size)
            if one.failed:
                raise RuntimeError("Another who asked the same found a fault.")
            return one.work
        except Gone:
            raise
        except Exception:
            one.failed = True
            raise
        finally:
            one.waiting -= 1
            if (one.failed or one.waiting == 0) and self._under_way.get(question) is one:
                del self._under_way[question]

    def under_way(self, question: Hashable) -> bool:
        """Say whether somebody waits for this already."""
        return question in self._under_way


class _UnderWay(Generic[Work]):
    def __init__(self, work: Work, turn: Any) -> None:
        self.work, self.turn, self.waiting, self.failed = work, turn, 0, False

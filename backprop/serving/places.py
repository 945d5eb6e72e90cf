"""Places for work that goes on aside: so many at a time, and whoever has had least of them comes next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gevent.event import Event

from .fair_queue import FairQueue, Share


class Places:
    """Let so many work at a time."""

    def __init__(self, many: int) -> None:
        """Begin with all of them free."""
        self._many = self._free = many
        self._queue: FairQueue[Event] = FairQueue()

    @contextmanager
    def place(self, share: Share) -> Iterator[None]:
        """Hold a place in the block, once it is one's turn."""
        called = Event()
        self._queue.push(share, called)
        self._call()
        try:
            called.wait()
            yield
        finally:
            if called.is_set():
                self._free += 1
                self._call()
            called.set()  # who was killed while it waited is not called any more

    def used(self, share: Share, seconds: float) -> None:
        """Count what one who holds a place has used."""
        self._queue.served(share, seconds, self._many - self._free)

    def _call(self) -> None:
        """Call who comes next to the places that are free."""
        while self._free and len(self._queue):
            _, called = self._queue.pop()
            if not called.is_set():
                self._free -= 1
                called.set()
        if self._free == self._many:
            self._queue.rest()

"""What a connection's questions cost in processor time, and how much of that it may use.

A meter runs while a request is worked on: on gevent's thread between two pauses, and in the threads of the pool around
each piece of work. What it counts is taken from the connection's allowance, which refills. A connection that has used
more than it had is refused until the allowance has come back; one that has used much waits in line with its like.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALLOWANCE_SECONDS = 60.0  # the depth slider pulled over all its places costs 10, five times that on a slow machine
REFILL_SECONDS = 120.0  # of the clock, until an empty allowance is full again
GREEDY_SECONDS = 2.0  # who has used more than this of late waits in line with the others who have


class Gone(Exception):
    """Say that nobody waits for this answer any more."""


class Allowance:
    """Hold processor seconds: so many at first and at most, and they come back. It may fall below nothing."""

    def __init__(self, seconds: float = ALLOWANCE_SECONDS, refill: float = REFILL_SECONDS,
                 clock: Callable[[], float] = time.monotonic) -> None:
        """Begin full. `clock` gives seconds."""
        self.most, self.refill, self._clock = seconds, refill, clock
        self._left = self.most
        self._seen = clock()

    @property
    def used(self) -> float:
        """How many seconds are missing until it is full again."""
        now = self._clock()
        self._left = min(self.most, self._left + (now - self._seen) * self.most / self.refill)
        self._seen = now
        return self.most - self._left

    @property
    def greedy(self) -> bool:
        """Whether much was used of late."""
        return self.used > GREEDY_SECONDS

    @property
    def wait(self) -> float:
        """How many seconds of the clock until something may be asked again; 0: now."""
        return max(0.0, self.used - self.most) * self.refill / self.most

    def spend(self, seconds: float) -> None:
        """Take processor seconds, whether they are there or not."""
        self._left = self.most - self.used - seconds


class Meter:
    """Count what one request costs."""

    def __init__(self, allowance: Allowance, gone: Callable[[], bool] = lambda: False) -> None:
        """Keep whose request it is, and what says that nobody waits for it any more."""
        self._allowance, self._gone = allowance, gone
        self._since: float | None = None

    @property
    def greedy(self) -> bool:
        """Whether this connection has used much of late."""
        return self._allowance.greedy

    def spend(self, seconds: float) -> None:
        """Take processor seconds from the connection's allowance."""
        self._allowance.spend(seconds)

    def check(self) -> None:
        """Raise Gone where nobody waits for the answer."""
        if self._gone():
            raise Gone

    def __enter__(self) -> Meter:
        """Count this thread's time in the block, but for the pauses in it."""
        self._token = _CURRENT.set(self)
        self._since = time.thread_time()
        return self

    def __exit__(self, *fault: object) -> None:
        """Count no more."""
        self._count()
        _CURRENT.reset(self._token)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Count nothing in the block: others use this thread meanwhile."""
        self._count()
        try:
            yield
        finally:
            self._since = time.thread_time()

    def _count(self) -> None:
        if self._since is not None:
            self.spend(time.thread_time() - self._since)
            self._since = None


_CURRENT: ContextVar[Meter | None] = ContextVar("meter", default=None)


def current() -> Meter | None:
    """Return the meter of the request that this greenlet works on."""
    return _CURRENT.get()

"""What a connection's questions cost in processor time, and how much of that it may use.

What it uses of gevent's loop (line.py) and of the threads (processor.py) is taken from its allowance, which refills. A
connection that has used more than it had is refused until the allowance has come back.
"""

from __future__ import annotations

import time
from collections.abc import Callable

ALLOWANCE_SECONDS = 60.0  # the depth slider pulled over all its places costs 10, five times that on a slow machine
REFILL_SECONDS = 120.0  # of the clock, until an empty allowance is full again
GREEDY_SECONDS = 2.0  # who has used more than this of late leaves a place for the others (run_answers.py)


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

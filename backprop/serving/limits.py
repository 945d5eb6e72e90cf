"""What one connection may ask for, and how many connections there may be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..refusals import Refused

MOST_CONNECTIONS = 2000
MOST_IN_FLIGHT = 2
MOST_UNSENT = 4  # packets: an answer with bytes is two
MESSAGE_BYTES = 64 * 1024
INBOX_MESSAGES = 16
REQUESTS_PER_SECOND, REQUESTS_AT_ONCE = 40, 80
FRAMES_PER_SECOND, FRAMES_AT_ONCE = 200, 400  # beyond this the connection is closed: a flood
ANSWER_CHARACTERS = 2_500_000  # an answer of passes ends before it grows beyond this


class TokenBucket:
    """Let `burst` through at once and `rate` a second in the long run."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin full. `clock` gives seconds."""
        self.rate, self._burst, self._clock = rate, burst, clock
        self._tokens = float(burst)
        self._seen = clock()

    def take(self) -> bool:
        """Take one token, or say that there is none."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._seen) * self.rate)
        self._seen = now
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


def _request_bucket() -> TokenBucket:
    return TokenBucket(REQUESTS_PER_SECOND, REQUESTS_AT_ONCE)


@dataclass
class ConnectionLimits:
    """Count what one connection has asked for."""

    bucket: TokenBucket = field(default_factory=_request_bucket)
    in_flight: int = 0

    @contextmanager
    def admit(self, unsent: int = 0) -> Iterator[None]:
        """Hold a place for one request; Refused with the field "rate" where there is none.

        unsent: how many packets wait for the client to read them.
        """
        if not self.bucket.take():
            raise _too_much(f"{self.bucket.rate:g} requests a second", "more than that")
        if self.in_flight >= MOST_IN_FLIGHT or unsent >= MOST_UNSENT:
            raise _too_much(f"{MOST_IN_FLIGHT} requests at a time", "one more")
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1


def _too_much(takes: str, got: str) -> Refused:
    return Refused("rate", got, takes, f"A connection takes {takes}, but got {got}. Ask again in a moment.")

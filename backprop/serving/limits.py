"""What one connection may ask for, and how many connections there may be."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..refusals import Refused
from .allowance import Allowance
from .fair_queue import Share

MOST_CONNECTIONS = 2000
SPARE_SOCKETS = 1000  # beside them, for who fetches pages and files
MOST_SOCKETS = MOST_CONNECTIONS + SPARE_SOCKETS
HEAD_SECONDS = 10.0  # for the head of an HTTP request, and for waiting for the next
GREETING_SECONDS = 10.0  # for a WebSocket to say Socket.IO's CONNECT
SEND_SECONDS = 30.0  # for a frame, or 64 KiB of a page, to be taken
MOST_IN_FLIGHT = 2  # requests of which the answer is not out yet
MOST_UNSENT = 128_000_000  # bytes of all connections that are being sent and not taken
MOST_QUEUED = 100  # of what the server says of itself, such as a class's steps, behind one that is being taken
MESSAGE_BYTES = 64 * 1024
REQUESTS_PER_SECOND, REQUESTS_AT_ONCE = 40, 80
MORE_COST = {"class_start": 9, "class_show": 1, "class_ask": 3}  # on top, for what is kept or reaches everybody
GUESS_COST = 10  # requests that a wrong key or code costs on top: four guesses a second, and no more
FRAMES_PER_SECOND, FRAMES_AT_ONCE = 200, 400  # beyond this the connection is closed: a flood
ANSWER_CHARACTERS = 2_500_000  # an answer of passes ends before it grows beyond this


class TokenBucket:
    """Let `burst` through at once and `rate` a second in the long run."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin full. `clock` gives seconds."""
        self.rate, self._burst, self._clock = rate, burst, clock
        self._tokens = float(burst)
        self._seen = clock()

    def take(self, tokens: int = 1) -> bool:
        """Take so many tokens, or say that they are not there."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._seen) * self.rate)
        self._seen = now
        if self._tokens < tokens:
            return False
        self._tokens -= tokens
        return True

    def spend(self, tokens: float) -> None:
        """Take so many at once, more than there are if need be: nothing goes through until they have come back."""
        self._tokens -= tokens


def _request_bucket() -> TokenBucket:
    return TokenBucket(REQUESTS_PER_SECOND, REQUESTS_AT_ONCE)


@dataclass
class ConnectionLimits:
    """Count what one connection has asked for, and what it has had of what is shared."""

    bucket: TokenBucket = field(default_factory=_request_bucket)
    allowance: Allowance = field(default_factory=Allowance)
    in_flight: int = 0

    def __post_init__(self) -> None:
        self.on_the_loop, self.for_python, self.for_kernels = Share(self.allowance), Share(), Share()  # in their lines

    def enter(self) -> None:
        """Take a place for one request, until `leave`; Refused with the field "rate" where there is none."""
        if not self.bucket.take():
            raise _too_much(f"{self.bucket.rate:g} requests a second", "more than that")
        if self.in_flight >= MOST_IN_FLIGHT:
            raise _too_much(f"{MOST_IN_FLIGHT} requests at a time", "one more")
        wait = self.allowance.wait
        if wait > 0.0:
            raise _in_debt(self.allowance, math.ceil(wait))
        self.in_flight += 1

    def leave(self) -> None:
        """Give the place back."""
        self.in_flight -= 1


def _too_much(takes: str, got: str) -> Refused:
    return Refused("rate", got, takes, f"A connection takes {takes}, but got {got}. Ask again in a moment.")


def _in_debt(allowance: Allowance, seconds: int) -> Refused:
    takes = (f"{round(allowance.most)} seconds of the engine, which come back within "
             f"{round(allowance.refill / 60)} minutes")
    when = "1 second" if seconds == 1 else f"{seconds} seconds"
    return Refused("rate", "more than that", takes,
                   f"A connection takes {takes}, but got more than that. Ask again in {when}.")

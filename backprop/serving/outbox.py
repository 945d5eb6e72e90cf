"""What is to be sent, sent together once all that came in has been looked at.

To send to somebody who sleeps costs five times as much as to somebody who is awake, and a machine with many learners on
it, a proxy or a measurement, is woken by the first of many.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import gevent

from . import logs
from .next_round import NextRound
from .whole_socket import WholeSocket

BYTES_AT_A_TIME = 500_000
Letter = tuple[WholeSocket, Callable[[], bytes], Callable[[], None]]


class Outbox:
    """Keep what is to be sent until gevent's loop comes round: after all that came in, before it waits for more."""

    def __init__(self) -> None:
        """Begin empty."""
        self._next_round = NextRound(self._send)
        self._letters: deque[Letter] = deque()

    def put(self, sock: WholeSocket, make: Callable[[], bytes], done: Callable[[], None]) -> None:
        """Send what `make` makes, soon; then, or when it cannot be sent, call `done`."""
        if not self._letters:
            gevent.get_hub().loop.run_callback(self._send)
        self._letters.append((sock, make, done))

    def _send(self) -> None:
        sent = 0
        while self._letters and sent < BYTES_AT_A_TIME:
            sock, make, done = self._letters.popleft()
            try:
                sent += sock.send_at_once(make, done)
            except Exception:  # the others' are to go out
                logs.fault("an answer")
        if self._letters:  # when others have had their turn
            self._next_round.begin()


OUTBOX = Outbox()  # of this process, which has one loop

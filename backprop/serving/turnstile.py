"""One page, file or handshake begins at a time: in between, who asks over a WebSocket has a turn.

Two thousand who arrive at once would else all be let in before anybody is answered: two seconds, here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gevent.lock import BoundedSemaphore

from .fair_queue import Share
from .line import Line
from .under_way import Application


class Turnstile:
    """Wrap a WSGI application; its requests come in one after the other, and share one part of gevent's loop."""

    def __init__(self, application: Application, line: Line) -> None:
        """Begin with nobody in line."""
        self._application, self._line = application, line
        self._first, self._share = BoundedSemaphore(1), Share()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request, once it is its turn."""
        with self._first:
            self._line.wait(self._share)
        return self._application(environ, start_response)

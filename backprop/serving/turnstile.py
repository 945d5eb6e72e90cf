"""One page, file or handshake begins at a time: in between, who asks over a WebSocket has a turn.

Two thousand who arrive at once would else all be let in before anybody is answered: two seconds, here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore

from .under_way import Application


class Turnstile:
    """Wrap a WSGI application; its requests come in one after the other."""

    def __init__(self, application: Application) -> None:
        """Begin with nobody in line."""
        self._application = application
        self._line = BoundedSemaphore(1)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request, once it is its turn."""
        with self._line:
            gevent.sleep(0)
        return self._application(environ, start_response)

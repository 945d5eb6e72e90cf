"""A clean stop: everyone is told, what was asked is answered, and nobody comes back in the same instant.

1. `server_stopping` goes to every learner of this server, with the seconds within which its connection will be closed.
2. Connections are closed one after another, each once it has its answers; a page may leave by itself before that.
3. Who does not read what it asked for is cut off at three quarters of the time. All of it ends within the bound.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import gevent
from flask_socketio import SocketIO

from . import logs
from .gevent_adapter import ENVIRON_KEY
from .state import State

EVENT = "server_stopping"
CLOSED_PER_SECOND = 50.0
LOOK_SECONDS = 0.02


class Farewell:
    """End all connections within so many seconds."""

    def __init__(self, socketio: SocketIO, state: State, seconds: float,
                 pages: Callable[[], int] = lambda: 0) -> None:
        """Say goodbye to nobody yet; `pages` says how many pages and files are being sent."""
        self._server = socketio.server
        self._state = state
        self._seconds = seconds
        self._pages = pages

    def say(self) -> None:
        """Tell everyone, and close every connection; return once all are closed or the time is over."""
        begun = time.monotonic()
        self._state.stopping = True
        leaving = list(self._server.environ.items())
        random.shuffle(leaving)
        spread = min(self._seconds / 2, len(leaving) / CLOSED_PER_SECOND)
        logs.say("stop", connected=len(leaving), seconds=self._seconds)
        # past the message queue: the learners of other servers stay where they are
        self._server.emit(EVENT, {"seconds": round(spread, 2)}, namespace="/", ignore_queue=True)
        cut_at = begun + self._seconds * 3 / 4
        greenlets = [gevent.spawn_later(spread * (place + 1) / len(leaving), self._part, sid, environ)
                     for place, (sid, environ) in enumerate(leaving)]
        gevent.joinall(greenlets, timeout=max(0.0, cut_at - time.monotonic()))
        cut = len(self._server.environ)
        for environ in list(self._server.environ.values()):
            _cut(environ)
        while (self._server.environ or self._pages()) and time.monotonic() < begun + self._seconds * 7 / 8:
            gevent.sleep(LOOK_SECONDS)  # until their greenlets have seen it, and pages are out
        logs.say("stopped", cut=cut, seconds=round(time.monotonic() - begun, 2))

    def _part(self, sid: str, environ: dict[str, Any]) -> None:
        """Close one connection once it has all that it asked for."""
        while sid in self._server.environ and self._owed(sid, environ):
            gevent.sleep(LOOK_SECONDS)
        if sid in self._server.environ:
            _cut(environ)  # after a close frame browsers complain of what a page sends before it has heard of it
            while sid in self._server.environ:
                gevent.sleep(LOOK_SECONDS)

    def _owed(self, sid: str, environ: dict[str, Any]) -> bool:
        """Say whether an answer is being worked out, or is on its way."""
        connection, websocket = self._server.eio.sockets.get(sid), environ.get(ENVIRON_KEY)
        if not (websocket and websocket.open):
            return False
        return bool(websocket.limits.in_flight or (connection and connection.queue.qsize()) or websocket.sending)


def _cut(environ: dict[str, Any]) -> None:
    if websocket := environ.get(ENVIRON_KEY):
        websocket.cut()

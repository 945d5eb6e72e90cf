"""Requests answered past the library's layers: read off the WebSocket, worked on, and sent in one piece.

The library takes a request through two kinds of packet, a queue and two more greenlets, which costs more than a small
answer does. Only the plainest come this way, as browsers send them: one event with an id, in the one namespace there
is, once it is connected. Everything else is the library's to read (packets.py), and so is what the server says of
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import gevent

from ..refusals import Refused
from .frames import framed
from .gevent_adapter import GeventWebSocket
from .limits import ConnectionLimits
from .wire import StrictJSON, WithBytes

MESSAGE, CONNECT = "4", "40"
EVENT = re.compile(r"42([0-9]{1,15})(?=\[)")  # Engine.IO's message, Socket.IO's event, the id of its answer
NAMESPACE = "/"
Answering = Callable[[str, str, dict[str, Any], tuple[object, ...]], Any]


class Direct:
    """Take requests, and send their answers."""

    def __init__(self, manager: Any, limits_of: Callable[[dict[str, Any]], ConnectionLimits], answer: Answering,
                 refuse: Callable[[str, Refused], Any]) -> None:
        """Keep Socket.IO's manager, which knows who is connected, and what works answers and refusals out."""
        self._manager, self._limits_of, self._answer, self._refuse = manager, limits_of, answer, refuse

    def take(self, websocket: GeventWebSocket, text: str) -> bool:
        """Begin to answer the request in this text; False, and nothing done, where the library is to read it.

        Who says anything before CONNECT, or after DISCONNECT, is let go.
        """
        if not text.startswith(MESSAGE) or text.startswith(CONNECT):
            return False
        sid = self._manager.sid_from_eio_sid(websocket.sid, NAMESPACE)
        if not sid or not self._manager.is_connected(sid, NAMESPACE):
            websocket.close()  # the library would say nothing, and go on saying nothing
            return True
        found = EVENT.match(text)
        if not found:
            return False
        try:
            asked = StrictJSON.loads(text[found.end():])
        except (ValueError, RecursionError):
            return False
        if not asked or not isinstance(asked[0], str):
            return False
        limits = self._limits_of(websocket.environ)
        try:
            limits.enter()
        except Refused as refused:  # told before anything more is read: who floods us waits for it
            _send(websocket, found[1], self._refuse(asked[0], refused))
        else:
            gevent.spawn(self._go, websocket, found[1], sid, asked, limits)
        return True

    def _go(self, websocket: GeventWebSocket, number: str, sid: str, asked: list[Any],
            limits: ConnectionLimits) -> None:
        """Answer; the place is free again once the answer is out."""
        try:
            _send(websocket, number, self._answer(asked[0], sid, websocket.environ, tuple(asked[1:])))
        finally:
            limits.leave()


def _send(websocket: GeventWebSocket, number: str, answer: Any) -> None:
    try:
        websocket.send_made(lambda: acknowledgement(number, answer))
    except OSError:
        pass  # nobody is there any more


def acknowledgement(number: str, answer: Any) -> bytes:
    """Return the frames of an answer: Socket.IO's acknowledgement as text, and the bytes of one that has some."""
    if isinstance(answer, WithBytes):
        return framed(f"461-{number}[{answer.head}]") + framed(answer["body"])
    return framed(f"43{number}[{StrictJSON.dumps(answer)}]")

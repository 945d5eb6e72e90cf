"""Requests answered past the library's layers: read off the WebSocket, worked on, and sent in one piece.

The library takes a request through two kinds of packet, a queue without a bound and two more greenlets, which costs
more than a small answer does, and keeps as many answers as a client leaves unread. So every event comes this way, once
its client is connected. CONNECT and DISCONNECT are the library's to read, and so is what the server says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import gevent
from socketio.packet import EVENT

from ..refusals import Refused
from .frames import framed
from .gevent_adapter import GeventWebSocket
from .limits import ConnectionLimits
from .packets import MALFORMED, Packet
from .wire import StrictJSON, WithBytes

MESSAGE, CONNECT = "4", "40"
PLAIN = re.compile(r"42([0-9]{1,15})(?=\[)")  # as browsers ask: a message, an event, the id of its answer
NAMESPACE = "/"
Answering = Callable[[str, str, dict[str, Any], tuple[object, ...]], Any]


class Direct:
    """Take requests, and send their answers."""

    def __init__(self, manager: Any, limits_of: Callable[[dict[str, Any]], ConnectionLimits], answer: Answering,
                 refuse: Callable[[str, Refused], Any]) -> None:
        """Keep Socket.IO's manager, which knows who is connected, and what works answers and refusals out."""
        self._manager, self._limits_of, self._answer, self._refuse = manager, limits_of, answer, refuse

    def take(self, websocket: GeventWebSocket, text: str) -> bool:
        """Begin to answer the request in this text; False, and nothing done, where it is the library's to read.

        Who says anything before CONNECT, or after DISCONNECT, is let go.
        """
        if not text.startswith(MESSAGE) or text.startswith(CONNECT):
            return False
        sid = self._manager.sid_from_eio_sid(websocket.sid, NAMESPACE)
        if not sid or not self._manager.is_connected(sid, NAMESPACE):
            websocket.close()  # the library would say nothing, and go on saying nothing
            return True
        read = requested(text)
        if read is None:
            return False
        number, asked = read
        limits = self._limits_of(websocket.environ)
        try:
            limits.enter()
        except Refused as refused:  # told before anything more is read: who floods us waits for it
            _send(websocket, number, self._refuse(asked[0], refused))
        else:
            gevent.spawn(self._go, websocket, number, sid, asked, limits)
        return True

    def _go(self, websocket: GeventWebSocket, number: str, sid: str, asked: list[Any],
            limits: ConnectionLimits) -> None:
        """Answer; the place is free again once the answer is out."""
        try:
            websocket.clear()
            _send(websocket, number, self._answer(asked[0], sid, websocket.environ, tuple(asked[1:])))
        finally:
            limits.leave()


def requested(text: str) -> tuple[str, list[Any]] | None:
    """Return the id of a request, "" where it has none, its event and payload; None for what is not a request."""
    plain = PLAIN.match(text)
    if plain:
        try:
            asked = StrictJSON.loads(text[plain.end():])
        except (ValueError, RecursionError):
            asked = None
        if asked and isinstance(asked[0], str):
            return plain[1], asked
    packet = Packet(encoded_packet=text[len(MESSAGE):])
    if packet.packet_type != EVENT or packet.namespace not in (None, NAMESPACE):
        return None
    return "" if packet.id is None else str(packet.id), packet.data or [MALFORMED]


def _send(websocket: GeventWebSocket, number: str, answer: Any) -> None:
    """Send an answer, where one is waited for."""
    if not number:
        return
    try:
        websocket.send_made(lambda: acknowledgement(number, answer))
    except OSError:
        pass  # nobody is there any more


def acknowledgement(number: str, answer: Any) -> bytes:
    """Return the frames of an answer: Socket.IO's acknowledgement as text, and the bytes of one that has some."""
    if isinstance(answer, WithBytes):
        return framed(f"461-{number}[{answer.head}]") + framed(answer["body"])
    return framed(f"43{number}[{StrictJSON.dumps(answer)}]")

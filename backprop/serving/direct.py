"""Requests answered past the library's layers: read off the WebSocket, worked on, and put into the outbox in one piece.

The library takes a request through two kinds of packet, a queue without a bound and two more greenlets, which costs
more than a small answer does, and keeps as many answers as a client leaves unread. So every event comes this way, once
its client is connected, and is worked on when it is that connection's turn (line.py). CONNECT and DISCONNECT are the
library's to read, and so is what the server says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from socketio.packet import EVENT

from ..refusals import Refused
from .again import Again
from .frames import framed
from .gevent_adapter import GeventWebSocket
from .packets import MALFORMED, Packet
from .read_ahead import Question
from .wire import StrictJSON, WithBytes

MESSAGE, CONNECT, RUN = "4", "40", "run"
PLAIN = re.compile(r"42([0-9]{1,15})(?=\[)")  # as browsers ask: a message, an event, the id of its answer
NAMESPACE = "/"
AGAIN_KEY = "backprop.again"  # in the environ of the connection, so that it lives and ends with it
Request = tuple[str, list[Any]]  # the id of its answer; its event and payload
Ready = Callable[[str, Question], WithBytes | None]
PayloadOf = Callable[[Question], dict[str, Any] | None]
Answering = Callable[[str, str, GeventWebSocket, tuple[object, ...]], Any]


class Direct:
    """Take requests, and send their answers."""

    def __init__(self, manager: Any, answer: Answering, refuse: Callable[[str, Refused], Any], ready: Ready,
                 payload_of: PayloadOf) -> None:
        """Keep Socket.IO's manager, which knows who is connected, and what works answers and refusals out.

        ready: finds the answer to a question of a run that is there already. payload_of: what such a question asks.
        """
        self._manager, self._answer, self._refuse = manager, answer, refuse
        self._ready, self._payload_of = ready, payload_of

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
        again: Again = websocket.environ.setdefault(AGAIN_KEY, Again())
        repeated = None if websocket.stalled else again.read(text)
        read = (repeated[0], [RUN]) if repeated else requested(text)
        if read is None:
            return False
        number, asked = read
        limits = websocket.limits
        try:
            limits.enter()
        except Refused as refused:  # told before anything more is read: who floods us waits for it
            refusal = self._refuse(asked[0], refused)
            if number:
                with suppress(OSError):  # nobody is there any more
                    websocket.send_made(lambda: acknowledgement(number, refusal))
            return True
        there = self._ready(RUN, repeated[1]) if repeated else None
        if there is not None:
            websocket.send_soon(lambda: acknowledgement(number, there), limits.leave)
            return True
        if repeated:
            payload = self._payload_of(repeated[1])
            read = requested(text) if payload is None else (number, [RUN, payload])
        websocket.begin(self._go, websocket, sid, text, read)
        return True

    def _go(self, websocket: GeventWebSocket, sid: str, text: str, read: Request) -> None:
        """Answer, if anybody waits for it still; the place is free again once the answer is out."""
        (number, (name, *payload)), limits = read, websocket.limits
        if not websocket.open:
            limits.leave()
            return
        try:
            websocket.clear()
            answer = self._answer(name, sid, websocket, tuple(payload))
        except BaseException:
            limits.leave()
            raise
        if isinstance(answer, WithBytes) and answer.question:
            websocket.environ[AGAIN_KEY].remember(text, answer.question)
        if number:
            websocket.send_soon(lambda: acknowledgement(number, answer), limits.leave)
        else:
            limits.leave()


def requested(text: str) -> Request | None:
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


def acknowledgement(number: str, answer: Any) -> bytes:
    """Return the frames of an answer: Socket.IO's acknowledgement as text, and the bytes of one that has some."""
    if isinstance(answer, WithBytes):
        return framed(f"461-{number}[{answer.head}]") + framed(answer["body"])
    return framed(f"43{number}[{StrictJSON.dumps(answer)}]")

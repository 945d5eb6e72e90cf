"""A WebSocket client that can misbehave: single frames, fragments, silence."""

from __future__ import annotations

import json
import re
from typing import Any

import websocket
from websocket import ABNF

from tests.server import DEADLINE_SECONDS, RunningServer

ANSWER = re.compile(r"43(\d+)\[")
PATH = "/socket.io/?EIO=4&transport=websocket"


class RawClient:
    """Speak Engine.IO and Socket.IO by hand."""

    def __init__(self, server: RunningServer, **options: Any) -> None:
        self.socket: Any = websocket.create_connection(
            f"ws://127.0.0.1:{server.port}{PATH}", timeout=DEADLINE_SECONDS, http_no_proxy=["127.0.0.1"],
            skip_utf8_validation=True, **options)  # its validation takes longer than all the rest
        self._connection: Any = self.socket.sock  # the library forgets it when the server hangs up
        self._last_id = 0
        self._answers: dict[int, str] = {}

    def connect(self) -> RawClient:
        """Greet: Engine.IO's open packet, then a Socket.IO connection."""
        assert self.socket.recv().startswith("0{")
        self.socket.send("40")
        assert self.socket.recv().startswith("40{")
        return self

    def ask(self, event: str, payload: object) -> int:
        """Send one request and return the id of its answer."""
        self._last_id += 1
        self.socket.send(packet(event, payload, self._last_id))
        return self._last_id

    def answer(self, number: int) -> str:
        """Return the JSON text of the answer with that id; others that come first are kept for later."""
        while number not in self._answers:
            text = self.socket.recv()
            if text == "2":
                self.socket.send("3")  # a ping: who does not answer is let go
            if found := ANSWER.match(text):
                self._answers[int(found.group(1))] = text[found.end():-1]
        return self._answers.pop(number)

    def call(self, event: str, payload: object) -> Any:
        """Ask, and return the answer."""
        return json.loads(self.answer(self.ask(event, payload)))

    def send_together(self, texts: list[str]) -> None:
        """Send several messages in one write."""
        self.socket.sock.sendall(b"".join(frame(text) for text in texts))

    def close_code(self) -> int | None:
        """Read to the end, and return the code with which the server closed; None: without one."""
        while True:
            try:
                opcode, data = self.socket.recv_data(control_frame=True)
            except (websocket.WebSocketConnectionClosedException, ConnectionError):
                return None
            if opcode == ABNF.OPCODE_CLOSE:
                return int.from_bytes(data[:2], "big")

    def close(self) -> None:
        """Hang up without a goodbye."""
        self._connection.close()


def packet(event: str, payload: object, number: int) -> str:
    """Return the packet of one request that wants an answer."""
    return f"42{number}{json.dumps([event, payload], separators=(',', ':'))}"


def frame(data: str | bytes, opcode: int = ABNF.OPCODE_TEXT, fin: int = 1) -> bytes:
    """Return one masked frame."""
    formed: bytes = ABNF.create_frame(data, opcode, fin).format()
    return formed

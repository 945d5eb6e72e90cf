"""One client's line to the server: WebSocket, Engine.IO and Socket.IO by hand, and as cheap as Python allows."""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Callable

CONNECTING, SHAKING, GREETING, JOINING, OPEN, CLOSED = range(6)
PATH = "/socket.io/?EIO=4&transport=websocket"
NO_MASK = b"\0\0\0\0"  # a mask like any other, which the server takes off like any other; this side saves the work
READ_BYTES = 262_144


class Line:
    """Connect without blocking, send text, and tell of every answer.

    answered: called with this line, the number of a request, and whether it was answered as asked.
    """

    def __init__(self, port: int, answered: Callable[[Line, int, bool], None]) -> None:
        """Begin to connect."""
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"127.0.0.1:{port}"
        self._answered = answered
        self._read = bytearray()
        self._unsent = b""
        self._announced = -1  # the request whose bytes are still to come
        self.joined: Callable[[Line], None] | None = None  # called once requests can be made
        self.told: Callable[[Line, bytes], None] | None = None  # called with an event of the server's own
        self.expected: dict[int, int | None] = {}  # by request: how many bytes its answer has, None for text alone
        self.state = CONNECTING
        self.socket.connect_ex(("127.0.0.1", port))

    @property
    def wants_to_write(self) -> bool:
        """Whether the socket is to be watched for room."""
        return self.state == CONNECTING or bool(self._unsent)

    def writable(self) -> None:
        """Go on where there was no room, or where there was no connection yet."""
        if self.state == CONNECTING:
            if self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                self.close()
                return
            self.state = SHAKING
            key = base64.b64encode(os.urandom(16)).decode()
            self._send(f"GET {PATH} HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                       f"Origin: http://{self._host}\r\n\r\n".encode())
            return
        unsent, self._unsent = self._unsent, b""
        self._send(unsent)

    def ask(self, number: int, event: str, payload: str, expected: int | None) -> None:
        """Send a request. expected: how many bytes come beside its answer, None for none."""
        self.expected[number] = expected
        self._text(f'42{number}["{event}",{payload}]'.encode())

    def readable(self) -> None:
        """Read what is there, and tell of what was answered."""
        try:
            came = self.socket.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if not came:
            self.close()
            return
        self._read += came
        if self.state == SHAKING and not self._shaken():
            return
        self._take_frames()

    def close(self) -> None:
        """Hang up."""
        self.state = CLOSED
        self.socket.close()

    def _shaken(self) -> bool:
        end = self._read.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self._read.startswith(b"HTTP/1.1 101 "):
            self.close()
            return False
        del self._read[:end + 4]
        self.state = GREETING
        return True

    def _take_frames(self) -> None:
        read, at = self._read, 0
        while len(read) - at >= 2 and self.state != CLOSED:
            size, begin = read[at + 1], at + 2
            if size == 126:
                size, begin = int.from_bytes(read[at + 2:at + 4], "big"), at + 4
            elif size == 127:
                size, begin = int.from_bytes(read[at + 2:at + 10], "big"), at + 10
            if len(read) < begin + size:
                break
            self._frame(read[at] & 15, begin, size)
            at = begin + size
        del read[:at]

    def _frame(self, kind: int, begin: int, size: int) -> None:
        read = self._read
        if kind == 2:
            number, self._announced = self._announced, -1
            self._answered(self, number, self.expected.pop(number, None) == size)
        elif kind != 1:
            self.close()
        elif read.startswith(b"46", begin):
            dash, bracket = read.find(b"-", begin), read.find(b"[", begin)
            self._announced = int(read[dash + 1:bracket])
        elif read.startswith(b"43", begin):
            bracket = read.find(b"[", begin)
            number = int(read[begin + 2:bracket])
            wants_no_bytes = self.expected.pop(number, 0) is None
            self._answered(self, number, wants_no_bytes and read.startswith(b'[{"ok":true', bracket))
        elif read.startswith(b"2", begin):
            self._text(b"3")
        elif read.startswith(b"0", begin):
            self.state = JOINING
            self._text(b"40")
        elif read.startswith(b"40", begin):
            self.state = OPEN
            if self.joined:
                self.joined(self)
        elif read.startswith(b"42", begin):
            if self.told:
                self.told(self, bytes(read[begin:begin + size]))
        else:
            self.close()

    def _text(self, text: bytes) -> None:
        size = len(text)
        head = bytes((129, 128 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        self._send(head + NO_MASK + text)

    def _send(self, data: bytes) -> None:
        if self._unsent:
            self._unsent += data
            return
        try:
            sent = self.socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        self._unsent = data[sent:]

"""The WebSocket of Engine.IO under gevent, with the defects of the stock one mended.

Each mend has its test in tests/contract/test_adapter.py:
- `send` writes all of a frame, under a lock (the stock one may write a part and corrupt the stream);
- TCP_NODELAY, so that a small frame does not wait for the acknowledgement of the one before it;
- a message may be 64 KiB, however many fragments it comes in, and so may all that waits to be read;
- inbound binary is dropped as it arrives; permessage-deflate is not negotiated;
- a peer that stops reading, vanishes, or never says Socket.IO's CONNECT is let go after a while, with its greenlets.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from itertools import chain
from typing import Any

import gevent
import gevent.event
import gevent.selectors
import simple_websocket
from engineio.async_drivers.gevent import Thread
from gevent.lock import RLock
from wsproto.events import BytesMessage, Event, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError

from . import logs
from .frames import framed
from .limits import (
    FRAMES_AT_ONCE,
    FRAMES_PER_SECOND,
    GREETING_SECONDS,
    INBOX_MESSAGES,
    MESSAGE_BYTES,
    SEND_SECONDS,
    TokenBucket,
)
from .plain_frames import PlainFrames

GREETING = "40"  # Socket.IO's CONNECT
ENVIRON_KEY = "backprop.websocket"
ENGINE_IO_TYPES = frozenset("12356")  # what a client may send beside messages; "0" is ours, "b" is binary
SOCKET_IO_TYPES = frozenset("0123456")


class Sent:
    """Count the bytes that went out over WebSockets, of all connections of this process."""

    count = 0


class WholeSocket:
    """Send whole frames or nothing more: `sendall` under a lock, within a time."""

    def __init__(self, sock: Any) -> None:
        """Take over a connected socket."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock
        self._lock = RLock()

    def send(self, data: bytes) -> int:
        """Send all of `data`; OSError where the peer does not take it in time."""
        with self._lock:
            try:
                with gevent.Timeout(SEND_SECONDS, TimeoutError("the peer stopped reading")):
                    self._sock.sendall(data)
            except OSError:
                self.shutdown()  # part of a frame may be out: nothing sensible can follow it
                raise
        Sent.count += len(data)
        return len(data)

    def recv(self, size: int) -> bytes:
        """Receive up to `size` bytes; b"" at the end. Others get their turn first, however much lies ready."""
        gevent.sleep(0)
        data: bytes = self._sock.recv(size)
        return data

    def shutdown(self) -> None:
        """End both directions, which wakes whoever waits for this socket."""
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the peer was faster

    def close(self) -> None:
        """Give the socket back."""
        self._sock.close()


class BoundedWebSocket(simple_websocket.Server):  # type: ignore[misc]
    """Serve one WebSocket connection within bounds."""

    sock: Any
    ws: Any

    def __init__(self, environ: dict[str, Any]) -> None:
        """Take the connection over from the web server and accept it, without extensions."""
        self._room = gevent.event.Event()
        plain = {key: value for key, value in environ.items() if key != "HTTP_SEC_WEBSOCKET_EXTENSIONS"}
        super().__init__(plain, max_message_size=MESSAGE_BYTES, thread_class=Thread,
                         event_class=gevent.event.Event, selector_class=gevent.selectors.DefaultSelector)

    def handshake(self) -> None:
        """Accept, over a socket that sends whole frames and behind a sieve."""
        self.sock = WholeSocket(self.sock)
        self.ws = Sieve(self.ws)
        super().handshake()
        self.ws.begin()

    def send(self, data: str | bytes) -> None:
        """Send one message."""
        if not self.connected:
            raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)
        self.sock.send(framed(data))

    def receive(self, timeout: float | None = None) -> Any:
        """Return the next text, making room for another."""
        text = super().receive(timeout)
        self._room.set()
        return text

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye and hang up; never wait for the peer to agree."""
        try:
            super().close(reason, message)
        except (OSError, LocalProtocolError):
            pass  # the peer hung up first
        self._end()

    def _handle_events(self) -> bool:
        going: bool = super()._handle_events()
        if self.ws.flooded:
            self.close(CloseReason.POLICY_VIOLATION, "Too many messages")
            return False
        if not going:
            self._end()
        while going and self.connected and len(self.input_buffer) >= INBOX_MESSAGES:
            self._room.clear()
            self._room.wait()
        return going

    def _end(self) -> None:
        self.connected = False
        self.event.set()  # only now: whoever wakes must find that it has ended
        self._room.set()
        self.sock.shutdown()


class Sieve:
    """Read frames like wsproto's connection; drop the binary ones before they are put together; notice a flood."""

    def __init__(self, connection: Any) -> None:
        """Stand in for `connection`."""
        self._connection = connection
        self._bucket = TokenBucket(FRAMES_PER_SECOND, FRAMES_AT_ONCE)
        self._plain: PlainFrames | None = None
        self._texts: list[str] = []
        self.flooded = False

    def begin(self) -> None:
        """Read the quick way from now on, for as long as what comes is what browsers send."""
        self._plain = PlainFrames()

    def receive_data(self, data: bytes) -> None:
        """Take what came in."""
        rest: bytes | None = data
        if self._plain:
            self._texts, rest = self._plain.texts(data)
        if rest is not None:
            self._plain = None
            self._connection.receive_data(rest)

    def __getattr__(self, name: str) -> Any:
        """Be the connection in all other things."""
        return getattr(self._connection, name)

    def events(self) -> Iterator[Event]:
        """Yield what came in, without binary messages and nothing more after a flood."""
        texts, self._texts = self._texts, []
        quick = (TextMessage(text, True, True) for text in texts)
        for event in chain(quick, () if self._plain else self._connection.events()):
            self.flooded = self.flooded or not self._bucket.take()
            if not self.flooded and not isinstance(event, BytesMessage):
                yield event


class GeventWebSocket:
    """Be what Engine.IO asks of a WebSocket: callable as a WSGI application, then `send`, `wait`, `close`."""

    def __init__(self, handler: Any, server: Any) -> None:
        """Keep the handler that serves the connection once it is open."""
        self._handler = handler
        self._ws: BoundedWebSocket | None = None  # none before the handshake
        self.sending = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Accept the connection and serve it to its end; in the meantime the environ leads here."""
        environ[ENVIRON_KEY] = self
        begun = time.monotonic()
        self._ws = websocket = BoundedWebSocket(environ)
        self._silent = gevent.spawn_later(GREETING_SECONDS, self.close)
        try:
            answer = self._handler(self)
        finally:
            self._silent.kill(block=False)
            self.close()
            logs.say("connection ended", logging.DEBUG, seconds=round(time.monotonic() - begun, 1))
        if websocket.mode == "gunicorn":
            raise StopIteration  # how its worker is told that there is nothing more to write
        return answer

    @property
    def open(self) -> bool:
        """Whether there is anybody at the other end, as far as is known."""
        return bool(self._ws and self._ws.connected)

    def send(self, message: str | bytes) -> None:
        """Send one packet; OSError where the connection is gone."""
        self.sending = True
        try:
            if self._ws:
                self._ws.send(message)
        except simple_websocket.ConnectionClosed:
            raise OSError("the connection is closed") from None
        finally:
            self.sending = False

    def wait(self) -> str | None:
        """Return the next packet that can be one; None at the end."""
        while True:
            try:
                text: str | None = self._ws.receive() if self._ws else None
            except simple_websocket.ConnectionClosed:
                return None
            if text is None or is_packet(text):
                if text is not None and text.startswith(GREETING):
                    self._silent.kill(block=False)
                return text

    def close(self) -> None:
        """End the connection, if it has not ended."""
        if self._ws and self._ws.connected:
            self._ws.close()

    def cut(self) -> None:
        """End the connection without a word; what was sent before still arrives."""
        if self._ws:
            self._ws.sock.shutdown()


def is_packet(text: str) -> bool:
    """Say whether this can be a packet; what cannot would break the library's loop, so it is dropped."""
    return text[:1] in ENGINE_IO_TYPES or (text[:1] == "4" and text[1:2] in SOCKET_IO_TYPES)


def install(engineio_server: Any) -> None:
    """Give this Engine.IO server, and no other, the mended WebSocket."""
    gevent.config.track_greenlet_tree = False  # who started a greenlet is of no use here, and costs each one a stack
    engineio_server._async = {**engineio_server._async, "websocket": GeventWebSocket}

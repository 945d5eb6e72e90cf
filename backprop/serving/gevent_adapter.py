"""The WebSocket of Engine.IO under gevent, with the defects of the stock one mended.

Each mend but the last has its test, in tests/contract (test_adapter.py, test_hostile.py) or unit/test_whole_socket.py:
- `send` writes all of a frame, under a lock (the stock one may write a part and corrupt the stream);
- TCP_NODELAY, so that a small frame does not wait for the acknowledgement of the one before it;
- a message may be 64 KiB, however many fragments it comes in, and more is read only once that is taken;
- inbound binary is dropped as it arrives; permessage-deflate is not negotiated;
- a peer that stops reading, vanishes, or never says Socket.IO's CONNECT is let go after a while, with its greenlets;
- who takes a frame now and then is let go, when much waits for it;
- who waits for a message reads it: the stock one has a second greenlet for that, and wakes the first (bench/load.md).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import gevent.event
import gevent.selectors
import simple_websocket
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, Event
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError, generate_accept_token

from . import logs
from .frames import framed
from .limits import (
    FRAMES_AT_ONCE,
    FRAMES_PER_SECOND,
    GREETING_SECONDS,
    MESSAGE_BYTES,
    MOST_QUEUED,
    ConnectionLimits,
    TokenBucket,
)
from .line import Line
from .outbox import OUTBOX
from .plain_frames import PlainFrames
from .whole_socket import WholeSocket

GREETING = "40"  # Socket.IO's CONNECT
ENVIRON_KEY = "backprop.websocket"
READ_BYTES = 16 * 1024  # at a time: some tens of questions, and then it is another's turn
ENGINE_IO_TYPES = frozenset("12356")  # what a client may send beside messages; "0" is ours, "b" is binary
SOCKET_IO_TYPES = frozenset("0123456")
ACCEPTED = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: %s\r\n\r\n")


class NoThread:
    """Stand in for the thread that would read beside who waits."""

    name = ""

    def __init__(self, target: object) -> None:
        """Leave the target alone."""

    def start(self) -> None:
        """Do nothing."""


class BoundedWebSocket(simple_websocket.Server):  # type: ignore[misc]
    """Serve one WebSocket connection within bounds."""

    sock: Any
    ws: Any
    input_buffer: list[str]

    def __init__(self, environ: dict[str, Any], in_line: Callable[[], None] = lambda: None) -> None:
        """Take the connection over from the web server and accept it. in_line: WholeSocket's."""
        self._in_line = in_line
        self._flood = TokenBucket(FRAMES_PER_SECOND, FRAMES_AT_ONCE)
        self._plain: PlainFrames | None = PlainFrames()  # for as long as what comes is what browsers send
        super().__init__(environ, max_message_size=MESSAGE_BYTES, receive_bytes=READ_BYTES, thread_class=NoThread,
                         event_class=gevent.event.Event, selector_class=gevent.selectors.DefaultSelector)

    def handshake(self) -> None:
        """Accept, without extensions, what the door has found to be a handshake: the library would read it again."""
        self.sock = WholeSocket(self.sock, self._in_line)
        self.ws = Sieve(Connection(ConnectionType.SERVER), self._flood)
        token = generate_accept_token(self.environ["HTTP_SEC_WEBSOCKET_KEY"].encode())
        self.sock.send(ACCEPTED % token)
        self.connected = True

    def send_made(self, make: Callable[[], bytes]) -> None:
        """Send the frames that `make` makes, all in one."""
        if not self.connected:
            raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)
        self.sock.send_made(make)

    def receive(self, timeout: float | None = None) -> Any:
        """Return the next text."""
        while not self.input_buffer and self.connected:
            self._read()
        if self.input_buffer:
            return self.input_buffer.pop(0)
        raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye and hang up; never wait for the peer to agree."""
        try:
            super().close(reason, message)
        except (OSError, LocalProtocolError):
            pass  # the peer hung up first
        self._end()

    def _read(self) -> None:
        """Read once, and end where there is nothing more to come."""
        try:
            rest: bytes | None = self.sock.recv(self.receive_bytes)
            going = bool(rest)
            if rest and self._plain:
                texts, rest = self._plain.texts(rest)
                if not self._flood.take(len(texts)):
                    self.ws.flooded = True
                self.input_buffer += texts
            if rest:
                self._plain = None
                self.ws.receive_data(rest)
                going = self._handle_events()
            if self.ws.flooded and self.connected:
                self.close(CloseReason.POLICY_VIOLATION, "Too many messages")
        except (OSError, LocalProtocolError):
            going = False
        if not going:
            self._end()

    def _end(self) -> None:
        self.connected = False
        self.sock.shutdown()


class Sieve:
    """Read frames like wsproto's connection; drop the binary ones before they are put together; notice a flood."""

    def __init__(self, connection: Any, bucket: TokenBucket) -> None:
        """Stand in for `connection`; each message takes one of the bucket's tokens."""
        self._connection = connection
        self._bucket = bucket
        self.flooded = False

    def __getattr__(self, name: str) -> Any:
        """Be the connection in all other things."""
        return getattr(self._connection, name)

    def events(self) -> Iterator[Event]:
        """Yield what came in, without binary messages and nothing more after a flood."""
        for event in self._connection.events():
            self.flooded = self.flooded or not self._bucket.take()
            if not self.flooded and not isinstance(event, BytesMessage):
                yield event


class GeventWebSocket:
    """Be what Engine.IO asks of a WebSocket: callable as a WSGI application, then `send`, `wait`, `close`."""

    def __init__(self, handler: Any, server: Any, take: Take, line: Line, limits: ConnectionLimits) -> None:
        """Keep the handler that serves the connection once it is open, and what takes texts before it."""
        self._handler = handler
        self._ws: BoundedWebSocket | None = None  # none before the handshake
        self._take, self._line, self.limits = take, line, limits
        self.environ: dict[str, Any] = {}  # of its HTTP request
        self._connection = handler.__self__  # Engine.IO's
        self.sid: str = self._connection.sid
        self.sending = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Accept the connection and serve it to its end; in the meantime the environ leads here."""
        environ[ENVIRON_KEY] = self
        self.environ = environ
        begun = time.monotonic()
        try:
            self._ws = websocket = BoundedWebSocket(environ, self._in_line)
        except OSError:  # it has hung up already: Engine.IO would keep a place for it for ever
            self._connection.close(wait=False, abort=True)
            return []
        self._silent = gevent.spawn_later(GREETING_SECONDS, self.close)
        try:
            answer = self._handler(self)
        finally:
            self._silent.kill(block=False)
            self.close()
            websocket.sock.close()
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
            self.send_made(lambda: framed(message))
        finally:
            self.sending = False
        if self._connection.queue.qsize() > MOST_QUEUED:
            self.cut()  # who takes a frame now and then would have all that comes meanwhile kept for it

    def send_made(self, make: Callable[[], bytes]) -> None:
        """Send the frames that `make` makes once they can go out; OSError where the connection is gone."""
        try:
            if self._ws:
                self._ws.send_made(make)
        except simple_websocket.ConnectionClosed:
            raise OSError("the connection is closed") from None

    def send_soon(self, make: Callable[[], bytes], done: Callable[[], None]) -> None:
        """Send the frames that `make` makes, without waiting for it; then, or if it cannot be done, call `done`."""
        if self.open and self._ws:
            OUTBOX.put(self._ws.sock, make, done)
        else:
            done()

    def _in_line(self) -> None:
        self._line.wait(self.limits.on_the_loop)

    def begin(self, work: Callable[..., object], *arguments: Any) -> None:
        """Begin work in a greenlet of its own, when it is this connection's turn."""
        self._line.begin(self.limits.on_the_loop, work, *arguments)

    @property
    def stalled(self) -> bool:
        """Whether something is being sent that is not taken."""
        return self._ws is not None and self._ws.sock.stalled

    def clear(self) -> None:
        """Wait while something is being sent that is not taken."""
        if self._ws:
            self._ws.sock.clear()

    def wait(self) -> str | None:
        """Return the next packet that is the library's to read; None at the end."""
        while True:
            try:
                text: str | None = self._ws.receive() if self._ws else None
            except simple_websocket.ConnectionClosed:
                return None
            if text is None or (not self._take(self, text) and is_packet(text)):
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


Take = Callable[[GeventWebSocket, str], bool]


def is_packet(text: str) -> bool:
    """Say whether this can be a packet; what cannot would break the library's loop, so it is dropped."""
    return text[:1] in ENGINE_IO_TYPES or (text[:1] == "4" and text[1:2] in SOCKET_IO_TYPES)


def install(engineio_server: Any, take: Take, line: Line,
            new_limits: Callable[[], ConnectionLimits] = ConnectionLimits) -> None:
    """Give this Engine.IO server, and no other, the mended WebSocket.

    take: says which texts the library is spared. line: where connections wait for their turn.
    """
    gevent.config.track_greenlet_tree = False  # who started a greenlet is of no use here, and costs each one a stack

    def websocket(handler: Any, server: Any) -> GeventWebSocket:
        return GeventWebSocket(handler, server, take, line, new_limits())

    engineio_server._async = {**engineio_server._async, "websocket": websocket}

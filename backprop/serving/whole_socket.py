"""Sending whole frames to readers of any speed, and what all that is not taken yet may come to."""

from __future__ import annotations

import socket
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import gevent
import gevent.socket
from gevent.lock import Semaphore

from .limits import MOST_UNSENT, SEND_SECONDS

READ = 1  # what gevent's loop is to watch a socket for


class Unsent:
    """Count what is being sent and not taken; beyond a bound, let go of who has taken nothing for longest."""

    def __init__(self, most: int = MOST_UNSENT) -> None:
        """Begin with nothing. most: bytes."""
        self._most, self.size = most, 0
        self._waiting: OrderedDict[WholeSocket, int] = OrderedDict()

    def __contains__(self, sock: WholeSocket) -> bool:
        """Say whether something waits for this one to be taken."""
        return sock in self._waiting

    def begin(self, sock: WholeSocket, size: int) -> None:
        """Count so many bytes, until the end."""
        self._waiting[sock] = size
        self.size += size
        while self.size > self._most and len(self._waiting) > 1:
            longest, held = self._waiting.popitem(last=False)
            self.size -= held
            longest.shutdown()  # which wakes its sender

    def end(self, sock: WholeSocket) -> None:
        """Count this one's no longer."""
        self.size -= self._waiting.pop(sock, 0)


UNSENT = Unsent()  # of this process


class Sent:
    """Count the bytes that went out over WebSockets, of all connections of this process."""

    count = 0


class WholeSocket:
    """Send whole frames or nothing more: under a lock, within a time."""

    def __init__(self, sock: Any, in_line: Callable[[], None] = lambda: None) -> None:
        """Take over a connected socket. in_line: waits until there is time for what has come in."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock, self._in_line = sock, in_line
        self._plain = sock._sock  # the same, as Python has it: it does not wait
        self._turn = Semaphore(1)
        self._readable = gevent.get_hub().loop.io(sock.fileno(), READ)

    def send(self, data: bytes) -> int:
        """Send all of `data`; OSError where the peer does not take it in time."""
        return self.send_made(lambda: data)

    @property
    def stalled(self) -> bool:
        """Whether something is sent and not taken."""
        return self in UNSENT

    def clear(self) -> None:
        """Wait while something is sent and not taken: who takes nothing has nothing more worked out for it."""
        if self.stalled:
            with self._turn:
                pass

    def send_made(self, make: Callable[[], bytes]) -> int:
        """Send what `make` makes once it can go out: of what waits for a slow reader, one answer is made at a time."""
        with self._turn:
            data = make()
            sent = self._send_some(data)
            if sent < len(data):
                UNSENT.begin(self, len(data))
                self._send_rest(data, sent)
        return len(data)

    def send_at_once(self, make: Callable[[], bytes], done: Callable[[], None]) -> int:
        """Do the same without waiting, and then call `done`: a greenlet waits where that must be.

        Return how many bytes were made.
        """
        if not self._turn.acquire(blocking=False):
            gevent.spawn(self._send_later, make, done)
            return 0
        data, going_on = b"", False
        try:
            data = make()
            with suppress(OSError):  # nobody is there any more
                sent = self._send_some(data)
                going_on = sent < len(data)
        finally:
            if going_on:
                UNSENT.begin(self, len(data))
                gevent.spawn(self._send_on, data, sent, done)
            else:
                self._turn.release()
                done()
        return len(data)

    def _send_later(self, make: Callable[[], bytes], done: Callable[[], None]) -> None:
        try:
            self.send_made(make)
        except OSError:
            pass  # nobody is there any more
        finally:
            done()

    def _send_on(self, data: bytes, sent: int, done: Callable[[], None]) -> None:
        """Go on in a greenlet; the turn is ours already."""
        try:
            self._send_rest(data, sent)
        except OSError:
            pass  # the same
        finally:
            self._turn.release()
            done()

    def _send_some(self, data: bytes) -> int:
        """Send what goes out without waiting, and return how much that was."""
        try:
            sent: int = self._plain.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            self.shutdown()
            raise
        Sent.count += sent
        return sent

    def _send_rest(self, data: bytes, sent: int) -> None:
        """Wait until all is sent that is counted as unsent."""
        try:
            with gevent.Timeout(SEND_SECONDS, TimeoutError("the peer stopped reading")):
                self._sock.sendall(memoryview(data)[sent:])
        except OSError:
            self.shutdown()  # part of a frame may be out: nothing sensible can follow it
            raise
        finally:
            UNSENT.end(self)
        Sent.count += len(data) - sent

    def recv(self, size: int) -> bytes:
        """Receive up to `size` bytes when something is there and it is one's turn to read it; b"" at the end."""
        while True:
            gevent.socket.wait(self._readable)
            self._in_line()
            with suppress(BlockingIOError):
                data: bytes = self._plain.recv(size)
                return data

    def shutdown(self) -> None:
        """End both directions, which wakes whoever waits for this socket."""
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the peer was faster

    def close(self) -> None:
        """Give the socket back."""
        self._readable.close()
        self._sock.close()

"""gevent's web server, within bounds: how many sockets, how long for a head, and no answer without its headers.

Behind another server (gunicorn, nginx) these bounds are that server's to keep.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

import gevent
from gevent import pywsgi

from .door import security_headers
from .limits import HEAD_SECONDS, MOST_SOCKETS, SEND_SECONDS

SLICE_BYTES = 64 * 1024
LINGER_SECONDS = 1.0
WORDS = {
    "400": ("400 Bad Request", "This is not a request that can be read."),
    "408": ("408 Request Timeout", f"A request takes at most {HEAD_SECONDS:g} seconds to say."),
    "414": ("414 URI Too Long", "An address takes at most 8192 characters."),
    "500": ("500 Internal Server Error", "The server could not work this out."),
    "503": ("503 Service Unavailable", "Too many connections are open. Try again in a moment."),
}
TEXT = "text/plain; charset=utf-8"


class Late(OSError):
    """Say that a request was not said in time."""


class Handler(pywsgi.WSGIHandler):  # type: ignore[misc]
    """Send at once, let go of who says nothing, and hang up after a WebSocket: what comes in behind it is not HTTP."""

    _late: Any = None

    def handle(self) -> None:
        """Serve one connection. Head and body are two writes: without this the body waits 40 ms for the head's ACK."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().handle()

    def read_requestline(self) -> str:
        """Read the first line; from here on the head of a request has so much time and no more."""
        self._late = gevent.Timeout.start_new(HEAD_SECONDS, Late())
        line: str = ""
        try:
            line = super().read_requestline()
        finally:
            if not line:
                self._late.close()
        return line

    def read_request(self, raw_requestline: str) -> Any:
        """Read the rest of the head."""
        try:
            return super().read_request(raw_requestline)
        finally:
            self._late.close()

    def handle_one_request(self) -> Any:
        """Serve one request; a head that cannot be read is answered in our words, with our headers."""
        try:
            result = super().handle_one_request()
        finally:
            if self._late is not None:
                self._late.close()  # a first line that is too long never comes to the rest
        return (result[0], plain_answer(result[0])) if isinstance(result, tuple) else result

    def handle_one_response(self) -> None:
        """Answer one request, the last one if it asked for another protocol or brought a body: none is read here."""
        if self.content_length or self.wsgi_input.chunked_input:
            self.close_connection = True
            self.wsgi_input.content_length, self.wsgi_input.chunked_input = 0, False
        super().handle_one_response()
        if "HTTP_UPGRADE" in self.environ:
            self.close_connection = True

    def log_error(self, msg: str, *args: Any) -> None:
        """Say nothing: what cannot be read is told to who sent it, and must not fill the log."""

    def handle_error(self, t: Any, v: Any, tb: Any) -> None:
        """Answer a fault; a client that is gone, or too slow, is none."""
        if isinstance(v, OSError):
            self.close_connection = True
        else:
            super().handle_error(t, v, tb)

    def _handle_client_error(self, ex: BaseException) -> tuple[str, bytes]:
        code = "408" if isinstance(ex, Late) else "400"
        return code, plain_answer(code)

    def _send_error_response_if_possible(self, error_code: int) -> None:
        self.close_connection = True
        if self.response_length:
            return
        status, words = WORDS[str(error_code)]
        try:
            self.start_response(status, [*_headers(), *security_headers(self.environ.get("PATH_INFO", "/"))])
            self.write(words.encode())
        except OSError:
            pass

    def _sendall(self, data: Any) -> None:
        """Send slice by slice, each within a time: who is slow is served, who stands still is let go."""
        whole = memoryview(data)
        for start in range(0, len(whole), SLICE_BYTES):
            with gevent.Timeout(SEND_SECONDS, TimeoutError("the peer stopped reading")):
                super()._sendall(whole[start:start + SLICE_BYTES])


class WSGIServer(pywsgi.WSGIServer):  # type: ignore[misc]
    """Serve so many sockets and no more; who comes then is told so at once."""

    handled = 0
    most_sockets = MOST_SOCKETS

    def handle(self, sock: Any, address: Any) -> None:
        """Serve one socket, or turn it away."""
        if self.handled >= self.most_sockets:
            turn_away(sock)
            return
        self.handled += 1
        try:
            super().handle(sock, address)
        except OSError:
            pass  # it had hung up before the first word
        finally:
            self.handled -= 1


def turn_away(sock: Any) -> None:
    """Say 503 without having read anything, and hang up so that it arrives: unread bytes would make it a reset."""
    try:
        with gevent.Timeout(LINGER_SECONDS, False):
            sock.sendall(plain_answer("503"))
            sock.shutdown(socket.SHUT_WR)
            while sock.recv(SLICE_BYTES):
                pass
    except OSError:
        pass
    finally:
        sock.close()


def plain_answer(code: str) -> bytes:
    """Return a whole answer as it goes onto the wire, for a request that never came to the application."""
    status, words = WORDS[code]
    headers = [*_headers(), ("Content-Length", str(len(words))), *security_headers("/")]
    return "".join([f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in headers),
                    "\r\n", words]).encode("latin-1")


def _headers() -> list[tuple[str, str]]:
    return [("Content-Type", TEXT), ("Connection", "close")]


def more_files(sockets: int) -> None:
    """Let this process open as many files as it may for so many sockets: a WebSocket takes two."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 3 * sockets
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

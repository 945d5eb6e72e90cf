"""The outermost layer: the headers of every answer, who may come in, and how many."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any

from . import figure_routes
from .limits import MESSAGE_BYTES, MOST_CONNECTIONS

SOCKET_PATH = "/socket.io/"
FRAMED_PATH = figure_routes.PATH  # what lies below may stand in anybody's page; nothing else may
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ")
NOT_NEEDED = ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
              "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock",
              "serial", "usb", "xr-spatial-tracking")
TEXT = ("Content-Type", "text/plain; charset=utf-8")


def security_headers(path: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that every answer at this path has."""
    framed = path.startswith(FRAMED_PATH)
    return (("Content-Security-Policy", POLICY + ("*" if framed else "'none'")),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in NOT_NEEDED)),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "cross-origin" if framed else "same-origin"),
            *(() if framed else (("X-Frame-Options", "DENY"),)))


SECURITY_HEADERS = security_headers("/")


Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Door:
    """Wrap a WSGI application: security headers on every answer, no WebSocket beyond the bound, no body."""

    def __init__(self, application: Application, open_connections: Callable[[], int],
                 most: int = MOST_CONNECTIONS, turned_away: Callable[[], None] = lambda: None,
                 stopping: Callable[[], bool] = lambda: False) -> None:
        """Keep what tells how many connections are open, who wants to know of one too many, and whether all ends."""
        self._stopping = stopping
        self._application = application
        self._open_connections = open_connections
        self._most = most
        self._turned_away = turned_away

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        body = self._answered(environ, start_response)
        if environ.get("REQUEST_METHOD") != "HEAD":
            return body
        for _ in body:  # Engine.IO sends one with HEAD too, and it would be read as the next answer's head
            pass
        return []

    def _answered(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*headers, *security_headers(path)], exc_info)

        if too_long(environ):
            start("413 Content Too Large", [TEXT, ("Connection", "close")])
            return [f"A request takes no body beyond {MESSAGE_BYTES} bytes.".encode()]
        if f"{path}/".startswith(SOCKET_PATH):
            fault = handshake_fault(environ)
            if fault:
                start("400 Bad Request", [TEXT, ("Sec-WebSocket-Version", "13")])
                return [fault.encode()]
            if self._stopping():  # or who has just left would come back to a server that ends
                start("503 Service Unavailable", [TEXT, ("Retry-After", "5")])
                return [b"This server is stopping. Try again in a moment."]
            if self._open_connections() >= self._most:
                self._turned_away()
                start("503 Service Unavailable", [TEXT, ("Retry-After", "5")])
                return [b"Too many connections are open. Try again in a moment."]
        return self._application(environ, start)


def too_long(environ: dict[str, Any]) -> bool:
    """Say whether a request's body is longer than any that is taken, or of a length that it does not say."""
    length = environ.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length[:20]) > MESSAGE_BYTES or "HTTP_TRANSFER_ENCODING" in environ


def handshake_fault(environ: dict[str, Any]) -> str:
    """Return what is wrong with a WebSocket's handshake, in words; "" for nothing, or where none is asked for.

    Engine.IO would keep a place for a connection that is then never opened.
    """
    if environ.get("HTTP_UPGRADE", "").lower() != "websocket":
        return ""
    asked = [word.strip() for word in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    if "upgrade" not in asked:
        return "The handshake of a WebSocket takes the header Connection: Upgrade."
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        return "The handshake of a WebSocket takes the header Sec-WebSocket-Version: 13."
    if environ.get("SERVER_PROTOCOL", "HTTP/1.1") in ("HTTP/0.9", "HTTP/1.0"):
        return "The handshake of a WebSocket takes HTTP/1.1."
    try:
        key = base64.b64decode(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 16:
        return "The handshake of a WebSocket takes the header Sec-WebSocket-Key, 16 bytes in base64."
    return ""

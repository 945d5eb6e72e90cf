"""The outermost layer: the headers of every answer, and how many may come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from . import figure_routes
from .limits import MOST_CONNECTIONS

SOCKET_PATH = "/socket.io/"
FRAMED_PATH = figure_routes.PATH  # what lies below may stand in anybody's page; nothing else may
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ")


def security_headers(path: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that every answer at this path has."""
    ancestors = "*" if path.startswith(FRAMED_PATH) else "'none'"
    return (("Content-Security-Policy", POLICY + ancestors),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"))


SECURITY_HEADERS = security_headers("/")


Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Door:
    """Wrap a WSGI application: security headers on every answer, no WebSocket beyond the bound."""

    def __init__(self, application: Application, open_connections: Callable[[], int],
                 most: int = MOST_CONNECTIONS, turned_away: Callable[[], None] = lambda: None) -> None:
        """Keep what tells how many connections are open, and who wants to know of one too many."""
        self._application = application
        self._open_connections = open_connections
        self._most = most
        self._turned_away = turned_away

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*headers, *security_headers(path)], exc_info)

        if path.startswith(SOCKET_PATH) and self._open_connections() >= self._most:
            self._turned_away()
            start("503 Service Unavailable", [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")])
            return [b"Too many connections are open. Try again in a moment."]
        return self._application(environ, start)

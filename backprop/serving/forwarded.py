"""What a proxy in front says of the request: believed where the setting TRUST_PROXY says so, forgotten elsewhere.

Anybody can send X-Forwarded-*. Where they are believed, it is the last value of each, which the nearest proxy wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Forwarded:
    """Wrap a WSGI application: its scheme, host and peer are the client's own, as far as is known."""

    def __init__(self, application: Application, trusted: bool) -> None:
        """Keep whether the server in front is trusted."""
        self._application = application
        self._enter: Any = ProxyFix(self._plainly, x_for=1, x_proto=1, x_host=1) if trusted else self._plainly

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        answer: Iterable[bytes] = self._enter(environ, start_response)
        return answer

    def _plainly(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Hand on the request without those headers: Engine.IO would take the first value of each for true."""
        for name in [name for name in environ if name.startswith(("HTTP_X_FORWARDED_", "HTTP_FORWARDED"))]:
            del environ[name]
        return self._application(environ, start_response)

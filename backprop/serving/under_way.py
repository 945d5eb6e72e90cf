"""How many pages and files are being sent: a clean stop waits for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class UnderWay:
    """Wrap a WSGI application and count the answers that are not sent yet. WebSockets are none."""

    def __init__(self, application: Application) -> None:
        """Begin at nothing."""
        self._application = application
        self.count = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        if "HTTP_UPGRADE" in environ:
            return self._application(environ, start_response)
        self.count += 1
        try:
            body = self._application(environ, start_response)
            return Sized(body, self) if isinstance(body, Sequence) else Counted(body, self)
        except BaseException:
            self.count -= 1
            raise


class Counted:
    """Be the body of an answer, which the server closes when all of it is sent, or nobody takes it any more."""

    def __init__(self, body: Iterable[bytes], counter: UnderWay) -> None:
        """Keep the body, and who counts it."""
        self._body, self._counter, self._open = body, counter, True

    def __iter__(self) -> Iterator[bytes]:
        """Yield the parts."""
        return iter(self._body)

    def close(self) -> None:
        """Count it no longer."""
        if self._open:
            self._open = False
            self._counter.count -= 1
        if hasattr(self._body, "close"):
            self._body.close()


class Sized(Counted):
    """Be a body of which the server may ask how long it is: so it says the length, and sends no chunks."""

    def __init__(self, body: Sequence[bytes], counter: UnderWay) -> None:
        """Keep the body, and who counts it."""
        super().__init__(body, counter)
        self._parts = len(body)

    def __len__(self) -> int:
        """Return the number of parts."""
        return self._parts

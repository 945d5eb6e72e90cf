"""Whose request a greenlet works on: what it has used, and whether it still waits for the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .limits import ConnectionLimits


class Gone(Exception):
    """Say that nobody waits for this answer any more."""


class Asker:
    """Be one connection, as far as work on its request has to know it."""

    def __init__(self, limits: ConnectionLimits, gone: Callable[[], bool] = lambda: False) -> None:
        """Keep its limits, and what says that nobody waits for it any more."""
        self.limits, self._gone = limits, gone

    @property
    def greedy(self) -> bool:
        """Whether this connection has used much of late."""
        return self.limits.allowance.greedy

    def check(self) -> None:
        """Raise Gone where nobody waits for the answer."""
        if self._gone():
            raise Gone

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Let what is worked on in the block be its request."""
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)


_CURRENT: ContextVar[Asker | None] = ContextVar("asker", default=None)


def current() -> Asker | None:
    """Return whose request this greenlet works on; None where it is nobody's."""
    return _CURRENT.get()

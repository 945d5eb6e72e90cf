"""What becomes of a server between its start and its end: starting, ready, stopping."""

from __future__ import annotations

from collections.abc import Callable


class State:
    """Know whether the server is stopping, and whether it can do what it is asked."""

    def __init__(self) -> None:
        """Begin as ready for nothing."""
        self.warm = False
        self.stopping = False
        self.checks: list[Callable[[], str | None]] = []

    def not_ready(self) -> str | None:
        """Return in a sentence why nobody should be sent here; None where all is well."""
        if self.stopping:
            return "The server is stopping."
        if not self.warm:
            return "The kernels are not ready yet."
        return next((reason for check in self.checks if (reason := check())), None)

"""Flask, without what it does for a page where there is none."""

from __future__ import annotations

from typing import Any

from flask import Flask

from .gevent_adapter import ENVIRON_KEY


class PageApplication(Flask):
    """Look for the page of an address once, when a connection begins, not for every event that comes over it."""

    def create_url_adapter(self, request: Any) -> Any:
        """Return what finds the page of a request; None for an event of a WebSocket."""
        if request is not None and ENVIRON_KEY in request.environ:
            return None
        return super().create_url_adapter(request)

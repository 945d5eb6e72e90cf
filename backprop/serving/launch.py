"""Starting and stopping: an address to listen on, a browser to open, a clean end."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from typing import Any

import gevent
from gevent.event import Event

from .http_server import Handler, WSGIServer, more_files
from .limits import MOST_SOCKETS

STOP_SECONDS = 0.2
BACKLOG = 2048  # who may stand at the door: a school that comes in within a second


class AddressError(Exception):
    """Say in one sentence why there is nothing to listen on."""


def listen(host: str, port: int, asked_for: bool) -> socket.socket:
    """Return a listening socket; a free port instead of a taken one that nobody asked for by number."""
    try:
        return _bound(host, port)
    except OSError as fault:
        taken = fault.errno == errno.EADDRINUSE
        if taken and not asked_for:
            return _bound(host, 0)
        why = "another program listens there already" if taken else fault.strerror or str(fault)
        raise AddressError(f"Cannot listen on {host} port {port}: {why}.") from None


def url_of(listener: socket.socket) -> str:
    """Return the address as this machine's browser reaches it."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def serve(application: Any, listener: socket.socket, when_ready: Callable[[], None],
          before_end: Callable[[], None] = lambda: None, most_sockets: int = MOST_SOCKETS) -> None:
    """Serve until SIGINT or SIGTERM; call `when_ready` once both would be heard.

    The first of them closes the listener, calls `before_end` and ends; the second ends the process at once.
    """
    more_files(most_sockets)
    host, port = listener.getsockname()[:2]
    server = WSGIServer(listener, application, log=None, error_log=None, handler_class=Handler,
                        environ={"SERVER_NAME": host, "SERVER_PORT": str(port)})  # else it asks the DNS
    server.most_sockets = most_sockets
    stopping, stopped = Event(), Event()

    def stop(number: int) -> None:
        if stopping.is_set():
            os._exit(128 + number)
        stopping.set()
        server.stop_accepting()
        server.socket.close()
        try:
            before_end()
        finally:
            stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, stop, number)
    server.start()
    when_ready()
    stopped.wait()
    server.stop(STOP_SECONDS)


def open_browser(url: str) -> None:
    """Open the user's browser where there is a screen to open it on."""
    if has_screen():
        gevent.spawn(webbrowser.open, url)


def has_screen() -> bool:
    """Say whether a browser window can be seen: a display, or a terminal on a system that always has one."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return sys.platform in ("darwin", "win32") and sys.stdin is not None and sys.stdin.isatty()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)

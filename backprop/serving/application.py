"""The application, put together: Flask for the pages, Socket.IO for the events, the door around both."""

from __future__ import annotations

import gc
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO

from ..warm import warm
from . import events, gevent_adapter, page_files, routes
from .answers import Answers
from .assets import Assets
from .door import Door
from .limits import MESSAGE_BYTES
from .packets import Packet
from .page_application import PageApplication
from .processor import SharedProcessor
from .wire import StrictJSON

GARBAGE_AT = 10_000  # new objects, some hundred requests: at Python's 700 it is looked for after every few
ROOT = Path(__file__).resolve().parents[2]


def build() -> Flask:
    """Return the application, ready to be served by gevent's WSGI server, its kernels compiled or loaded."""
    warm()  # a kernel compiled in a thread of gevent's pool would wait for Numba's lock for ever
    app = PageApplication("backprop", root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.json = routes.StrictProvider(app)
    answers = Answers(SharedProcessor())
    socketio = SocketIO(
        app, async_mode="gevent", transports=["websocket"], allow_upgrades=False, manage_session=False,
        cors_credentials=False, max_http_buffer_size=MESSAGE_BYTES, json=StrictJSON, serializer=Packet,
    )
    gevent_adapter.install(socketio.server.eio)
    events.register(socketio, answers)
    routes.register(app, answers, Assets(ROOT / "static", page_files.made))
    app.wsgi_app = Door(app.wsgi_app, lambda: len(socketio.server.eio.sockets))  # type: ignore[method-assign]
    gc.collect()
    gc.freeze()  # what is there now stays: to look through it again and again would hold everybody up
    gc.set_threshold(GARBAGE_AT)
    return app

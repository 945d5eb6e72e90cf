"""The application, put together: Flask for the pages, Socket.IO for the events, the door around both."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO

from ..warm import warm
from . import events, gevent_adapter, page_files, routes
from .answers import Answers
from .assets import Assets
from .class_answers import ClassAnswers
from .class_keeping import Keeping
from .class_rooms import Rooms
from .door import Door
from .limits import MESSAGE_BYTES
from .packets import Packet
from .processor import SharedProcessor
from .wire import StrictJSON

ROOT = Path(__file__).resolve().parents[2]


def build(redis_url: str | None = None) -> Flask:
    """Return the application, ready to be served by gevent's WSGI server, its kernels compiled or loaded.

    redis_url: the Redis that several processes share (None: there is one process).
    """
    warm()  # a kernel compiled in a thread of gevent's pool would wait for Numba's lock for ever
    app = Flask("backprop", root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.json = routes.StrictProvider(app)
    answers = Answers(SharedProcessor())
    keeping = Keeping(redis_url)
    socketio = SocketIO(
        app, async_mode="gevent", transports=["websocket"], allow_upgrades=False, manage_session=False,
        cors_credentials=False, max_http_buffer_size=MESSAGE_BYTES, json=StrictJSON, serializer=Packet,
        **keeping.options,
    )
    gevent_adapter.install(socketio.server.eio)
    events.register(socketio, answers, ClassAnswers(keeping.classes, Rooms(socketio, keeping)))
    routes.register(app, answers, Assets(ROOT / "static", page_files.made))
    app.wsgi_app = Door(app.wsgi_app, lambda: len(socketio.server.eio.sockets))  # type: ignore[method-assign]
    return app

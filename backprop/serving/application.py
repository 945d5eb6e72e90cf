"""The application, put together: Flask for the pages, Socket.IO for the events, the door around both."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO

from ..warm import warm
from . import events, health_routes, logs, page_files, routes, whole_socket
from .allowance import Allowance
from .answers import Answers
from .assets import Assets
from .class_answers import ClassAnswers
from .class_keeping import Keeping
from .class_rooms import Rooms
from .door import Door
from .farewell import Farewell
from .forwarded import Forwarded
from .limits import MESSAGE_BYTES, ConnectionLimits, TokenBucket
from .line import Line
from .metrics import Metrics
from .packets import Packet
from .processor import SharedProcessor
from .redis_check import redis_check
from .settings import Settings
from .state import State
from .turnstile import Turnstile
from .under_way import UnderWay
from .wire import StrictJSON

GARBAGE_AT = 10_000, 10, 50  # new objects, some hundred requests: at Python's 700 it is looked for after every few; and
# among all that there is, a tenth of a second with a thousand learners, about once a minute where they fill the server
SWITCH_SECONDS = 0.0005  # that a thread keeps the interpreter: with Python's 5 ms each read and write waits for so long
ROOT = Path(__file__).resolve().parents[2]


def build(settings: Settings | None = None) -> Flask:
    """Return the application, ready to be served by gevent's WSGI server, its kernels compiled or loaded.

    Its `extensions["backprop"]` says goodbye to everyone (Farewell).
    """
    settings = settings or Settings()
    state = State()
    warm()  # a kernel compiled in a thread of gevent's pool would wait for Numba's lock for ever
    state.warm = True
    app = Flask("backprop", root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.json = routes.StrictProvider(app)
    app.log_exception = lambda exc_info: logs.fault("a page")  # type: ignore[method-assign]
    line = Line()
    answers = Answers(SharedProcessor(line, settings.threads))
    keeping = Keeping(settings.redis_url)
    socketio = SocketIO(
        app, async_mode="gevent", transports=["websocket"], allow_upgrades=False, manage_session=False,
        cors_credentials=False, max_http_buffer_size=MESSAGE_BYTES, json=StrictJSON, serializer=Packet,
        logger=logs.of_library("library.socketio"), engineio_logger=logs.of_library("library.engineio"),
        **keeping.options,
    )
    classes = ClassAnswers(keeping.classes, Rooms(socketio, keeping))
    metrics = Metrics(answers.names | classes.names)

    def new_limits() -> ConnectionLimits:
        return ConnectionLimits(TokenBucket(settings.requests_per_second, settings.requests_at_once),
                                Allowance(settings.allowance_seconds))

    counts = settings.metrics == "1"
    events.register(socketio, answers, classes, line, new_limits, *([metrics.counted] if counts else []))
    if settings.redis_url:
        state.checks.append(redis_check(settings.redis_url))
    health_routes.register(app, state, metrics if counts else None)
    routes.register(app, answers, Assets(ROOT / "static", page_files.made))

    def connected() -> int:
        return len(socketio.server.eio.sockets)

    metrics.watch(connected, lambda: whole_socket.Sent.count, lambda: whole_socket.UNSENT.size)
    app.wsgi_app = Forwarded(app.wsgi_app, settings.trust_proxy == "1")  # type: ignore[method-assign]
    app.wsgi_app = Door(app.wsgi_app, connected, settings.most_connections,  # type: ignore[method-assign]
                        metrics.turned_away, lambda: state.stopping)
    app.wsgi_app = Turnstile(app.wsgi_app, line)  # type: ignore[method-assign]
    app.wsgi_app = pages = UnderWay(app.wsgi_app)  # type: ignore[method-assign]
    app.extensions["backprop"] = Farewell(socketio, state, settings.stop_seconds, lambda: pages.count)
    gc.collect()
    gc.freeze()  # what is there now stays: to look through it again and again would hold everybody up
    gc.set_threshold(*GARBAGE_AT)
    sys.setswitchinterval(SWITCH_SECONDS)
    return app

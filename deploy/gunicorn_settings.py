"""One server of several: one gunicorn with one worker, on HOST and PORT (docs/operations.md has all settings)."""

from gevent import monkey

monkey.patch_all()  # the application is loaded here, before the worker is forked

import os  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402

from backprop.serving import logs, settings  # noqa: E402

LOOK_SECONDS = 0.1
try:
    _chosen = settings.read(os.environ)
except settings.SettingError as wrong:
    raise SystemExit(str(wrong)) from None

bind = f"{_chosen.host}:{_chosen.port if _chosen.port is not None else 5000}"
wsgi_app = "app:create_app()"
worker_class = "gevent"
workers = 1  # a second one on the same address could not be told from the first: start a second gunicorn
worker_connections = _chosen.most_connections + 200  # pages and files are no WebSockets
preload_app = True  # nothing listens before it can answer, and a worker that dies is there again at once
graceful_timeout = _chosen.stop_seconds + 5  # the application keeps STOP_SECONDS by itself
timeout = 60
backlog = 1024
loglevel = "error"  # below that it names addresses; the application has its own log
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Say goodbye to everyone once the worker is asked to end."""
    def watch() -> None:
        while worker.alive:
            gevent.sleep(LOOK_SECONDS)
        worker.app.callable.extensions["backprop"].say()

    gevent.spawn(watch)
    logs.say("start", port=_chosen.port, redis=bool(_chosen.redis_url), metrics=_chosen.metrics == "1")

"""Serve the page: `python app.py`, then look at the address that it prints."""

from gevent import monkey

monkey.patch_all()  # before every other import: what they take from the standard library must be the patched one

import argparse  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

from flask import Flask  # noqa: E402

from backprop.serving import application, launch, logs, network, settings  # noqa: E402
from backprop.serving.limits import SPARE_SOCKETS  # noqa: E402

PORT = 5000


def create_app() -> Flask:
    """Return the application, for a gevent server (deploy/gunicorn_settings.py); the environment has its settings."""
    chosen = settings.read(os.environ)
    logs.configure(chosen.log_format, chosen.log_level)
    return application.build(chosen)


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; return the exit status."""
    asked = _parser().parse_args(arguments)
    given = {name: value for name, value in (("HOST", asked.host), ("PORT", asked.port)) if value is not None}
    try:
        chosen = settings.read({**os.environ, **given})
        listener = launch.listen(chosen.host, PORT if chosen.port is None else chosen.port, chosen.port is not None)
    except settings.SettingError as fault:
        print(fault, file=sys.stderr)
        return 2
    except launch.AddressError as fault:
        print(fault, file=sys.stderr)
        return 1
    logs.configure(chosen.log_format, chosen.log_level)
    url, number = launch.url_of(listener), listener.getsockname()[1]
    taken = chosen.port is None and number != PORT
    addresses = network.network_addresses() if chosen.host == "0.0.0.0" else []

    def welcome() -> None:
        where = f"Port {PORT} is taken, so it is at" if taken else "Backpropagation, step by step, is at"
        print(f"{where} {url} (Ctrl+C stops it)", flush=True)
        if chosen.host == "0.0.0.0":
            print(network.for_the_blackboard(addresses, number), flush=True)
        logs.say("start", port=number, redis=bool(chosen.redis_url), metrics=chosen.metrics == "1")
        if not asked.no_browser:
            launch.open_browser(network.for_the_teacher(addresses, number) or url)

    app = application.build(chosen)
    launch.serve(app, listener, welcome, app.extensions["backprop"].say, chosen.most_connections + SPARE_SOCKETS)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Step through backpropagation in the browser.",
                                     epilog="All other settings are in the environment: docs/operations.md.")
    parser.add_argument("--host", help="the address to listen on (else HOST, else 127.0.0.1)")
    parser.add_argument("--port",
                        help=f"the port to listen on, 0 for a free one (else PORT, else {PORT} or a free one)")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    return parser


if __name__ == "__main__":
    sys.exit(main())

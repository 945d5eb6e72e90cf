"""Serve the page: `python app.py`, then look at the address that it prints."""

from gevent import monkey

monkey.patch_all()  # before every other import: what they take from the standard library must be the patched one

import argparse  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

from flask import Flask  # noqa: E402

from backprop.serving import application, launch  # noqa: E402

PORT = 5000


def create_app() -> Flask:
    """Return the application, for a gevent server: `gunicorn -k gevent -w 1 "app:create_app()"`."""
    return application.build(os.environ.get("REDIS_URL") or None)


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; return the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        listener = launch.listen(asked.host, PORT if asked.port is None else asked.port, asked.port is not None)
    except launch.AddressError as fault:
        print(fault, file=sys.stderr)
        return 1
    url = launch.url_of(listener)
    taken = asked.port is None and not url.endswith(f":{PORT}")

    def welcome() -> None:
        where = f"Port {PORT} is taken, so it is at" if taken else "Backpropagation, step by step, is at"
        print(f"{where} {url} (Ctrl+C stops it)", flush=True)
        if not asked.no_browser:
            launch.open_browser(url)

    launch.serve(create_app(), listener, welcome)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Step through backpropagation in the browser.")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1",
                        help="the address to listen on (HOST, else %(default)s)")
    parser.add_argument("--port", type=_port, default=os.environ.get("PORT") or None,
                        help=f"the port to listen on, 0 for a free one (PORT, else {PORT} or a free one)")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a whole number from 0 to 65535, not {text!r}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

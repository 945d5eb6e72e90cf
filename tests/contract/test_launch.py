"""Starting and stopping app.py as a user does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.contract.raw import RawClient
from tests.server import DEADLINE_SECONDS, ROOT, RunningServer, first_line


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_with_clients_connected(how: signal.Signals) -> None:
    server = RunningServer().start()
    client = RawClient(server).connect()
    process = server.process
    process.send_signal(how)
    assert process.wait(DEADLINE_SECONDS) == 0
    assert client.close_code() is None
    client.close()
    assert server.stop() == 0


def test_a_taken_port_that_was_asked_for_is_a_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for ended in (_run(["--port", str(port)], {}), _run([], {"PORT": str(port)})):
            assert ended.returncode == 1
            assert ended.stdout == ""
            assert ended.stderr == (f"Cannot listen on 127.0.0.1 port {port}: "
                                    "another program listens there already.\n")


@pytest.mark.parametrize("port", ["http", "65536"])
def test_a_port_that_is_none_is_a_clear_error(port: str) -> None:
    ended = _run([], {"PORT": port})
    assert ended.returncode == 2
    assert ended.stderr == f"PORT takes a whole number from 0 to 65535, but got '{port}'.\n"


def test_a_taken_port_that_nobody_asked_for_gives_way_to_a_free_one() -> None:
    with suppress(OSError), socket.create_server(("127.0.0.1", 5000)):
        _finds_another()
        return
    _finds_another()  # somebody else has port 5000, which is as good


def _finds_another() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("PORT", "HOST")}
    with subprocess.Popen([sys.executable, "app.py", "--no-browser"], cwd=ROOT, env=environment, text=True,
                          stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            line = first_line(process)
        finally:
            process.terminate()
    assert line.startswith("Port 5000 is taken, so it is at http://127.0.0.1:")
    assert process.wait(DEADLINE_SECONDS) == 0


def _run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "app.py", "--no-browser", *arguments], cwd=ROOT, capture_output=True,
                          env={**os.environ, **environment}, text=True, timeout=DEADLINE_SECONDS, check=False,
                          encoding="utf-8")

"""A real Redis on a free port of this machine, for the tests of classes in several processes."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.server import DEADLINE_SECONDS
from tools.debian import redis_server

STARTS = 5  # another program may take the port between its finding and its use


class RunningRedis:
    """Run a Redis that keeps nothing on disk; `stop` and `start` it again on the same port."""

    def __init__(self) -> None:
        self._program = redis_server()
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> RunningRedis:
        for _ in range(1 if self._port else STARTS):
            port = self._port or free_port()
            self._process = subprocess.Popen(
                [self._program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                 "--dir", tempfile.gettempdir()], stdout=subprocess.DEVNULL)
            if self._answers(port):
                self._port = port
                return self
            self.stop()
        raise RuntimeError("Redis did not start.")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(DEADLINE_SECONDS)
            self._process = None

    def _answers(self, port: int) -> bool:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while self._process and self._process.poll() is None and time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_SECONDS) as connection:
                    connection.sendall(b"PING\r\n")
                    if connection.recv(16).startswith(b"+PONG"):
                        return self._process.poll() is None
            except OSError:
                time.sleep(0.05)
        return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running_redis() -> Iterator[RunningRedis]:
    """Run a Redis for as long as the block takes."""
    server = RunningRedis().start()
    try:
        yield server
    finally:
        server.stop()

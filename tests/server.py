"""A real server in a real process, for the contract and the browser tests."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).resolve().parents[1]
DEADLINE_SECONDS = 30.0


class RunningServer:
    """Run app.py on a free port; `stop` and `start` it again on the same one."""

    def __init__(self, port: int = 0, *, environment: dict[str, str] | None = None,
                 stderr: IO[bytes] | None = None) -> None:
        """Prepare a server; port 0: any free port, found at the first start and kept. stderr: where faults go."""
        self.port = port
        self._stderr = stderr
        self._environment = environment or {}
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def process(self) -> subprocess.Popen[str]:
        """The server's process."""
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped since."""
        return self._process is not None

    def start(self) -> RunningServer:
        """Start the server and wait until it answers."""
        if self._process is not None:
            raise RuntimeError("The server is running already.")
        command = [sys.executable, "app.py", "--no-browser", "--port", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **self._environment},
                                         stdout=subprocess.PIPE, stderr=self._stderr, text=True, encoding="utf-8")
        try:
            line = first_line(self._process)
            self.port = int(line.split("http://", 1)[1].split()[0].rsplit(":", 1)[1])
            self._wait_for_life()
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> int:
        """Stop the server as a user does, and return its exit status."""
        self.process.terminate()
        return self._ended()

    def kill(self) -> int:
        """Stop the server as a crash does."""
        self.process.kill()
        return self._ended()

    def _ended(self) -> int:
        process, self._process = self.process, None
        with process:  # closes its pipe
            return process.wait(DEADLINE_SECONDS)

    def _wait_for_life(self) -> None:
        # it listens since before it said so: the connection waits in the queue until the server takes it
        with build_opener(ProxyHandler({})).open(f"{self.url}/healthz", timeout=DEADLINE_SECONDS) as answer:
            if answer.status != 200:
                raise RuntimeError(f"/healthz answered {answer.status}.")


@contextmanager
def running_server(port: int = 0, *, environment: dict[str, str] | None = None,
                   stderr: IO[bytes] | None = None) -> Iterator[RunningServer]:
    """Run a server for as long as the block takes."""
    server = RunningServer(port, environment=environment, stderr=stderr).start()
    try:
        yield server
    finally:
        if server.running:
            server.stop()


def first_line(process: subprocess.Popen[str]) -> str:
    """Return the first line that the process prints; RuntimeError where it ends or the deadline passes without one."""
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read_line, args=(process.stdout, lines), daemon=True).start()
    try:
        line = lines.get(timeout=DEADLINE_SECONDS)
    except queue.Empty:
        raise RuntimeError(f"The server said nothing within {DEADLINE_SECONDS:g} s.") from None
    if not line:
        raise RuntimeError("The server ended without a word on standard output; see standard error.")
    return line


def _read_line(stdout: IO[str] | None, lines: queue.Queue[str]) -> None:
    lines.put(stdout.readline() if stdout else "")

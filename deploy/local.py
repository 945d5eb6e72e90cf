"""Several servers behind nginx on this machine: python -m deploy.local --workers 3 --port 8080.

SIGHUP restarts the servers one by one; SIGTERM or Ctrl+C stops all of it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from deploy.configurations import nginx_configuration, redis_configuration
from tools.console import ROOT, SetupError
from tools.debian import nginx, redis_server

PATIENCE_SECONDS = 120.0
LOOK_SECONDS = 0.05
LONGEST_STOP_SECONDS = 60.0


class Failed(Exception):
    """Say what did not start or stop."""


class Program:
    """A process of ours, ended by its own id."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        """Start it, in the project's folder."""
        self.name = name
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})},
                                        stdin=subprocess.DEVNULL, start_new_session=True)

    def check(self) -> None:
        """Raise Failed where it has ended."""
        if self.process.poll() is not None:
            raise Failed(f"{self.name} ended with status {self.process.returncode}.")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, wait, and return its status; by force where it does not hear."""
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(LONGEST_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)  # its own session: it and what it started
        return self.process.wait()


class Server:
    """One server of several: a gunicorn with one worker, on a port of its own."""

    def __init__(self, port: int, environment: dict[str, str]) -> None:
        """Name it; `start` starts it."""
        self.port = port
        self._environment = {**environment, "HOST": "127.0.0.1", "PORT": str(port)}
        self.program: Program | None = None

    def start(self) -> None:
        """Start it; `wait` until it is ready."""
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn_settings.py"]
        self.program = Program(f"The server on port {self.port}", command, self._environment)

    def wait(self) -> None:
        """Return once /readyz says so."""
        _until(lambda: self.asked("/readyz") == 200, self.program)

    def asked(self, path: str) -> int | None:
        """Return the status with which this server, not nginx, answers; None where nobody does."""
        return status(self.port, path)

    def worker(self) -> int | None:
        """Return the id of the process that serves; gunicorn's own only watches it. Linux only."""
        if self.program is None:
            return None
        pid = self.program.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return int(children[0]) if children else None

    def stop(self) -> int:
        """Stop it cleanly and return its status."""
        return self.program.stop() if self.program else 0


class Deployment:
    """Redis, so many servers and nginx, on the loopback; configurations in a folder that goes with it."""

    def __init__(self, workers: int, port: int = 0, environment: dict[str, str] | None = None) -> None:
        """Prepare; port 0: any free one."""
        self.port = port or free_port()
        self._redis_port = free_port()
        chosen = {"REDIS_URL": f"redis://127.0.0.1:{self._redis_port}/0", "TRUST_PROXY": "1", **(environment or {})}
        self.servers = [Server(free_port(), chosen) for _ in range(workers)]
        self._folder = Path()
        self._redis: Program | None = None
        self._front: Program | None = None
        self._left = contextlib.ExitStack()

    @property
    def url(self) -> str:
        """The one address of all."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Deployment:
        """Start all of it, and return once it answers."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Stop all of it."""
        self.stop()

    def _start(self) -> None:
        folder = self._folder = Path(self._left.enter_context(tempfile.TemporaryDirectory(prefix="backprop-")))
        (folder / "redis.conf").write_text(redis_configuration(folder, self._redis_port), encoding="utf-8")
        (folder / "nginx.conf").write_text(
            nginx_configuration(folder, f"127.0.0.1:{self.port}", [server.port for server in self.servers]),
            encoding="utf-8")
        self.start_redis()
        for server in self.servers:
            server.start()
        for server in self.servers:
            server.wait()
        self._front = Program("nginx", [nginx(), "-c", str(folder / "nginx.conf"), "-e", "stderr"])
        _until(lambda: status(self.port, "/readyz") == 200, self._front)

    def start_redis(self) -> None:
        """Start Redis, and return once it answers."""
        self._redis = Program("redis-server", [redis_server(), str(self._folder / "redis.conf")])
        _until(lambda: reachable(self._redis_port), self._redis)

    def kill_redis(self) -> None:
        """End Redis as a crash does."""
        if self._redis:
            self._redis.stop(signal.SIGKILL)

    def roll(self) -> None:
        """Restart the servers one by one, the next when the one before is ready."""
        for server in self.servers:
            server.stop()
            server.start()
            server.wait()

    def check(self) -> None:
        """Raise Failed where something has ended that should run."""
        for program in (self._redis, self._front, *(server.program for server in self.servers)):
            if program:
                program.check()

    def stop(self) -> dict[str, int]:
        """Stop the servers together, then nginx, then Redis; return the status of each."""
        for server in self.servers:
            if server.program and server.program.process.poll() is None:
                server.program.process.terminate()
        ended = {server.program.name: server.program.process.wait(LONGEST_STOP_SECONDS)
                 for server in self.servers if server.program}
        for program in (self._front, self._redis):
            if program:
                ended[program.name] = program.stop()
        self._left.close()
        return ended


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def reachable(port: int) -> bool:
    """Say whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def status(port: int, path: str) -> int | None:
    """Return the status of an answer over HTTP; None where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _until(holds: Callable[[], bool], program: Program | None) -> None:
    """Wait until it holds; Failed where the program ends before, or the time."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if program:
            program.check()
        if time.monotonic() > end:
            raise Failed(f"{program.name if program else 'It'} was not ready within {PATIENCE_SECONDS:g} s.")
        time.sleep(LOOK_SECONDS)


def main(arguments: list[str] | None = None) -> int:
    """Run until stopped; return the exit status."""
    parser = argparse.ArgumentParser(description="Several servers behind nginx, with Redis, on this machine.")
    parser.add_argument("--workers", type=int, default=3, choices=range(1, 17), metavar="1..16",
                        help="how many servers (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="the port of nginx, 0 for a free one (%(default)s)")
    asked = parser.parse_args(arguments)
    heard: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _: heard.put(got))
    try:
        with Deployment(asked.workers, asked.port) as running:
            print(f"{asked.workers} servers are at {running.url} (kill -HUP {os.getpid()} restarts them one by one, "
                  "Ctrl+C stops them)", flush=True)
            while True:
                try:
                    got = heard.get(timeout=1.0)
                except queue.Empty:
                    running.check()
                    continue
                if got != signal.SIGHUP:
                    return 0
                running.roll()
                print("All servers were restarted.", flush=True)
    except (Failed, SetupError) as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""The server under attack, with a well-behaved learner beside the attackers, and what has to be true of each answer."""

from __future__ import annotations

import json
import select
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests.contract.raw import ANSWER, RawClient
from tests.server import DEADLINE_SECONDS, RunningServer, running_server

CASES_A_CONNECTION = 50  # fewer than the server takes at once
PATIENCE_SECONDS = 120.0
LEARNER_PAUSE = 0.1
PARTS = {"field", "got", "takes", "message"}
MEMORY_BOUND = 900_000_000  # bytes: of the whole server, with everything it remembers


class Learner:
    """Ask ten small questions a second, each one different from the last, and keep what became of them."""

    def __init__(self, server: RunningServer) -> None:
        """Come in; nothing is asked yet."""
        self.waited: list[float] = []
        self.faults: list[str] = []
        self._client = RawClient(server).connect()
        self._spec = self._client.call("catalog", {})["presets"][0]["spec"]
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)

    def _go(self) -> None:
        number = 0
        while not self._end.wait(LEARNER_PAUSE):
            number += 1
            spec = {**self._spec, "learning_rate": 1 + number % 500 / 1000}
            begun = time.perf_counter()
            try:
                answer = self._client.call("pass", {"spec": spec, "pass": 0})
            except (OSError, websocket.WebSocketException) as fault:
                self.faults.append(repr(fault))
                return
            self.waited.append(time.perf_counter() - begun)
            if not answer["ok"]:
                self.faults.append(answer["error"]["message"])

    @contextmanager
    def asking(self) -> Iterator[Learner]:
        """Ask for as long as the block takes."""
        self._thread.start()
        try:
            yield self
        finally:
            self._end.set()
            self._thread.join(2 * DEADLINE_SECONDS)
            if self._thread.is_alive():
                self.faults.append("a question was never answered")
            self._client.close()


class Target:
    """Send cases to the server, and judge what comes back. AssertionError where it is not as promised."""

    def __init__(self, server: RunningServer) -> None:
        """Begin without a connection."""
        self.server = server
        self.seen: Counter[tuple[str, str]] = Counter()
        self._client: RawClient | None = None
        self._cases = 0

    def client(self) -> RawClient:
        """Return a connection that has not been asked too much."""
        self._cases += 1
        if self._client is None or self._cases % CASES_A_CONNECTION == 0:
            self.hang_up()
            self._client = RawClient(self.server).connect()
            self._client.socket.settimeout(PATIENCE_SECONDS)
        return self._client

    def hang_up(self) -> None:
        """Leave the connection, if there is one."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def request(self, event: str, payload: str, what: str) -> None:
        """Ask; an answer must come, or this one connection must close where the message is too long."""
        client = self.client()
        text = f"42{self._cases}[{json.dumps(event)},{payload}]"
        try:
            client.socket.send(text)
            while True:
                came = client.socket.recv()
                if came == "2":
                    client.socket.send("3")
                found = ANSWER.match(came) if isinstance(came, str) else None
                if found and int(found.group(1)) == self._cases:
                    break
                if isinstance(came, str) and came.startswith(f"461-{self._cases}["):
                    client.socket.recv()  # the bytes of a run
                    self.seen[what, "answered"] += 1
                    return
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            assert len(text.encode()) > 64 * 1024, f"{event} closed the connection: {text[:300]}"
            self.hang_up()
            self.seen[what, "closed"] += 1
            return
        except websocket.WebSocketTimeoutException:
            raise AssertionError(f"{event} was never answered: {text[:300]}") from None
        answer = json.loads(came[found.end():-1], parse_constant=lambda name: _fail(f"{name} in an answer"))
        self.seen[what, judged(answer, text)] += 1

    def packet(self, text: str) -> None:
        """Send what is hardly a packet; the connection must go on, or close."""
        client = self.client()
        try:
            client.socket.send(text)
            number = client.ask("catalog", {})
            answer = json.loads(client.answer(number))
            self.seen["packet", judged(answer, text) if not answer["ok"] else "went on"] += 1
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            self.hang_up()
            self.seen["packet", "closed"] += 1
        except websocket.WebSocketTimeoutException:
            raise AssertionError(f"After {text[:200]!r} nothing is answered.") from None

    def frames(self, data: bytes) -> None:
        """Send bytes in the place of frames, then hang up half; the server must hang up too."""
        client = RawClient(self.server).connect()
        try:
            client.socket.sock.sendall(data)
            client.socket.sock.shutdown(socket.SHUT_WR)
            self.seen["frames", "closed" if read_to_end(client.socket.sock) else "closed without a word"] += 1
        except ConnectionError:
            self.seen["frames", "closed without a word"] += 1
        finally:
            client.close()

    def http(self, data: bytes) -> None:
        """Send bytes in the place of a request, then hang up half; what comes back must have a policy."""
        with socket.create_connection(("127.0.0.1", self.server.port), PATIENCE_SECONDS) as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                came = read_to_end(connection)
            except ConnectionError:
                self.seen["http", "closed without a word"] += 1
                return
        head = came.split(b"\r\n\r\n", 1)[0]
        if not came:
            self.seen["http", "closed without a word"] += 1
            return
        assert head.startswith(b"HTTP/1.1 "), data
        status = int(head.split()[1])
        assert status < 500, data
        assert status == 101 or b"\r\nContent-Security-Policy: default-src 'none'" in head, data
        self.seen["http", str(status)] += 1


def judged(answer: Any, text: str) -> str:
    """Return what became of a request: answered, or the field that was refused."""
    assert isinstance(answer, dict) and isinstance(answer.get("ok"), bool), text[:300]
    if answer["ok"]:
        return "answered"
    error = answer["error"]
    assert set(error) == PARTS and all(isinstance(part, str) for part in error.values()), error
    assert error["message"] and error["takes"], error
    assert error["field"] != "server", f"a fault of the server's own: {text[:600]}"
    assert len(error["got"]) <= 60 and len(error["message"]) <= 700, error
    return "refused"


def read_to_end(connection: socket.socket) -> bytes:
    """Return all that comes until the other side hangs up."""
    came, end = bytearray(), time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        ready, _, _ = select.select([connection], [], [], PATIENCE_SECONDS)
        more = connection.recv(65536) if ready else None
        if more == b"":
            return bytes(came)
        came += more or b""
    raise AssertionError("The server never hung up.")


def memory(server: RunningServer) -> int:
    """Return the bytes of memory that the server's process holds, now."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return 1024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


@contextmanager
def under_attack() -> Iterator[tuple[Target, Learner]]:
    """Run a server and a learner beside the block; what the server says of faults must be nothing."""
    with tempfile.TemporaryFile() as stderr:
        with running_server(stderr=stderr, environment={"LOG_LEVEL": "error"}) as server:
            target, learner = Target(server), Learner(server)
            with learner.asking():
                yield target, learner
            target.hang_up()
            assert memory(server) < MEMORY_BOUND
        stderr.seek(0)
        # the library tells once of a request that it refuses
        said = [line for line in stderr.read().decode().splitlines() if "_log_error_once" not in line]
    assert said == [], said[:20]
    assert learner.faults == []
    assert learner.waited


def _fail(words: str) -> Any:
    raise AssertionError(words)

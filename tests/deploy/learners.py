"""Learners as the page is one: each pulls a run chunk by chunk, and goes on from its cursor over a new connection."""

from __future__ import annotations

import threading
import time
from typing import Any

import websocket

from tests.contract.raw import RawClient

CHUNK = 500
CHUNKS = 8
LONGEST_SECONDS = 600.0
LOOK_SECONDS = 0.02
HELD_AT = 3  # the chunk that is asked for again and again until the test has done what it is about


BROKEN = (OSError, websocket.WebSocketException, AssertionError)  # AssertionError: no greeting


def race(seed: int) -> dict[str, Any]:
    """Return the spec of a run that no other learner has."""
    return {"v": 1, "layers": [2, 4, 1], "activations": ["tanh", "sigmoid"], "loss": "binary_cross_entropy",
            "biases": True, "data": {"x": [[0, 0], [0, 1], [1, 0], [1, 1]], "y": [[0], [1], [1], [0]]},
            "lanes": [{"learning_rate": rate, "initial": {"kind": "random", "initializer": "xavier", "seed": seed}}
                      for rate in (0.05, 0.5)]}


def questions(seed: int) -> list[dict[str, Any]]:
    """Return the requests that pull the whole run."""
    return [{"spec": race(seed), "epoch": start, "stop": start + CHUNK} for start in range(0, CHUNK * CHUNKS, CHUNK)]


class Learner(threading.Thread):
    """Pull a run from the servers; hold at one chunk until `go_on` is set."""

    def __init__(self, servers: Any, seed: int, go_on: threading.Event) -> None:
        super().__init__(daemon=True)
        self.bodies: list[bytes] = []
        self.fault: BaseException | None = None
        self.holding = threading.Event()
        self.connections = 0
        self.news = 0
        self._servers, self._seed, self._go_on = servers, seed, go_on
        self._client: RawClient | None = None
        self._end = time.monotonic() + LONGEST_SECONDS

    def run(self) -> None:
        try:
            for number, question in enumerate(questions(self._seed)):
                body = self._asked(question)
                while number == HELD_AT and not self._go_on.is_set():
                    self.holding.set()
                    body = self._asked(question)
                self.bodies.append(body)
        except BaseException as fault:
            self.fault = fault
        finally:
            self.holding.set()
            self._leave()

    def _asked(self, question: dict[str, Any]) -> bytes:
        """Ask until there is an answer."""
        while time.monotonic() < self._end:
            try:
                if self._client is None:
                    self._client = RawClient(self._servers).connect()
                    self.connections += 1
                body = self._answer(self._client, question)
            except BROKEN:
                self._leave()
                body = None
            if body is not None:
                return body
            time.sleep(LOOK_SECONDS)
        raise TimeoutError("This learner is stuck.")

    def _answer(self, client: RawClient, question: dict[str, Any]) -> bytes | None:
        """Return the body of the answer; None where the server asks for patience."""
        client.ask("run", question)
        stopping = False
        while True:
            got = client.socket.recv()
            if not got:
                raise ConnectionError
            if got == "2":
                client.socket.send("3")
            elif isinstance(got, str) and got.startswith('42["server_stopping"'):
                self.news += 1
                stopping = True
            elif isinstance(got, str) and got.startswith("43"):
                assert '"field":"rate"' in got
                return None
            elif isinstance(got, bytes):
                if stopping:
                    self._leave()
                return got

    def _leave(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def together(servers: Any, count: int) -> tuple[list[Learner], threading.Event]:
    """Start so many learners, and return once each holds in the middle of its race."""
    go_on = threading.Event()
    learners = [Learner(servers, seed, go_on) for seed in range(count)]
    for learner in learners:
        learner.start()
    for learner in learners:
        assert learner.holding.wait(LONGEST_SECONDS)
    return learners, go_on


def finished(learners: list[Learner]) -> None:
    """Wait for all of them, and let none have failed."""
    for learner in learners:
        learner.join(LONGEST_SECONDS)
        assert not learner.is_alive()
        assert learner.fault is None, learner.fault

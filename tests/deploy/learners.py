"""Learners as the page is one: each pulls a run chunk by chunk, and goes on from its cursor over a new connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import socketio

CHUNK = 500
CHUNKS = 8
LONGEST_SECONDS = 240.0
LOOK_SECONDS = 0.02
HELD_AT = 3  # the chunk that is asked for again and again until the test has done what it is about


class Lost(Exception):
    """The connection went before the answer came."""


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
    """Pull a run through `url`; hold at one chunk until `go_on` is set."""

    def __init__(self, url: str, seed: int, go_on: threading.Event) -> None:
        super().__init__(daemon=True)
        self.bodies: list[bytes] = []
        self.fault: BaseException | None = None
        self.holding = threading.Event()
        self.connections = 0
        self.news = 0
        self._url, self._seed, self._go_on = url, seed, go_on
        self._client: Any = None
        self._stopping = False
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
        while True:
            try:
                if self._stopping or self._client is None or not self._client.connected:
                    self._leave()
                    self._connect()
                answer = self._answer(question)
            except (Lost, socketio.exceptions.SocketIOError):
                self._wait(lambda: True)
                continue
            if answer["ok"]:
                body: bytes = answer["body"]
                return body
            assert answer["error"]["field"] == "rate", answer
            self._wait(lambda: True)

    def _answer(self, question: dict[str, Any]) -> Any:
        got: list[Any] = []
        self._client.emit("run", question, callback=got.append)
        self._wait(lambda: got or not self._client.connected)
        if not got:
            raise Lost
        return got[0]

    def _connect(self) -> None:
        self._stopping = False
        self._client = socketio.Client(reconnection=False)
        self._client.on("server_stopping", self._on_stopping)
        self._client.connect(self._url, transports=["websocket"], wait_timeout=30)
        self.connections += 1

    def _leave(self) -> None:
        if self._client is not None:
            self._client.disconnect()

    def _on_stopping(self, news: dict[str, float]) -> None:
        assert news["seconds"] >= 0
        self.news += 1
        self._stopping = True

    def _wait(self, holds: Callable[[], object]) -> None:
        time.sleep(LOOK_SECONDS)
        while not holds():
            if time.monotonic() > self._end:
                raise TimeoutError("This learner is stuck.")
            time.sleep(LOOK_SECONDS)


def together(url: str, count: int) -> tuple[list[Learner], threading.Event]:
    """Start so many learners, and return once each holds in the middle of its race."""
    go_on = threading.Event()
    learners = [Learner(url, seed, go_on) for seed in range(count)]
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

"""A client of a class: it keeps what it is told, in the order in which it came."""

from __future__ import annotations

import queue
from typing import Any

import socketio

from tests.server import DEADLINE_SECONDS, RunningServer

ANN, BOB = "ann-ann-ann-ann-", "bob_bob_bob_bob_"


class ClassClient:
    """Speak to one server; `code`, `key` and `ends` are of the class that was started last."""

    def __init__(self, server: RunningServer) -> None:
        self.code = self.key = self.learner = ""
        self.ends = 0
        self._told: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        self._kept: list[tuple[str, dict[str, Any]]] = []
        self._client = socketio.Client(reconnection=False)
        self._client.on("*", lambda event, payload: self._told.put((event, payload)))
        self._client.connect(server.url, transports=["websocket"])

    def call(self, event: str, payload: dict[str, Any]) -> Any:
        return self._client.call(event, payload, timeout=DEADLINE_SECONDS)

    def own(self, event: str, payload: dict[str, Any]) -> Any:
        """Act as the teacher of the class."""
        return self.call(event, {"code": self.code, "key": self.key, **payload})

    def start(self, **payload: int) -> ClassClient:
        began = self.call("class_start", payload)
        self.code, self.key, self.ends = began["code"], began["key"], began["ends"]
        return self

    def teach(self, teacher: ClassClient) -> ClassClient:
        self.code, self.key, self.ends = teacher.code, teacher.key, teacher.ends
        assert self.own("class_teach", {})["ok"]
        return self

    def join(self, teacher: ClassClient, learner: str) -> ClassClient:
        self.code, self.learner = teacher.code, learner
        assert self.call("class_join", {"code": self.code, "learner": learner})["ok"]
        return self

    def answer(self, question: int, choice: int) -> Any:
        return self.call("class_answer", {"code": self.code, "learner": self.learner, "question": question,
                                          "choice": choice})

    def next(self, event: str) -> dict[str, Any]:
        """Return what came next by this name; what came by others is kept in its order."""
        for place, (name, payload) in enumerate(self._kept):
            if name == event:
                del self._kept[place]
                return payload
        while True:
            name, payload = self._told.get(timeout=DEADLINE_SECONDS)
            if name == event:
                return payload
            self._kept.append((name, payload))

    def until(self, event: str, wanted: dict[str, Any]) -> None:
        """Wait until this is told; Empty, with what was told, where it never is."""
        seen = []
        while not seen or seen[-1] != wanted:
            try:
                seen.append(self.next(event))
            except queue.Empty:
                raise AssertionError(f"{wanted} was never told, but {seen}") from None

    def names(self) -> list[str]:
        """Return the names of what was told and not taken, as far as it has come."""
        while not self._told.empty():
            self._kept.append(self._told.get())
        return [name for name, _ in self._kept]

    def close(self) -> None:
        self._client.disconnect()

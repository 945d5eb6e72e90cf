"""A class: one teacher steps, and every learner's line is told."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import socketio

from bench.load.learners import Learners, Outcome, Work, own_processor_seconds
from bench.load.line import Line
from bench.load.questions import Question
from bench.load.scenarios import PROCESSES, Measured, processes, receive
from bench.load.watched import busy_seconds, processor_seconds, resident_bytes
from bench.machine import loop_ms
from tests.server import running_server

STEP_SECONDS = 0.5
LAST_SECONDS = 2.0  # what was not told this long after the last step is lost
STATE = "1.j2VyEeyJhdCI6MX0"  # as long as that of a pass at its first number


@dataclass(frozen=True)
class Joins:
    """Ask to be let into a class."""

    code: str

    def __call__(self, learner: int, turn: int) -> Question:
        """Return a learner's request."""
        return Question("class_join", f'{{"code":"{self.code}","learner":"learner-{learner:012d}"}}', None)


def measure_class(name: str, learners: int, *, seconds: float, target: float, port: int = 0,
                  **_: Any) -> Measured:
    """Let a teacher step for so long, and tell how long each step took to each learner."""
    with running_server(port) as server:
        pid = server.process.pid
        at_first = resident_bytes(pid)
        teacher = socketio.Client()
        teacher.connect(server.url, transports=["websocket"])
        room = teacher.call("class_start", {})
        works = [Work(server.port, tuple(range(first, learners, PROCESSES)), Joins(room["code"]))
                 for first in range(PROCESSES)]
        with processes(works, listening) as pipes:
            refused = sum(int(str(receive(pipe, 120.0))) for pipe in pipes)
            connected = resident_bytes(pid)
            before = loop_ms()
            own, whole, begin = processor_seconds(pid), busy_seconds(), time.monotonic()
            sent = _steps(teacher, room, begin, round(seconds / STEP_SECONDS))
            time.sleep(LAST_SECONDS)
            took = time.monotonic() - begin
            own, whole = processor_seconds(pid) - own, busy_seconds() - whole
            for pipe in pipes:
                pipe.send("enough")
            told: list[tuple[dict[int, list[float]], Outcome]] = [receive(pipe, 60.0) for pipe in pipes]
            at_end = resident_bytes(pid)
            after = loop_ms()
            for pipe in pipes:
                pipe.send("go")
        teacher.disconnect()
        server.kill()
    clients = sum(outcome.processor for _, outcome in told)
    latencies = [moment - sent[number] for each, _ in told for number, moments in each.items() for moment in moments
                 if number in sent]
    asked = len(sent) * learners
    others = max(0.0, whole - own - clients) / took
    return Measured(name, learners, took, latencies, asked, refused + asked - len(latencies), 0.0, own, own / took,
                    clients / took, others, (before + after) / 2, (at_first, connected, at_end), target, None)


def _steps(teacher: Any, room: dict[str, Any], begin: float, steps: int) -> dict[int, float]:
    """Step at fixed times; return when each was due, by its number."""
    sent = {}
    for step in range(steps):
        due = begin + (step + 1) * STEP_SECONDS
        time.sleep(max(0.0, due - time.monotonic()))
        answer = teacher.call("class_show", {"code": room["code"], "key": room["key"], "figure": "passes",
                                             "state": STATE})
        sent[answer["number"]] = due
    return sent


def listening(pipe: Connection) -> None:
    """Be some of the class: join, and keep when each step was told."""
    gc.disable()
    work: Work = pipe.recv()
    learners = Learners(work)
    learners.connect()
    told: dict[int, list[float]] = {}

    def tell(line: Line, text: bytes) -> None:
        at = text.find(b'"number":')
        if at >= 0 and b'"class_shown"' in text:
            number = int(text[at + 9:text.find(b"}", at)].split(b",")[0])
            told.setdefault(number, []).append(time.monotonic())

    learners.ask_all(tell)
    pipe.send(learners.outcome.errors)
    before = own_processor_seconds()
    learners.wait_for(pipe)
    pipe.recv()
    learners.outcome.processor = own_processor_seconds() - before
    pipe.send((told, learners.outcome))
    pipe.recv()
    learners.close()

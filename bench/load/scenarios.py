"""One scenario: a server, some processes of learners, and what was measured."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from bench.load.learners import Outcome, Work, process
from bench.load.questions import Question
from bench.load.watched import busy_seconds, processor_seconds, resident_bytes
from bench.machine import loop_ms
from tests.server import RunningServer, running_server

PROCESSES = 2
LEAD_SECONDS = 0.5
QUIET_SECONDS, QUIET_CORES = 1.5, 0.25


@dataclass
class Measured:
    """Hold a scenario's figures. memory: of the server, before the learners came, when all were there, at the end."""

    name: str
    learners: int
    seconds: float
    latencies: list[float]
    asked: int
    errors: int
    late: float
    used: float  # seconds of a core that the server used
    server: float  # cores
    clients: float
    others: float  # what else ran on this machine
    loop: float  # how slow this machine was just before and after (machine.loop_ms)
    memory: tuple[int, int, int]
    target: float | None
    answer_bytes: int | None  # beside the head
    samples: list[int] = field(default_factory=list)  # memory, over the run
    processes: int = PROCESSES

    def line(self) -> str:
        """Return the figures as one line, for who watches."""
        shown = ", ".join(f"{1000 * self.percentile(share):,.1f}" for share in (0.5, 0.95, 0.99, 1.0))
        return (f"{self.name}: p50, p95, p99, slowest {shown} ms; {self.errors} errors in {self.asked} asked; server "
                f"{self.server:.2f} cores, {1000 * self.used / max(1, self.asked):.2f} ms a request, "
                f"{self.memory[0] // 10**6} to {self.memory[1] // 10**6} to {self.memory[2] // 10**6} MB; clients "
                f"{self.clients:.2f} cores, late by {1000 * self.late:.0f} ms; others {self.others:.2f} cores; "
                f"loop {self.loop:.1f} ms")

    @property
    def judged(self) -> tuple[float, str]:
        """Return the percentile that its target is about, in seconds, and what that is called."""
        slowest = self.target is not None and self.target >= 1.0
        return (self.percentile(1.0), "slowest") if slowest else (self.percentile(0.99), "p99")

    @property
    def met(self) -> bool:
        """Whether it stays within its target, without an error."""
        return self.target is None or (self.judged[0] <= self.target and not self.errors)

    def percentile(self, share: float) -> float:
        """Return the latency that this share of answers stays within, in seconds."""
        if not self.latencies:
            return float("inf")
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(name: str, learners: int, question: Callable[[int, int], Question] | None, *, seconds: float,
            each_second: float = 0.0, arrive: float | None = None, target: float | None = None,
            port: int = 0, sample_seconds: float = 1.0, patience: float = 0.0) -> Measured:
    """Run one scenario against a server of its own. patience: how long to wait for a machine that is otherwise idle."""
    with running_server(port) as server:
        at_first = resident_bytes(server.process.pid)
        shares = [tuple(range(first, learners, PROCESSES)) for first in range(PROCESSES)]
        works = [Work(server.port, share, question, seconds, each_second, arrive) for share in shares]
        with processes(works) as pipes:
            for pipe in pipes:
                receive(pipe, 90.0)
            connected = resident_bytes(server.process.pid)
            wait_for_quiet(patience)
            before = loop_ms()
            begin = time.monotonic() + LEAD_SECONDS
            for pipe in pipes:
                pipe.send(begin)
            time.sleep(LEAD_SECONDS)
            own, whole = processor_seconds(server.process.pid), busy_seconds()
            samples = list(_samples(server, pipes, begin + seconds, sample_seconds))
            took = time.monotonic() - begin
            own, whole = processor_seconds(server.process.pid) - own, busy_seconds() - whole
            outcomes: list[Outcome] = [receive(pipe, 60.0) for pipe in pipes]
            at_end = resident_bytes(server.process.pid)
            after = loop_ms()
            for pipe in pipes:
                pipe.send("go")
        server.kill()  # not our matter how it takes leave of a thousand
    clients = sum(outcome.processor for outcome in outcomes)
    return Measured(name, learners, seconds, [each for outcome in outcomes for each in outcome.latencies],
                    sum(outcome.asked for outcome in outcomes), sum(outcome.errors for outcome in outcomes),
                    max(outcome.late for outcome in outcomes), own, own / took, clients / took,
                    max(0.0, (whole - own - clients) / took), (before + after) / 2, (at_first, connected, at_end),
                    target, question(0, 0).size if question else None, samples)


def wait_for_quiet(seconds: float) -> None:
    """Wait until nothing else runs on this machine, but no longer than this."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        before = busy_seconds()
        time.sleep(QUIET_SECONDS)
        if busy_seconds() - before < QUIET_CORES * QUIET_SECONDS:
            return


def _samples(server: RunningServer, pipes: list[Connection], until: float, every: float) -> Iterator[int]:
    """Yield the server's memory, every so many seconds, until all learners are done."""
    while time.monotonic() < until or not all(pipe.poll() for pipe in pipes):
        yield resident_bytes(server.process.pid)
        time.sleep(min(every, max(0.05, until - time.monotonic())))


@contextmanager
def processes(works: list[Work], target: Callable[[Connection], None] = process) -> Iterator[list[Connection]]:
    """Run a process for each work, and end it, whatever happens."""
    fresh = multiprocessing.get_context("spawn")
    started = []
    try:
        for work in works:
            near, far = fresh.Pipe()
            started.append((near, fresh.Process(target=target, args=(far,), daemon=True)))
            started[-1][1].start()
            near.send(work)
        yield [near for near, _ in started]
    finally:
        for near, child in started:
            child.join(5.0)
            if child.is_alive():
                child.kill()
                child.join()
            near.close()


def receive(pipe: Connection, seconds: float) -> Any:
    """Return what a process says; RuntimeError where it says nothing for so long."""
    if not pipe.poll(seconds):
        raise RuntimeError(f"A process of learners said nothing for {seconds:g} s.")
    return pipe.recv()

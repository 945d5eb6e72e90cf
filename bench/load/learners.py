"""One process of learners. Open loop: what is due is due, however slow the server; latency counts from then."""

from __future__ import annotations

import gc
import random
import resource
import select
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from bench.load.line import CLOSED, OPEN, Line
from bench.load.questions import Question

GRACE_SECONDS = 10.0  # how long to wait for what is not answered when all was asked
CONNECT_SECONDS = 60.0
START_SECONDS = 1.0  # within which those begin who ask more often than that
EVENTS_AT_ONCE = 256


@dataclass(frozen=True)
class Work:
    """Say what one process does.

    learners: their numbers. question: what the learner asks as its k-th request. seconds: how long. each_second: how
    often each of them asks. begin: when, by time.monotonic of this machine. arrive: over how many seconds they connect
    and ask once, instead of asking over lines that are open.
    """

    port: int
    learners: tuple[int, ...]
    question: Callable[[int, int], Question] | None
    seconds: float = 0.0
    each_second: float = 0.0
    arrive: float | None = None


@dataclass
class Outcome:
    """Hold what came of it. latencies: seconds, of what was answered as asked. errors: what was not, and lines lost."""

    latencies: list[float] = field(default_factory=list)
    asked: int = 0
    errors: int = 0
    late: float = 0.0  # the longest that this process itself was behind
    processor: float = 0.0  # seconds of a core that it used


class Learners:
    """Drive many lines from one loop."""

    def __init__(self, work: Work) -> None:
        """Begin with no line open."""
        self._work = work
        self._epoll = select.epoll()
        self._lines: dict[int, Line] = {}
        self._writing: set[int] = set()
        self._due: dict[tuple[int, int], float] = {}  # by line and request
        self.outcome = Outcome()

    def connect(self) -> None:
        """Open all lines, a few at a time, and wait until all are."""
        until = time.monotonic() + CONNECT_SECONDS
        waiting = deque(self._work.learners)
        self._by_learner: dict[int, Line] = {}
        opening: list[Line] = []
        while (waiting or opening) and time.monotonic() < until:
            while waiting and len(opening) < 20:
                line = self._open()
                self._by_learner[waiting.popleft()] = line
                opening.append(line)
            self._turn(0.05)
            opening = [line for line in opening if line.state not in (OPEN, CLOSED)]
        lost = [line for line in self._by_learner.values() if line.state != OPEN]
        if lost:
            raise RuntimeError(f"{len(lost)} of {len(self._by_learner)} lines did not open")

    def race(self, begin: float) -> None:
        """Ask at fixed times, each learner from a random moment of the first second, or of its period, on."""
        work, question = self._work, self._work.question
        assert question is not None
        period = 1.0 / work.each_second
        starts = [(random.random() * max(period, START_SECONDS), learner) for learner in work.learners]
        turns = range(round(work.seconds * work.each_second))
        asking = sorted((start + turn * period, learner, turn) for start, learner in starts for turn in turns)
        for number, (moment, learner, turn) in enumerate(asking, 1):
            due = begin + moment
            self._until(due)
            line = self._by_learner[learner]
            self.outcome.asked += 1
            if line.state != OPEN:
                self.outcome.errors += 1
                continue
            self._due[line.socket.fileno(), number] = due
            asked = question(learner, turn)
            line.ask(number, asked.event, asked.payload, asked.size)
            if line.wants_to_write:
                self._watch(line)
        self._finish()

    def arrive(self, begin: float) -> None:
        """Connect and ask once, spread over a while from `begin` on."""
        work, question = self._work, self._work.question
        assert question is not None and work.arrive is not None
        for moment, learner in sorted((random.random() * work.arrive, learner) for learner in work.learners):
            self._until(begin + moment)
            line = self._open()
            self.outcome.asked += 1
            self._due[line.socket.fileno(), 1] = begin + moment
            line.joined = lambda line, learner=learner: self._ask_first(line, learner)
        self._finish()

    def ask_all(self, told: Callable[[Line, bytes], None]) -> None:
        """Ask the first question on every line, and let `told` hear what the server says of its own."""
        for learner, line in self._by_learner.items():
            line.told = told
            self._due[line.socket.fileno(), 1] = time.monotonic()
            self._ask_first(line, learner)
            self._watch(line)
            self._turn(0)
        self._finish()

    def idle(self, seconds: float) -> None:
        """Do nothing but answer pings."""
        self._until(time.monotonic() + seconds)
        self.outcome.asked = len(self._lines)
        self.outcome.errors = sum(line.state != OPEN for line in self._lines.values())

    def wait_for(self, pipe: Connection) -> None:
        """Answer pings until something comes through the pipe."""
        while not pipe.poll():
            self._turn(0.05)

    def close(self) -> None:
        """Hang up everywhere."""
        for line in self._lines.values():
            line.close()
        self._epoll.close()

    def _ask_first(self, line: Line, learner: int) -> None:
        assert self._work.question is not None
        asked = self._work.question(learner, 0)
        line.ask(1, asked.event, asked.payload, asked.size)

    def _open(self) -> Line:
        line = Line(self._work.port, self._answered)
        fd = line.socket.fileno()
        self._lines[fd] = line
        self._epoll.register(fd, select.EPOLLIN | select.EPOLLOUT)
        self._writing.add(fd)
        return line

    def _watch(self, line: Line) -> None:
        fd = line.socket.fileno()
        if fd >= 0 and line.wants_to_write != (fd in self._writing):
            self._writing ^= {fd}
            self._epoll.modify(fd, select.EPOLLIN | (select.EPOLLOUT if line.wants_to_write else 0))

    def _until(self, moment: float) -> None:
        while (left := moment - time.monotonic()) > 0:
            self._turn(left)
        self.outcome.late = max(self.outcome.late, -left)
        if left < -0.001:
            self._turn(0)

    def _turn(self, seconds: float) -> None:
        for fd, kind in self._epoll.poll(seconds, EVENTS_AT_ONCE):
            line = self._lines[fd]
            if kind & select.EPOLLOUT:
                line.writable()
            if kind & ~select.EPOLLOUT and line.state != CLOSED:
                line.readable()
            self._watch(line)

    def _answered(self, line: Line, number: int, well: bool) -> None:
        due = self._due.pop((line.socket.fileno(), number), None)
        if due is None or not well:
            self.outcome.errors += 1
        else:
            self.outcome.latencies.append(time.monotonic() - due)

    def _finish(self) -> None:
        until = time.monotonic() + GRACE_SECONDS
        while self._due and time.monotonic() < until:
            self._turn(0.02)
        self.outcome.errors += len(self._due)


def own_processor_seconds() -> float:
    """Return how many seconds of a core this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def process(pipe: Connection) -> None:
    """Do what comes through the pipe: a Work, then when to begin; send back what came of it."""
    gc.disable()
    work: Work = pipe.recv()
    learners = Learners(work)
    if work.arrive is None:
        learners.connect()
    pipe.send("ready")
    learners.wait_for(pipe)
    begin: float = pipe.recv()
    before = own_processor_seconds()
    if work.arrive is not None:
        learners.arrive(begin)
    elif work.question is not None:
        learners.race(begin)
    else:
        learners.idle(work.seconds)
    learners.outcome.processor = own_processor_seconds() - before
    pipe.send(learners.outcome)
    pipe.recv()  # until told to go: the lines stay open
    learners.close()

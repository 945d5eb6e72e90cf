"""The answers of training. Equal questions are worked out once: by spec, and piece by piece, in turn."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ..guessing import guessing_results
from ..kernels.plan import parameter_count
from ..known_run import CHECKPOINT_EVERY, SURFACE_HIGH, SURFACE_LOW, KnownRun, Shown
from ..run_spec import RunSpec
from ..spec_words import read_model
from ..typical import PIECE_WORK, Starts
from ..verdicts import finishing_line
from .chunks import frame_bytes, packed
from .payloads import NothingWanted
from .processor import Processor, Result
from .run_payloads import RunWanted, SeedsWanted
from .shared_work import SharedWork, take_turns

RUNS_KEPT = 64
STARTS_UNDER_WAY = 3  # questions at a time: what trains a thousand starts may hold a hundred megabytes
ANSWER_BYTES = 1_000_000
KEPT_BYTES = 64_000_000  # of runs and answers together, but for the run at hand
FRAMES_AN_ANSWER = 256


@dataclass(eq=False)
class _Kept:
    """A run, its answers by question, and the turn of whoever works on it."""

    run: KnownRun
    turn: threading.Lock = field(default_factory=threading.Lock)
    answers: dict[tuple[int, ...], dict[str, Any]] = field(default_factory=dict)
    answers_size: int = 0

    @property
    def size(self) -> int:
        return self.run.size + self.answers_size


class RunAnswers:
    """Answer `run`, `seeds` and `guessing`. What is forgotten is worked out again, to the same bits."""

    def __init__(self, processor: Processor) -> None:
        """Begin with nothing remembered."""
        self._processor = processor
        self._runs: OrderedDict[str, _Kept] = OrderedDict()
        self._seeds: OrderedDict[tuple[str, int, int], dict[str, Any]] = OrderedDict()
        self._frames: SharedWork[_Frames] = SharedWork(processor)
        self._starts_places = threading.Semaphore(STARTS_UNDER_WAY)
        self._starts: SharedWork[Starts] = SharedWork(processor)
        self._guessing = {"ok": True, **guessing_results()}

    def run(self, payload: object) -> dict[str, Any]:
        """Answer `run`: losses, frames, verdicts and surfaces, as bytes beside a small head."""
        wanted = read_model(RunWanted, payload)
        kept = self._kept(wanted.spec)
        question = (wanted.epoch, wanted.stop, wanted.every or 0, wanted.grid)
        answer = kept.answers.get(question)
        if answer is None:
            stop = wanted.epoch + min(wanted.stop - wanted.epoch, _fitting(wanted))
            self._reach(kept, stop)
            frames = self._frames.finished((wanted.spec.canonical(), question),
                                           lambda: _Frames(kept.run, wanted, stop), kept.turn)
            answer = kept.answers.get(question)  # another who asked the same may have been first
            if answer is None:
                answer = kept.answers[question] = _told(kept.run, wanted, stop, frames)
                kept.answers_size += len(answer["body"])
            self._forget()
        return answer

    def seeds(self, payload: object) -> dict[str, Any]:
        """Answer `seeds`: when other starts solve it."""
        wanted = read_model(SeedsWanted, payload)
        question = (wanted.spec.canonical(), wanted.stop, wanted.seeds)
        if question in self._seeds:
            return self._seeds[question]
        with self._processor.turn(self._starts_places):
            if question not in self._seeds:
                starts = self._starts.finished(question, lambda: Starts(wanted.spec, wanted.stop, wanted.seeds))
                self._seeds.setdefault(question, {"ok": True, **starts.found().as_dict()})
            answer = self._seeds[question]
        while len(self._seeds) > RUNS_KEPT:
            self._seeds.popitem(last=False)
        return answer

    def guessing(self, payload: object) -> dict[str, Any]:
        """Answer `guessing`: what guessing costs beside backpropagation, measured by bench/guessing.py."""
        read_model(NothingWanted, payload)
        return self._guessing

    def ask(self, spec: RunSpec, stop: int, question: Callable[[KnownRun], Result]) -> Result:
        """Return what `question` finds of the spec's run, once that is known up to `stop`."""
        kept = self._kept(spec)
        self._reach(kept, stop)
        with self._processor.turn(kept.turn):
            found = self._processor.aside(lambda: question(kept.run))
        self._forget()
        return found

    def _kept(self, spec: RunSpec) -> _Kept:
        key = spec.canonical()
        kept = self._runs.pop(key, None) or _Kept(KnownRun(spec))
        self._runs[key] = kept
        return kept

    def _forget(self) -> None:
        """Let go of what was asked longest ago, but never of the run at hand."""
        while len(self._runs) > 1 and (len(self._runs) > RUNS_KEPT or
                                       sum(kept.size for kept in self._runs.values()) > KEPT_BYTES):
            self._runs.popitem(last=False)
        newest = next(reversed(self._runs.values()))
        if newest.answers_size > KEPT_BYTES:
            newest.answers, newest.answers_size = {}, 0

    def _reach(self, kept: _Kept, stop: int) -> None:
        """Train the run to `stop`, taking turns with others who ask for less of it."""
        take_turns(self._processor, kept.turn, lambda: kept.run.known >= stop, kept.run.extend)


class _Frames:
    """The frames of an answer, some at a time."""

    def __init__(self, run: KnownRun, wanted: RunWanted, stop: int) -> None:
        self.epochs = [] if wanted.every is None else [
            epoch for epoch in range(wanted.epoch, stop) if epoch % wanted.every == 0]
        self.shown: list[Shown] = []
        self._coming = run.shown(self.epochs, wanted.grid)
        spec = wanted.spec
        points = len(spec.data.x) * min(wanted.every or 1, CHECKPOINT_EVERY) + wanted.grid ** 2
        a_frame = len(spec.lanes) * parameter_count(spec.layers, spec.biases) * points
        self._a_piece = max(1, PIECE_WORK // a_frame)

    @property
    def done(self) -> bool:
        return len(self.shown) == len(self.epochs)

    def go_on(self) -> None:
        self.shown += islice(self._coming, self._a_piece)


def _told(run: KnownRun, wanted: RunWanted, stop: int, frames: _Frames) -> dict[str, Any]:
    spec, shown = wanted.spec, frames.shown
    grid = wanted.grid if shown and shown[0].surfaces is not None else 0
    return {"ok": True, "epoch": wanted.epoch, "stop": stop, "frames": frames.epochs,
            "diverged": list(run.diverged(stop)),
            "parameters": parameter_count(spec.layers, spec.biases), "samples": len(spec.data.x),
            "outputs": spec.layers[-1], "grid": grid, "low": SURFACE_LOW, "high": SURFACE_HIGH,
            "finish": finishing_line(spec),
            "body": packed(run.losses(wanted.epoch, stop), shown)}


def _fitting(wanted: RunWanted) -> int:
    """Return how many epochs an answer may hold: a million bytes, and 256 frames."""
    spec = wanted.spec
    lanes, outputs = len(spec.lanes), spec.layers[-1] * len(spec.data.x)
    parameters = parameter_count(spec.layers, spec.biases)
    without_frames = ANSWER_BYTES // (8 * lanes)
    if wanted.every is None:
        return without_frames
    a_frame = frame_bytes(lanes, parameters, outputs, wanted.grid)
    frames = min(FRAMES_AN_ANSWER, ANSWER_BYTES // (a_frame + 8 * lanes * wanted.every))
    return min(max(1, frames) * wanted.every, without_frames)

"""The answers of training. Equal questions are worked out once: by spec, and piece by piece, in turn."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from ..guessing import guessing_results
from ..kernels.plan import parameter_count
from ..known_run import CHECKPOINT_EVERY, KnownRun, Shown
from ..planes import SURFACE_HIGH, SURFACE_LOW
from ..run_spec import RunSpec
from ..spec_words import read_model
from ..typical import PIECE_WORK, Starts
from ..verdicts import finishing_line
from .answer_cache import AnswerCache
from .chunks import frame_bytes, packed
from .payloads import NothingWanted
from .processor import Processor, Result
from .run_payloads import RunWanted, SeedsWanted
from .shared_work import SharedWork, take_turns
from .wire import WithBytes

RUNS_KEPT = 2000  # one for each connection that there may be
RUNS_BYTES = 128_000_000  # of what is known of runs, but for the run at hand
A_RUN_BYTES = 16_000  # that a run takes beside the numbers it counts
SEEDS_KEPT = 64
STARTS_UNDER_WAY = 3  # questions at a time: what trains a thousand starts may hold a hundred megabytes
ANSWER_BYTES = 1_000_000
ANSWERS_BYTES = 32_000_000
FRAMES_AN_ANSWER = 256


@dataclass(eq=False)
class _Kept:
    """A run, what every answer says of it, and the turn of whoever works on it."""

    run: KnownRun
    spec: RunSpec
    turn: threading.Lock = field(default_factory=threading.Lock)
    counted: int = 0

    def __post_init__(self) -> None:
        spec = self.spec
        self.parameters, self.samples = parameter_count(spec.layers, spec.biases), len(spec.data.x)
        self.finish = finishing_line(spec)

    @property
    def size(self) -> int:
        return self.run.size + A_RUN_BYTES

    @property
    def an_epoch(self) -> int:
        """Samples times parameters that an epoch takes, thrice for what goes forward, back and into the update."""
        return 3 * len(self.spec.lanes) * self.samples * self.parameters


class RunAnswers:
    """Answer `run`, `seeds` and `guessing`. What is forgotten is worked out again, to the same bits."""

    def __init__(self, processor: Processor) -> None:
        """Begin with nothing remembered."""
        self._processor = processor
        self._runs: OrderedDict[str, _Kept] = OrderedDict()
        self._size = 0
        self._answers = AnswerCache(ANSWERS_BYTES)
        self._seeds: OrderedDict[tuple[str, int, int], dict[str, Any]] = OrderedDict()
        self._frames: SharedWork[_Frames] = SharedWork(processor)
        self._starts_places = threading.Semaphore(STARTS_UNDER_WAY)
        self._starts: SharedWork[Starts] = SharedWork(processor)
        self._guessing = {"ok": True, **guessing_results()}

    def run(self, payload: object) -> dict[str, Any]:
        """Answer `run`: losses, frames, verdicts and surfaces, as bytes beside a small head."""
        wanted = read_model(RunWanted, payload)
        question = (wanted.spec.canonical(), wanted.epoch, wanted.stop, wanted.every or 0, wanted.grid)
        answer = self._answers.get(question)
        if answer is None:
            kept = self._kept(wanted.spec)
            stop = wanted.epoch + min(wanted.stop - wanted.epoch, _fitting(wanted, kept.parameters))
            try:
                self._reach(kept, stop)
                answer = self._answers.get(question)  # another who asked the same may have been first
                if answer is None:
                    frames = self._frames.finished(question, lambda: _Frames(kept, wanted, stop), kept.turn)
                    answer = self._answers.get(question)  # the same
                    if answer is None:
                        answer = _told(kept, wanted, stop, frames)
                        self._answers.keep(question, answer, len(answer["body"]))
            finally:
                self._forget(kept)  # what was trained is kept, though its asker may have left
        return answer

    def seeds(self, payload: object) -> dict[str, Any]:
        """Answer `seeds`: when other starts solve it."""
        wanted = read_model(SeedsWanted, payload)
        question = (wanted.spec.canonical(), wanted.stop, wanted.seeds)
        if question in self._seeds:
            return self._seeds[question]
        with nullcontext() if self._starts.under_way(question) else self._processor.turn(self._starts_places):
            if question not in self._seeds:
                starts = self._starts.finished(question, lambda: Starts(wanted.spec, wanted.stop, wanted.seeds))
                self._seeds.setdefault(question, {"ok": True, **starts.found().as_dict()})
            answer = self._seeds[question]
        while len(self._seeds) > SEEDS_KEPT:
            self._seeds.popitem(last=False)
        return answer

    def guessing(self, payload: object) -> dict[str, Any]:
        """Answer `guessing`: what guessing costs beside backpropagation, measured by bench/guessing.py."""
        read_model(NothingWanted, payload)
        return self._guessing

    def ask(self, spec: RunSpec, stop: int, question: Callable[[KnownRun], Result]) -> Result:
        """Return what `question` finds of the spec's run, once that is known up to `stop`."""
        kept = self._kept(spec)
        try:
            self._reach(kept, stop)
            with self._processor.turn(kept.turn):
                return self._processor.aside(lambda: question(kept.run))
        finally:
            self._forget(kept)

    def _kept(self, spec: RunSpec) -> _Kept:
        key = spec.canonical()
        kept = self._runs.get(key)
        if kept is None:
            kept = self._runs[key] = _Kept(KnownRun(spec), spec)
        self._runs.move_to_end(key)
        return kept

    def _forget(self, grown: _Kept) -> None:
        """Count what a run has grown by; let go of what was asked longest ago, but never of the run at hand."""
        if self._runs.get(grown.spec.canonical()) is grown:
            self._size += grown.size - grown.counted
            grown.counted = grown.size
        while len(self._runs) > 1 and (len(self._runs) > RUNS_KEPT or self._size > RUNS_BYTES):
            self._size -= self._runs.popitem(last=False)[1].counted

    def _reach(self, kept: _Kept, stop: int) -> None:
        """Train the run to `stop`, taking turns with others who ask for less of it."""
        take_turns(self._processor, kept.turn, lambda: kept.run.known >= stop, kept.run.extend,
                   CHECKPOINT_EVERY * kept.an_epoch)


class _Frames:
    """The frames of an answer, some at a time."""

    def __init__(self, kept: _Kept, wanted: RunWanted, stop: int) -> None:
        self.epochs = [] if wanted.every is None else [
            epoch for epoch in range(wanted.epoch, stop) if epoch % wanted.every == 0]
        self.shown: list[Shown] = []
        self._run, self._grid = kept.run, wanted.grid
        way = min(wanted.every or 1, CHECKPOINT_EVERY) * kept.an_epoch
        a_frame = way + len(kept.spec.lanes) * wanted.grid ** 2 * kept.parameters
        self._a_piece = max(1, PIECE_WORK // a_frame)
        self.size = min(self._a_piece, len(self.epochs)) * a_frame + CHECKPOINT_EVERY // 2 * kept.an_epoch

    @property
    def done(self) -> bool:
        return len(self.shown) == len(self.epochs)

    def go_on(self) -> None:
        done = len(self.shown)
        self.shown += self._run.shown(self.epochs[done:done + self._a_piece], self._grid)


def _told(kept: _Kept, wanted: RunWanted, stop: int, frames: _Frames) -> WithBytes:
    run, shown = kept.run, frames.shown
    grid = wanted.grid if shown and shown[0].surfaces is not None else 0
    return WithBytes(
        ok=True, epoch=wanted.epoch, stop=stop, frames=frames.epochs, diverged=list(run.diverged(stop)),
        parameters=kept.parameters, samples=kept.samples, outputs=wanted.spec.layers[-1], grid=grid, low=SURFACE_LOW,
        high=SURFACE_HIGH, finish=kept.finish, body=packed(run.losses(wanted.epoch, stop), shown))



def _fitting(wanted: RunWanted, parameters: int) -> int:
    """Return how many epochs an answer may hold: a million bytes, and 256 frames."""
    spec = wanted.spec
    lanes, outputs = len(spec.lanes), spec.layers[-1] * len(spec.data.x)
    without_frames = ANSWER_BYTES // (8 * lanes)
    if wanted.every is None:
        return without_frames
    a_frame = frame_bytes(lanes, parameters, outputs, wanted.grid)
    frames = min(FRAMES_AN_ANSWER, ANSWER_BYTES // (a_frame + 8 * lanes * wanted.every))
    return min(max(1, frames) * wanted.every, without_frames)

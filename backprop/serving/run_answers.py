"""The answers of training. Equal questions are worked out once: by spec, and one question of a spec at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..guessing import guessing_results
from ..kernels.plan import parameter_count
from ..known_run import CHECKPOINT_EVERY, KnownRun
from ..planes import SURFACE_HIGH, SURFACE_LOW
from ..run_spec import RunSpec
from ..spec_words import read_model
from ..typical import typical
from ..verdicts import finishing_line
from .answer_cache import AnswerCache
from .chunks import frame_bytes, packed
from .payloads import NothingWanted
from .processor import Processor, Result
from .run_payloads import RunWanted, SeedsWanted
from .wire import WithBytes

RUNS_KEPT = 2000  # one for each connection that there may be
RUNS_BYTES = 64_000_000  # of what is known of runs, but for the run at hand
A_RUN_BYTES = 40_000  # that a run takes beside the numbers it counts
SEEDS_KEPT = 64
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
        self._seeds_turn = threading.Lock()
        self._guessing = {"ok": True, **guessing_results()}

    def run(self, payload: object) -> dict[str, Any]:
        """Answer `run`: losses, frames, verdicts and surfaces, as bytes beside a small head."""
        wanted = read_model(RunWanted, payload)
        question = (wanted.spec.canonical(), wanted.epoch, wanted.stop, wanted.every or 0, wanted.grid)
        answer = self._answers.get(question)
        if answer is None:
            kept = self._kept(wanted.spec)
            stop = wanted.epoch + min(wanted.stop - wanted.epoch, _fitting(wanted, kept.parameters))
            self._reach(kept, stop)
            with kept.turn:
                answer = self._answers.get(question)
                if answer is None:
                    answer = self._worked_out(kept, wanted, stop)
                    self._answers.keep(question, answer, len(answer["body"]))
            self._forget(kept)
        return answer

    def seeds(self, payload: object) -> dict[str, Any]:
        """Answer `seeds`: when other starts solve it."""
        wanted = read_model(SeedsWanted, payload)
        question = (wanted.spec.canonical(), wanted.stop, wanted.seeds)
        if question in self._seeds:
            return self._seeds[question]
        with self._seeds_turn:
            if question not in self._seeds:
                found = self._processor.aside(lambda: typical(wanted.spec, wanted.stop, wanted.seeds))
                self._seeds[question] = {"ok": True, **found.as_dict()}
            while len(self._seeds) > SEEDS_KEPT:
                self._seeds.popitem(last=False)
            return self._seeds[question]

    def guessing(self, payload: object) -> dict[str, Any]:
        """Answer `guessing`: what guessing costs beside backpropagation, measured by bench/guessing.py."""
        read_model(NothingWanted, payload)
        return self._guessing

    def ask(self, spec: RunSpec, stop: int, question: Callable[[KnownRun], Result]) -> Result:
        """Return what `question` finds of the spec's run, once that is known up to `stop`."""
        kept = self._kept(spec)
        self._reach(kept, stop)
        with kept.turn:
            found = self._processor.aside(lambda: question(kept.run))
        self._forget(kept)
        return found

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
        while kept.run.known < stop:
            with kept.turn:
                if kept.run.known < stop:
                    self._processor.worked(kept.run.extend, CHECKPOINT_EVERY * kept.an_epoch)
            self._processor.breathe()  # or the turn would be ours again before who waits for it wakes

    def _worked_out(self, kept: _Kept, wanted: RunWanted, stop: int) -> WithBytes:
        spec, run = wanted.spec, kept.run
        epochs = [] if wanted.every is None else [
            epoch for epoch in range(wanted.epoch, stop) if epoch % wanted.every == 0]
        shown = self._processor.worked(lambda: list(run.shown(epochs, wanted.grid)),
                                       _picture_work(kept, epochs, wanted.grid)) if epochs else []
        grid = wanted.grid if shown and shown[0].surfaces is not None else 0
        return WithBytes(
            ok=True, epoch=wanted.epoch, stop=stop, frames=epochs, diverged=list(run.diverged(stop)),
            parameters=kept.parameters, samples=kept.samples, outputs=spec.layers[-1], grid=grid, low=SURFACE_LOW,
            high=SURFACE_HIGH, finish=kept.finish, body=packed(run.losses(wanted.epoch, stop), shown))


def _picture_work(kept: _Kept, epochs: list[int], grid: int) -> int:
    """Return the samples times parameters of these frames, and of the way from a checkpoint to them."""
    frames = len(epochs) * len(kept.spec.lanes) * grid * grid * kept.parameters
    return frames + min(CHECKPOINT_EVERY, epochs[-1] - epochs[0] + CHECKPOINT_EVERY // 2) * kept.an_epoch


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

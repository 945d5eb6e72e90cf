"""The answers of training. Equal questions are worked out once: by spec, and piece by piece, in turn."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import count
from typing import Any

from ..guessing import guessing_results
from ..known_run import CHECKPOINT_EVERY, KnownRun
from ..run_spec import RunSpec
from ..spec_words import read_model
from ..typical import Starts
from .answer_cache import AnswerCache
from .payloads import NothingWanted
from .processor import Processor, Result
from .read_ahead import Question, ReadAhead, Stride, after, begins
from .run_payloads import RunWanted, SeedsWanted
from .run_pieces import KeptRun, TrainedFrames, fitting, told
from .shared_work import SharedWork, take_turns
from .wire import WithBytes

RUNS_KEPT = 2000  # one for each connection that there may be
RUNS_BYTES = 128_000_000  # of what is known of runs, but for the run at hand
SEEDS_KEPT = 64
STARTS_UNDER_WAY = 3  # questions at a time: what trains a thousand starts may hold a hundred megabytes
GREEDY_STARTS = 2  # of those, by who has used much of late: one place is for the others
ANSWERS_BYTES = 32_000_000


class RunAnswers:
    """Answer `run`, `seeds` and `guessing`. What is forgotten is worked out again, to the same bits."""

    def __init__(self, processor: Processor) -> None:
        """Begin with nothing remembered."""
        self._processor = processor
        self._runs: OrderedDict[str, KeptRun] = OrderedDict()
        self._begun = count()
        self._size = 0
        self._answers = AnswerCache(ANSWERS_BYTES)
        self._seeds: OrderedDict[tuple[str, int, int], dict[str, Any]] = OrderedDict()
        self._frames: SharedWork[TrainedFrames] = SharedWork(processor)
        self._starts_places, self._greedy_places = (threading.Semaphore(many) for many in (
            STARTS_UNDER_WAY, GREEDY_STARTS))
        self._starts: SharedWork[Starts] = SharedWork(processor)
        self._guessing = {"ok": True, **guessing_results()}

    def run(self, payload: object) -> WithBytes:
        """Answer `run`: losses, frames, verdicts and surfaces, as bytes beside a small head."""
        wanted = read_model(RunWanted, payload)
        spec, stride = wanted.spec.canonical(), (wanted.epoch, wanted.stop, wanted.every or 0, wanted.grid)
        answer = self._answers.get((spec, stride))
        if answer is None:
            kept = self._kept(wanted.spec)
            try:
                answer = self._made_ahead(spec, stride, kept) or self._made(wanted, spec, stride, kept)
            finally:
                self._forget(kept)  # what was trained is kept, though its asker may have left
        return answer

    def ready(self, question: Question) -> WithBytes | None:
        """Return the answer of `run` to a question that was checked before, where it is there already."""
        answer = self._answers.get(question)
        kept = self._runs.get(question[0]) if answer is None else None
        if kept is not None:
            self._runs.move_to_end(question[0])
            answer = self._made_ahead(*question, kept)
            self._forget(kept)
        return answer

    def asked_again(self, question: Question) -> dict[str, Any] | None:
        """Return the payload of such a question, its spec as it was read then; None if that is not remembered."""
        spec, (epoch, stop, every, grid) = question
        kept = self._runs.get(spec)
        if kept is None:
            return None
        return {"spec": kept.spec, "epoch": epoch, "stop": stop, "every": every or None, "grid": grid}

    def _made_ahead(self, spec: str, stride: Stride, kept: KeptRun) -> WithBytes | None:
        answer = kept.ahead.take(stride)
        return None if answer is None else self._keep(spec, stride, answer)

    def _made(self, wanted: RunWanted, spec: str, stride: Stride, kept: KeptRun) -> WithBytes:
        stop = wanted.epoch + min(wanted.stop - wanted.epoch, fitting(wanted, kept.parameters))
        frames = self._frames.finished((spec, stride), lambda: TrainedFrames(kept, wanted, stop), kept.turn)
        answer = self._answers.get((spec, stride))  # another who asked the same may have been first
        if answer is None:
            (_, first), *others = told(frames).items()
            answer = self._keep(spec, stride, first)
            if kept is frames.kept:  # and not one that was begun anew since
                kept.ahead.keep(dict(others), after(frames.first, 1 + frames.ahead))
        return answer

    def _keep(self, spec: str, stride: Stride, answer: WithBytes) -> WithBytes:
        answer.question = spec, stride
        self._answers.keep(answer.question, answer, len(answer["body"]))
        return answer

    def seeds(self, payload: object) -> dict[str, Any]:
        """Answer `seeds`: when other starts solve it."""
        wanted = read_model(SeedsWanted, payload)
        question = (wanted.spec.canonical(), wanted.stop, wanted.seeds)
        if question in self._seeds:
            return self._seeds[question]
        with nullcontext() if self._starts.under_way(question) else self._starts_place():
            if question not in self._seeds:
                starts = self._starts.finished(question, lambda: Starts(wanted.spec, wanted.stop, wanted.seeds))
                self._seeds.setdefault(question, {"ok": True, **starts.found().as_dict()})
            answer = self._seeds[question]
        while len(self._seeds) > SEEDS_KEPT:
            self._seeds.popitem(last=False)
        return answer

    @contextmanager
    def _starts_place(self) -> Iterator[None]:
        turn = self._processor.turn
        with turn(self._greedy_places) if self._processor.greedy else nullcontext(), turn(self._starts_places):
            yield

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

    def _kept(self, spec: RunSpec) -> KeptRun:
        key = spec.canonical()
        kept = self._runs.get(key)
        if kept is None:
            kept = self._runs[key] = KeptRun(KnownRun(spec), spec, ReadAhead(begins(next(self._begun))))
        self._runs.move_to_end(key)
        return kept

    def _forget(self, grown: KeptRun) -> None:
        """Count what a run has grown by; let go of what was asked longest ago, but never of the run at hand."""
        if self._runs.get(grown.spec.canonical()) is grown:
            self._size += grown.size - grown.counted
            grown.counted = grown.size
        while len(self._runs) > 1 and (len(self._runs) > RUNS_KEPT or self._size > RUNS_BYTES):
            self._size -= self._runs.popitem(last=False)[1].counted

    def _reach(self, kept: KeptRun, stop: int) -> None:
        """Train the run to `stop`, taking turns with others who ask for less of it."""
        take_turns(self._processor, kept.turn, lambda: kept.run.known >= stop, lambda: kept.run.extend(stop),
                   CHECKPOINT_EVERY * kept.an_epoch)

"""How typical was that? The same lane from many other starts: when each of them solves it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

import numpy as np

from .kernels.plan import parameter_count
from .kernels.thresholds import SOLVED_WITHIN
from .lanes import Lane
from .network import Network
from .run_spec import RunSpec
from .training import Checkpoint, Training

SLICE = 1000  # epochs trained before their losses are let go again
BEGUN_A_PIECE = 25  # starts: some 2 ms
PIECE_WORK = 10_000_000  # starts x samples x parameters x epochs in a piece: some 25 ms


@dataclass(frozen=True)
class Typical:
    """Hold when each start solved it. solved: per seed 0, 1, 2, ... its first solved epoch, or None within `epochs`."""

    epochs: int
    solved: tuple[int | None, ...]

    @property
    def share(self) -> float:
        """The share of starts that solved it, 0 to 1."""
        return sum(epoch is not None for epoch in self.solved) / len(self.solved)

    @property
    def median(self) -> int | None:
        """The epoch by which half of all starts have solved it; None where fewer than half do."""
        late = self.epochs + 1
        middle = statistics.median_low(late if epoch is None else epoch for epoch in self.solved)
        return None if middle == late else middle

    def as_dict(self) -> dict[str, Any]:
        """Return the numbers as plain JSON."""
        return {"epochs": self.epochs, "solved": list(self.solved), "share": self.share, "median": self.median}


class Starts:
    """Train the first lane of a run from the seeds 0 to `seeds` - 1 of its initialiser (Xavier where it has none).

    In short pieces: who wants to know calls `go_on` until it is `done`.
    """

    def __init__(self, spec: RunSpec, epochs: int, seeds: int) -> None:
        """Keep what is asked for; nothing is trained yet."""
        self._spec, self._epochs = spec, epochs
        self._solved: list[int | None] = [None] * seeds
        an_epoch = seeds * len(spec.data.x) * parameter_count(spec.layers, spec.biases)
        self._slice = max(1, min(SLICE, PIECE_WORK // an_epoch))
        self.size = self._slice * an_epoch
        self._lanes: list[Lane] = []
        self._training: Training | None = None
        self._at: Checkpoint | None = None

    @property
    def done(self) -> bool:
        """Whether all is trained."""
        return self._at is not None and self._at.epoch > self._epochs

    def go_on(self) -> None:
        """Begin some more of the starts; once all have begun, train the next piece."""
        if len(self._lanes) < len(self._solved):
            self._begin_some()
        if len(self._lanes) < len(self._solved):
            return
        if self._training is None or self._at is None:
            self._training = self._begun()
            self._at = self._training.start()
        at = self._at
        found = self._training.go(at, min(at.epoch + self._slice, self._epochs + 1))
        for seed, misses in enumerate(found.misses):
            diverged = int(found.end.diverged[seed])
            finite = misses if diverged < 0 else misses[:max(diverged - at.epoch, 0)]
            hits = np.flatnonzero(finite <= SOLVED_WITHIN)
            if self._solved[seed] is None and hits.size:
                self._solved[seed] = at.epoch + int(hits[0])
        self._at = found.end

    def found(self) -> Typical:
        """Return what came of it, once it is done."""
        return Typical(self._epochs, tuple(self._solved))

    def _begin_some(self) -> None:
        spec, lane = self._spec, self._spec.lanes[0]
        initializer = lane.initial.initializer if lane.initial.kind == "random" else "xavier"
        begun = len(self._lanes)
        for seed in range(begun, min(begun + BEGUN_A_PIECE, len(self._solved))):
            start = Network.random(spec.layers, activations=spec.activations, initializer=initializer, seed=seed,
                                   biases=spec.biases)
            self._lanes.append(Lane(start, lane.learning_rate, lane.optimizer, lane.hyper))

    def _begun(self) -> Training:
        spec = self._spec
        return Training(self._lanes, spec.data.x, spec.data.y, loss=spec.loss, reduction=spec.reduction,
                        batch=spec.batch, order_seed=spec.order_seed)


def typical(spec: RunSpec, epochs: int, seeds: int) -> Typical:
    """Return when each of the starts 0 to `seeds` - 1 solves it."""
    starts = Starts(spec, epochs, seeds)
    while not starts.done:
        starts.go_on()
    return starts.found()

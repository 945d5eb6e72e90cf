"""How typical was that? The same lane from many other starts: when each of them solves it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

import numpy as np

from .lanes import Lane
from .network import Network
from .run_spec import RunSpec
from .training import SOLVED_WITHIN, Training

SLICE = 1000  # epochs trained before their losses are let go again


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


def typical(spec: RunSpec, epochs: int, seeds: int) -> Typical:
    """Train the first lane of a run from the seeds 0 to `seeds` - 1 of its initialiser (Xavier where it has none)."""
    lane = spec.lanes[0]
    initializer = lane.initial.initializer if lane.initial.kind == "random" else "xavier"
    lanes = [Lane(Network.random(spec.layers, activations=spec.activations, initializer=initializer, seed=seed,
                                 biases=spec.biases), lane.learning_rate, lane.optimizer, lane.hyper)
             for seed in range(seeds)]
    training = Training(lanes, spec.data.x, spec.data.y, loss=spec.loss, reduction=spec.reduction, batch=spec.batch,
                        order_seed=spec.order_seed)
    solved: list[int | None] = [None] * seeds
    at = training.start()
    while at.epoch <= epochs:
        found = training.go(at, min(at.epoch + SLICE, epochs + 1))
        for seed, misses in enumerate(found.misses):
            diverged = int(found.end.diverged[seed])
            finite = misses if diverged < 0 else misses[:max(diverged - at.epoch, 0)]
            hits = np.flatnonzero(finite <= SOLVED_WITHIN)
            if solved[seed] is None and hits.size:
                solved[seed] = at.epoch + int(hits[0])
        at = found.end
    return Typical(epochs, tuple(solved))

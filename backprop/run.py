"""A run: a pure function of its spec, given in chunks. `run(spec, start, stop)` is the front door to training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from . import checks
from .activations import Array
from .bounds import EPOCH
from .run_spec import RunSpec
from .training import Checkpoint, Frame, Training

CHUNK = 256


@dataclass(frozen=True, eq=False)
class Chunk:
    """Hold epochs start to stop - 1 of a run.

    losses, misses: shape (lanes, epochs): the loss, and the largest |output - target|, before each epoch's update.
    A lane's numbers end where it diverged: what stands there later means nothing. diverged: per lane, its first epoch
    that is not finite, or None so far. frames: the lanes at the epochs asked for, one that has diverged in its last
    finite state. end: go on from here.
    """

    start: int
    stop: int
    losses: Array
    misses: Array
    diverged: tuple[int | None, ...]
    frames: tuple[Frame, ...]
    end: Checkpoint

    def known(self, lane: int) -> int:
        """Return how many of a lane's epochs in this chunk are finite."""
        at = self.diverged[lane]
        return self.stop - self.start if at is None else min(max(at - self.start, 0), self.stop - self.start)


def run(spec: RunSpec, start: int = 0, stop: int = 1000, *, chunk: int = CHUNK, every: int | None = None,
        since: Checkpoint | None = None) -> Iterator[Chunk]:
    """Yield the run's epochs start to stop - 1, `chunk` at a time.

    every: also give the frames of epochs that are multiples of it. since: a checkpoint of this run at or before
    `start`, to go on from; without one the run is computed from epoch 0, to the same bits. ValueError where they do
    not fit.
    """
    checks.whole_number("start", start, EPOCH.low, "a whole number, 0 or more")
    checks.whole_number("stop", stop, start, f"a whole number from start, {start}, on")
    checks.whole_number("chunk", chunk, 1, "a whole number, 1 or more")
    if every is not None:
        checks.whole_number("every", every, 1, "a whole number, 1 or more, or None")
    if since is not None and since.epoch > start:
        raise checks.refusal("since", f"a checkpoint of epoch {since.epoch}", f"one at or before start, {start}")
    return _chunks(spec.training(), start, stop, chunk, every, since)


def _chunks(training: Training, start: int, stop: int, chunk: int, every: int | None,
            since: Checkpoint | None) -> Iterator[Chunk]:
    at = training.start() if since is None else since
    while at.epoch < start:
        at = training.go(at, min(start, at.epoch + CHUNK)).end
    while at.epoch < stop:
        made = next_chunk(training, at, min(stop, at.epoch + chunk), every)
        at = made.end
        yield made


def next_chunk(training: Training, since: Checkpoint, stop: int, every: int | None) -> Chunk:
    """Train on from a checkpoint to epoch `stop`, with a frame of each epoch that is a multiple of `every`."""
    losses, misses, frames = [], [], []
    at = since
    while at.epoch < stop:
        following = stop if every is None else min(stop, (at.epoch // every + 1) * every)
        stretch = training.go(at, following)
        if every is not None and at.epoch % every == 0:
            frames.append(training.frame(at, stretch.end.diverged))
        losses.append(stretch.losses)
        misses.append(stretch.misses)
        at = stretch.end
    diverged = tuple(None if epoch < 0 else int(epoch) for epoch in at.diverged)
    return Chunk(since.epoch, stop, np.hstack(losses), np.hstack(misses), diverged, tuple(frames), at)

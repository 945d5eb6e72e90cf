"""What is known of a run: its losses so far, and every 256 epochs a checkpoint, from which any epoch is reached.

It begins with a short stretch: who asks about a run first asks how it begins, and a class asks all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .layouts import Layouts
from .planes import surfaces
from .run_spec import RunSpec
from .training import Checkpoint, Frame, Training, start
from .verdicts import Story, Verdict

CHECKPOINT_EVERY = 256
FIRST_STRETCH = 32


@dataclass(frozen=True, eq=False)
class Shown:
    """Hold what a page draws of an epoch: the frame, a verdict per lane, and what each lane answers over the plane.

    surfaces: (lanes, n, n), 0..255 for an output of 0..1; row 0 is x2 = -0.25, column 0 is x1 = -0.25; None: not asked.
    """

    frame: Frame
    verdicts: tuple[Verdict, ...]
    surfaces: NDArray[np.uint8] | None


class KnownRun:
    """Train a run as far as it is asked for, and answer for any epoch of it."""

    def __init__(self, spec: RunSpec) -> None:
        """Begin at epoch 0, with nothing computed yet."""
        self._layouts = Layouts(spec)
        self._planar = spec.layers[0] == 2
        self._last = self._front = start(spec.networks())
        self._checkpoints = [self._front]
        self._seen = np.empty((2, len(spec.lanes), CHECKPOINT_EVERY))  # losses and misses
        self._stories: tuple[int, list[Story]] = 0, []

    @property
    def known(self) -> int:
        """How many epochs are known: 0 to known - 1."""
        return self._front.epoch

    @property
    def size(self) -> int:
        """How many bytes it keeps."""
        told = self._stories[0] * len(self._stories[1]) * Story.BYTES_AN_EPOCH
        return self._seen.nbytes + told + (len(self._checkpoints) + 2) * self._front.values.nbytes

    def diverged(self, stop: int) -> tuple[int | None, ...]:
        """Return each lane's first epoch before `stop` that is not finite, where there is one."""
        return tuple(int(epoch) if 0 <= epoch < stop else None for epoch in self._front.diverged)

    def extend(self) -> None:
        """Train to the next checkpoint, or a little at first. Short: who wants much calls it often."""
        begin = self.known
        stop = FIRST_STRETCH if begin == 0 else (begin // CHECKPOINT_EVERY + 1) * CHECKPOINT_EVERY
        with self._layouts.lent() as training:
            stretch = training.go(self._front, stop)
        if stop > self._seen.shape[2]:
            self._seen = np.concatenate([self._seen, np.empty_like(self._seen)], axis=2)
        self._seen[:, :, begin:stop] = stretch.losses, stretch.misses
        self._front = stretch.end
        if stop % CHECKPOINT_EVERY == 0:
            self._checkpoints.append(stretch.end)

    def losses(self, start: int, stop: int) -> Array:
        """Return the losses of known epochs, shape (lanes, stop - start); 0 where a lane has diverged."""
        cut = self._seen[0, :, start:stop].copy()
        for lane, at in enumerate(self.diverged(stop)):
            if at is not None:
                cut[lane, max(at - start, 0):] = 0.0
        return cut

    def shown(self, epochs: Sequence[int], grid: int) -> list[Shown]:
        """Return known epochs, in rising order, worked out together. grid: points a side of the surface, 0 for none."""
        stories = self._told()
        with self._layouts.lent() as training:
            frames = training.frames([self._at(epoch, training) for epoch in epochs], self._front.diverged)
            over = _surfaces(training, frames, grid) if frames and grid and self._planar else [None] * len(frames)
        return [Shown(frame, tuple(story.verdict(frame.epoch) for story in stories), surface)
                for frame, surface in zip(frames, over, strict=True)]

    def _at(self, epoch: int, training: Training) -> Checkpoint:
        """Return the checkpoint of a known epoch, and remember it: who plays a run asks for a later one next."""
        nearest, at = self._checkpoints[epoch // CHECKPOINT_EVERY], self._last
        if not nearest.epoch <= at.epoch <= epoch:
            at = nearest
        if at.epoch < epoch:
            at = training.reach(at, epoch)
        self._last = at
        return at

    def _told(self) -> list[Story]:
        """Return a story per lane, of all that is known; the same as long as no more is."""
        known = self.known
        if self._stories[0] != known:
            self._stories = known, [Story(losses, misses, at) for losses, misses, at in
                                    zip(*self._seen[:, :, :known], self.diverged(known), strict=True)]
        return self._stories[1]


def _surfaces(training: Training, frames: list[Frame], grid: int) -> list[NDArray[np.uint8]]:
    found = surfaces(training, np.concatenate([frame.parameters for frame in frames]), grid)
    return list(found.reshape(len(frames), -1, grid, grid))

"""What is known of a run: its losses so far, and every 256 epochs a checkpoint, from which any epoch is reached.

It is trained no farther than it has to be: who asks about a run asks how it begins, and a class asks all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .bounds import EPOCH
from .layouts import Layouts
from .planes import surfaces
from .run_spec import RunSpec
from .training import Checkpoint, Frame, Training, start
from .verdicts import Verdict, judged, verdicts

CHECKPOINT_EVERY = 256
STRETCH = 32  # epochs: to train fewer at a time is hardly less work


@dataclass(frozen=True, eq=False)
class Shown:
    """Hold what a page draws of an epoch: the frame, a verdict per lane, and what each lane answers over the plane.

    surfaces: (lanes, n, n), 0..255 for an output of 0..1; row 0 is x2 = -0.25, column 0 is x1 = -0.25; None: not asked.
    """

    frame: Frame
    verdicts: tuple[Verdict, ...]
    surfaces: NDArray[np.uint8] | None


@dataclass(frozen=True, eq=False)
class Film:
    """Hold what a page draws of many epochs, in rising order: each field as in Shown and its frame, the epochs first.

    told: shape (epochs, lanes, FIELDS), as verdicts.judged has it.
    """

    epochs: list[int]
    parameters: Array
    outputs: Array
    gradient_norms: Array
    told: NDArray[np.int64]
    surfaces: NDArray[np.uint8] | None

    @staticmethod
    def joined(films: Sequence[Film]) -> Film:
        """Return one film of several, one or more, that follow each other."""
        if len(films) == 1:
            return films[0]
        parameters, outputs, norms, told = (np.concatenate([getattr(film, name) for film in films]) for name in (
            "parameters", "outputs", "gradient_norms", "told"))
        over = [film.surfaces for film in films if film.surfaces is not None]
        return Film([epoch for film in films for epoch in film.epochs], parameters, outputs, norms, told,
                    np.concatenate(over) if over else None)

    def shown(self) -> list[Shown]:
        """Return each epoch by itself."""
        return [Shown(Frame(epoch, self.parameters[k], self.outputs[k], self.gradient_norms[k]),
                      verdicts(self.told[k]), None if self.surfaces is None else self.surfaces[k])
                for k, epoch in enumerate(self.epochs)]


class KnownRun:
    """Train a run as far as it is asked for, and answer for any epoch of it."""

    def __init__(self, spec: RunSpec) -> None:
        """Begin at epoch 0, with nothing computed yet."""
        self._layouts = Layouts(spec)
        self._planar = spec.layers[0] == 2
        self._last = self._front = start(spec.networks())
        self._checkpoints = [self._front]
        self._seen = np.empty((2, len(spec.lanes), CHECKPOINT_EVERY))  # losses and misses

    @property
    def known(self) -> int:
        """How many epochs are known: 0 to known - 1."""
        return self._front.epoch

    @property
    def size(self) -> int:
        """How many bytes it keeps."""
        return self._seen.nbytes + (len(self._checkpoints) + 2) * self._front.values.nbytes

    def diverged(self, stop: int) -> tuple[int | None, ...]:
        """Return each lane's first epoch before `stop` that is not finite, where there is one."""
        return tuple([epoch if 0 <= epoch < stop else None for epoch in self._front.diverged.tolist()])

    def extend(self, enough: int = EPOCH.high) -> None:
        """Train on, to the next checkpoint or as far as is enough. Short: who wants much calls it often."""
        begin = self.known
        stop = min((begin // CHECKPOINT_EVERY + 1) * CHECKPOINT_EVERY, max(enough, begin + STRETCH))
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

    def film(self, epochs: Sequence[int], grid: int) -> Film:
        """Return known epochs, one or more in rising order, worked out together.

        grid: points a side of the surface, 0 for none.
        """
        if epochs[-1] >= self.known:
            raise ValueError(f"epoch {epochs[-1]} is not known yet")
        lanes = self._seen.shape[1]
        told = judged(self._seen[0], self._seen[1], self._front.diverged, epochs)
        with self._layouts.lent() as training:
            parameters, outputs, norms = training.looked_at([self._at(epoch, training) for epoch in epochs],
                                                            self._front.diverged)
            over = None
            if grid and self._planar:
                over = surfaces(training, parameters.reshape(len(epochs) * lanes, -1), grid).reshape(
                    len(epochs), lanes, grid, grid)
        return Film(list(epochs), parameters, outputs, norms, told, over)

    def shown(self, epochs: Sequence[int], grid: int) -> list[Shown]:
        """Return the same of any number of epochs, each by itself."""
        return self.film(epochs, grid).shown() if epochs else []

    def _at(self, epoch: int, training: Training) -> Checkpoint:
        """Return the checkpoint of a known epoch, and remember it: who plays a run asks for a later one next."""
        nearest, at = self._checkpoints[epoch // CHECKPOINT_EVERY], self._last
        if not nearest.epoch <= at.epoch <= epoch:
            at = nearest
        if at.epoch < epoch:
            at = training.reach(at, epoch)
        self._last = at
        return at

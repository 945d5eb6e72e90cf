"""Runs: consecutive one-sample passes, each a pure function of the start and its number."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

from .activations import Array
from .gradcheck import CheckReport, gradient_check
from .network import Network
from .passes import Gradients, Passed, backward, forward
from .signs import GRADIENT
from .tape import Tape, trace

CHECKPOINT_EVERY = 8


class Diverged(ArithmeticError):
    """Say that a run has no pass of that number: numbers stop being finite at pass `at`."""

    def __init__(self, at: int) -> None:
        """Keep the pass at which it happens."""
        super().__init__(f"Numbers stop being finite at pass {at}. A smaller learning rate keeps them in bounds.")
        self.at = at


@dataclass(frozen=True, eq=False)
class OnePass:
    """Hold one pass of a run.

    number: 0, 1, 2, ... sample: which row of the data it takes, number mod B.
    network: the parameters before it. x of shape (n_in,), y of shape (n_out,): the sample. sign: how it is written.
    hold: whether the update is held back: the pass ends with its gradients.
    """

    number: int
    sample: int
    network: Network
    x: Array
    y: Array
    loss: str
    learning_rate: float
    sign: str = GRADIENT
    hold: bool = False

    def tape(self) -> Tape:
        """Return the pass entry by entry."""
        return trace(self.network, self.x, self.y, loss=self.loss, learning_rate=self.learning_rate,
                     sign=self.sign, hold=self.hold)

    def check(self) -> CheckReport:
        """Compare the pass's gradients, whichever sign they are written with, with central differences."""
        return gradient_check(self.network, self.x[np.newaxis], self.y[np.newaxis], loss=self.loss)


class Run:
    """Compute the passes of a run as far as they are asked for, and remember how to get back to each.

    Pass k takes sample k mod B and hands its updated network to pass k + 1. X: shape (B, n_in); y: (B, n_out).
    Every eighth network is kept and the others are computed again from it, so the same pass has the same bits
    whatever was asked before.
    """

    def __init__(self, network: Network, X: Any, y: Any, *, loss: str, learning_rate: float,
                 sign: str = GRADIENT, hold: bool = False) -> None:
        """Begin at `network`; nothing is computed yet. hold: no pass changes it."""
        self._x, self._y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
        self._loss, self._learning_rate, self._sign = loss, learning_rate, sign
        self._hold = hold
        self._checkpoints = [network]
        self._front = network
        self._losses: list[float] = []
        self._largest_changes: list[float] = []
        self._diverged_at: int | None = None
        self._lock = threading.Lock()

    @property
    def hold(self) -> bool:
        """Whether the update is held back, so that no pass changes a weight."""
        return self._hold

    @property
    def known(self) -> int:
        """How many passes are known: 0 to known - 1."""
        return len(self._losses)

    @property
    def diverged_at(self) -> int | None:
        """The first pass that has a number which is not finite; None: not known of any."""
        return self._diverged_at

    def extend(self) -> None:
        """Compute the next pass, or find that it diverges. Short: who wants many passes calls it many times."""
        with self._lock:
            if self._diverged_at is not None:
                return
            grads, after = self._step(self.known, self._front)
            self._largest_changes.append(0.0 if self._hold else _largest(grads) * self._learning_rate)
            if after is None:
                self._diverged_at = self.known
                return
            self._losses.append(grads.loss)
            self._front = after
            if self.known % CHECKPOINT_EVERY == 0:
                self._checkpoints.append(after)

    def reaches(self, number: int) -> bool:
        """Say whether pass `number` is known, or known to be beyond where the run diverges."""
        return number < self.known or self._diverged_at is not None

    def history(self, stop: int) -> list[float]:
        """Return the losses of passes 0 to stop - 1, of those that are known."""
        return self._losses[:stop]

    def one_pass(self, number: int) -> OnePass:
        """Return pass `number`, computing what is missing. Diverged where the run does not get that far."""
        while not self.reaches(number):
            self.extend()
        if self._diverged_at is not None and number >= self._diverged_at:
            raise Diverged(self._diverged_at)
        return self._rebuilt(number)

    def largest_changes(self, start: int, stop: int) -> list[float]:
        """Return the size of the largest change of each of these passes, that at which the run diverges included."""
        return self._largest_changes[start:stop]

    def last_pass(self) -> OnePass:
        """Return the pass at which the run diverges: some of its numbers are not finite."""
        assert self._diverged_at is not None
        return self._rebuilt(self._diverged_at)

    def _rebuilt(self, number: int) -> OnePass:
        """Compute a pass again from the last network that was kept before it."""
        network = self._checkpoints[number // CHECKPOINT_EVERY]
        for earlier in range(number - number % CHECKPOINT_EVERY, number):
            _, after = self._step(earlier, network)
            assert after is not None  # a known pass is finite
            network = after
        sample = number % len(self._x)
        return OnePass(number, sample, network, self._x[sample], self._y[sample], self._loss, self._learning_rate,
                       self._sign, self._hold)

    def _step(self, number: int, network: Network) -> tuple[Gradients, Network | None]:
        """Return the pass's gradients and the network after it; None where a number is not finite."""
        row = slice(number % len(self._x), number % len(self._x) + 1)
        passed = forward(network, self._x[row])
        grads = backward(network, passed, self._y[row], loss=self._loss)
        after = network if self._hold else network.updated(grads, learning_rate=self._learning_rate)
        return grads, after if after.finite and _finite(passed, grads) else None


def run_passes(network: Network, X: Any, y: Any, *, loss: str, learning_rate: float,
               start: int, stop: int) -> list[OnePass]:
    """Return passes start to stop - 1 of a run, rebuilt from pass 0. Diverged where one is not finite."""
    run = Run(network, X, y, loss=loss, learning_rate=learning_rate)
    return [run.one_pass(number) for number in range(start, stop)]


def _largest(grads: Gradients) -> float:
    """Return the size of the largest gradient of a parameter; inf or NaN where one is."""
    return float(np.max([np.abs(values).max() for values in (*grads.weights, *(grads.biases or ()))]))


def _finite(passed: Passed, grads: Gradients) -> bool:
    arrays = (*passed.z, *passed.a, *grads.delta, *grads.weights, *(grads.biases or ()), np.asarray(grads.loss))
    return all(bool(np.isfinite(array).all()) for array in arrays)

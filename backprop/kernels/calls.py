"""What Python calls: a table with the addresses of its arrays, on which the machine code runs."""

from __future__ import annotations

from ctypes import addressof, c_char
from typing import Any, NamedTuple

import numpy as np

from ..activations import Array
from .machine_code import run
from .plan import ANSWER, JUDGE, LOOK, NUMBERS, SHADE, TRAIN, Marks, Plan

NONE, NO_MARKS = np.empty(0), np.empty(0, dtype=np.int64)  # where an array plays no part
FIRST_EPOCH = 6  # of a table's numbers; the next is the epoch to stop at
NETWORKS, ORDERS, SHADES, LOSSES = 19, 25, 26, 27  # places of a table's arrays
START = c_char * 0  # where an array begins; it takes only what can be written and has no gaps


class Samples(NamedTuple):
    """Hold the samples of a pass and room to work. E elements, L lanes, P parameters a lane.

    a, delta: (nodes E,), the inputs in place at the front of `a`. targets, z: (outputs E,). shares, terms: (E,).
    wide: (P E,). ones: (E,)
    """

    plan: Plan
    a: Array
    delta: Array
    targets: Array
    z: Array
    shares: Array
    terms: Array
    wide: Array
    ones: Array


class State(NamedTuple):
    """Hold what the next epoch starts from, each of shape (P L,): the parameters, those before, the optimiser's state.

    diverged: (L,), the first epoch that is not finite, or -1.
    """

    parameters: Array
    before: Array
    first: Array
    second: Array
    diverged: Marks


class Rule(NamedTuple):
    """Say how to learn. mean: over the samples, or their sum. rates: (P L,). hyper: see update.py."""

    loss: int
    mean: bool
    optimizer: int
    hyper: Array
    rates: Array


class Call:
    """Hold a call of the machine code that is made again and again: the addresses of its arrays are found once."""

    def __init__(self, numbers: tuple[int, ...], *arrays: Any) -> None:
        """Lay out the table; the arrays are kept, and may be written to between two calls."""
        self._arrays = list(arrays)
        self._table = np.array([*numbers, *[0] * (2 * len(arrays))], dtype=np.int64)
        self._address = int(self._table.ctypes.data)
        for place, array in enumerate(arrays):
            self.put(place, array)

    def put(self, place: int, array: Any) -> None:
        """Put another array in the place of one."""
        if array.dtype.char not in "dlqILB":
            raise TypeError(f"an array of {array.dtype} is nothing for a kernel")
        self._arrays[place] = array
        at = NUMBERS + 2 * place
        self._table[at], self._table[at + 1] = addressof(START.from_buffer(array)), array.size

    def empty(self) -> None:
        """Let go of all arrays; they are to be put in again before the next call."""
        self._arrays[:] = [NONE] * len(self._arrays)
        self._table[NUMBERS:] = 0

    def __call__(self, start: int = 0, stop: int = 1) -> None:
        """Make the call, for these epochs."""
        self._table[FIRST_EPOCH], self._table[FIRST_EPOCH + 1] = start, stop
        run(self._address)


def judge() -> Call:
    """Return what puts verdicts on lanes into an array; which arrays, `judging.judge` says in their order."""
    return Call((JUDGE, 0, 0, 0, 0, 0, 0, 0), NONE, NONE, NO_MARKS, NO_MARKS, NO_MARKS)


def train(every: Samples, batch: Samples, size: int, orders: Marks, rule: Rule, state: State,
          gradient: Array, losses: Array, misses: Array) -> Call:
    """Return what moves the state from one epoch to another; with losses and misses, a row of L before each update.

    size: of a batch; 0: all samples at once, and `batch` is not looked at. orders: (epochs, samples), the order in
    which each epoch takes them; it goes to place ORDERS, and losses and misses to LOSSES and the one after it.
    """
    return Call((TRAIN, rule.loss, rule.mean, rule.optimizer, size, orders.shape[-1], 0, 0),
                *every, *batch, rule.hyper, rule.rates, *state, orders, gradient, losses, misses)


def answer(samples: Samples, pieces: Array, loss: int, parameters: Array) -> Call:
    """Return what sends samples, piece after piece, forward through one network after another.

    pieces: (pieces, inputs, E), their inputs; samples: laid out for a piece. The networks' parameters go to place
    NETWORKS, (networks P,), and what they answer to LOSSES, (networks pieces outputs E,): the last layer's rows. A call
    is from one piece to another, of those of all networks. parameters: (P,), room for those of one.
    """
    return _one_by_one(ANSWER, samples, pieces, loss, parameters)


def shade(samples: Samples, pieces: Array, loss: int, parameters: Array) -> Call:
    """Return what does the same, and puts the first output's shades of grey into SHADES, (networks pieces E,) bytes."""
    return _one_by_one(SHADE, samples, pieces, loss, parameters)


def _one_by_one(what: int, samples: Samples, pieces: Array, loss: int, parameters: Array) -> Call:
    return Call((what, loss, 0, 0, len(pieces), 0, 0, 1), *samples, *samples, pieces.ravel(), NONE, parameters,
                *[NONE] * 8)


def look(samples: Samples, loss: int, parameters: Array, gradient: Array) -> Call:
    """Return what sends the samples forward and the blame back, and changes nothing: gradients are in `gradient`."""
    return Call((LOOK, loss, 0, 0, 0, 0, 0, 1), *samples, *samples, NONE, NONE, parameters, *[NONE] * 5, gradient,
                NONE, NONE)

"""What Python calls: each puts the addresses of its arrays into a table and runs the machine code on it."""

from __future__ import annotations

from ctypes import addressof, c_char
from typing import Any, NamedTuple

import numpy as np

from ..activations import Array
from .machine_code import run
from .plan import ANSWER, LOOK, TRAIN, Marks, Plan

NONE = np.empty(0)  # where an array plays no part
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


def train(every: Samples, batch: Samples, size: int, orders: Marks, rule: Rule, state: State, start: int, stop: int,
          gradient: Array, losses: Array, misses: Array) -> None:
    """Move the state from epoch `start` to `stop`; write each epoch's losses and misses, before its update, a row of L.

    size: of a batch; 0: all samples at once, and `batch` is not looked at. orders: (epochs, samples), the order in
    which each epoch takes them.
    """
    _call((TRAIN, rule.loss, rule.mean, rule.optimizer, size, orders.shape[-1], start, stop),
          *every, *batch, rule.hyper, rule.rates, *state, orders, gradient, losses, misses)


def answer(samples: Samples, loss: int, parameters: Array) -> None:
    """Send the samples forward; the answers are in `a`, in the last layer's rows."""
    _call((ANSWER, loss, 0, 0, 0, 0, 0, 1), *samples, *samples, NONE, NONE, parameters.copy(), *[NONE] * 8)


def look(samples: Samples, loss: int, parameters: Array, gradient: Array) -> None:
    """Send the samples forward and the blame back, and change nothing: answers in `a`, gradients in `gradient`."""
    _call((LOOK, loss, 0, 0, 0, 0, 0, 1), *samples, *samples, NONE, NONE, parameters.copy(), *[NONE] * 5, gradient,
          NONE, NONE)


def _call(numbers: tuple[int, ...], *arrays: Any) -> None:
    table = list(numbers)
    for array in arrays:
        if array.dtype.char not in "dlqIL":
            raise TypeError(f"an array of {array.dtype} is nothing for a kernel")
        table += (addressof(START.from_buffer(array)), array.size)
    run(np.array(table, dtype=np.int64))

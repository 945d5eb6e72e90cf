"""Training: any number of lanes, from one checkpoint to the next, to the same bits however the way is cut."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import checks
from .activations import Array
from .kernels.calls import LOSSES, NONE, ORDERS, Rule, Samples, answer, look, train
from .kernels.plan import VALUES_OUT, parameter_count
from .lanes import Data, Lane, blocks_of, flat, padded_count, rule_for, samples_for, state_over
from .network import Network
from .norms import norms
from .passes import check_reduction, checked_loss, checked_samples, checked_targets

Marks = NDArray[np.int64]
SOLVED_WITHIN = 0.2  # every output within this of its target: solved


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Hold all that the next epoch starts from.

    values: shape (lanes, 4, P): the parameters, those of the epoch before, the optimiser's two numbers per parameter.
    diverged: (lanes,), the first epoch whose loss or parameters are not finite; -1 as long as there is none.
    """

    epoch: int
    values: Array
    diverged: Marks


@dataclass(frozen=True, eq=False)
class Stretch:
    """Hold what happened from one checkpoint to the next.

    losses, misses: shape (lanes, epochs), the loss and the largest |output - target| before each epoch's update;
    from a lane's `diverged` on, they mean nothing.
    """

    losses: Array
    misses: Array
    end: Checkpoint


@dataclass(frozen=True, eq=False)
class Frame:
    """Hold the lanes at one epoch, before its update.

    parameters: (lanes, P), flat as `lanes.flat`; outputs: (lanes, B, n_out); gradient_norms: (lanes,), of all samples,
    inf or NaN where they are beyond float64. A lane that has diverged shows its last finite state.
    """

    epoch: int
    parameters: Array
    outputs: Array
    gradient_norms: Array


class Training:
    """Train lanes of one shape on the same data; keeps room to work and nothing else, so one thread at a time.

    lanes: one or more Lane, their networks of one shape, with the same activations. Losses as passes.py has them, over
    all samples. ValueError where something does not fit.
    """

    def __init__(self, lanes: Sequence[Lane], X: Any, y: Any, *, loss: str, reduction: str = "mean",
                 batch: int | None = None, order_seed: int = 0) -> None:
        """Lay everything out for the kernel; nothing is trained yet."""
        if not lanes:
            raise checks.refusal("lanes", "none", "one lane or more")
        self._lanes, self._like = tuple(lanes), lanes[0].network
        self._data = _checked_data(self._like, X, y, loss, reduction, batch, order_seed)
        for number, lane in enumerate(lanes):
            _check_lane(number, lane, self._like)
        self._parameters = parameter_count(self._like.layers, self._like.biases is not None)
        self._rooms = _Rooms(self._like, self._data)
        self._blocks = [_Block(numbers, self._lanes, self._data, self._parameters, self._rooms) for numbers in
                        blocks_of(lanes, len(self._data.X) * self._parameters)]
        self._here: Checkpoint | None = None  # of which the blocks hold the values

    def start(self) -> Checkpoint:
        """Return the checkpoint of epoch 0."""
        return start([lane.network for lane in self._lanes])

    def go(self, since: Checkpoint, stop: int) -> Stretch:
        """Train from a checkpoint of this run to epoch `stop`, its own or later. ValueError where they do not fit."""
        end, found = self._gone(since, stop)
        told = np.empty((2, len(self._lanes), end.epoch - since.epoch))
        for block, each in zip(self._blocks, found, strict=False):
            block.tell(told, each)
        return Stretch(told[0], told[1], end)

    def reach(self, since: Checkpoint, stop: int) -> Checkpoint:
        """Train as `go` does, and return only where that ends."""
        return self._gone(since, stop)[0]

    def frame(self, at: Checkpoint, diverged: Marks | None = None) -> Frame:
        """Return what the lanes answer at a checkpoint, and how steep their loss is there.

        diverged: what a later checkpoint of the run knows of it, as the loss of an epoch shows only when that is
        trained; None: find out.
        """
        shown = self._last_finite(at, diverged)
        return Frame(at.epoch, shown, *self._looking(shown))

    def answers(self, at: Checkpoint, X: Any, diverged: Marks | None = None) -> Array:
        """Return every lane's outputs for other samples, shape (lanes, samples, n_out).

        X: shape (samples, n_in). diverged: as in `frame`.
        """
        return self.asking(X).answers(self._last_finite(at, diverged))

    def asking(self, X: Any) -> Asking:
        """Lay other samples out, of shape (samples, n_in), to be asked about often: of any run of the same form."""
        wanted = checked_samples("X", X, self._like.layers[0])
        return Asking(self._like, wanted, self._blocks[0].rule.loss)

    @cached_property
    def _looking(self) -> _Looking:
        count = len(self._lanes)
        return _Looking(count, self._like, self._rooms.laid(padded_count(count)), len(self._data.X),
                        self._blocks[0].rule.loss)

    @cached_property
    def form(self) -> Hashable:
        """What the networks of two runs have in common if they answer alike, given the same parameters."""
        like = self._like
        return like.layers, like.activations, like.biases is None, self._data.loss

    def _gone(self, since: Checkpoint, stop: int) -> tuple[Checkpoint, list[Array]]:
        """Return where training from one epoch to another ends, and each block's losses and misses on the way."""
        self._check("since", since)
        checks.whole_number("stop", stop, since.epoch, f"a whole number, {since.epoch}, where it begins, or more")
        if stop == since.epoch:
            return since, []
        here, self._here = self._here, None  # not there where a fault comes between
        orders = self._data.orders(since.epoch, stop) if self._data.batched else None
        values, diverged = np.empty_like(since.values), np.empty_like(since.diverged)
        found = []
        for block in self._blocks:
            if since is not here:
                block.begin(since)
            found.append(block.go(since.epoch, stop, orders))
            block.end(values, diverged)
        self._here = Checkpoint(stop, values, diverged)
        return self._here, found

    def _last_finite(self, at: Checkpoint, diverged: Marks | None) -> Array:
        """Return each lane's parameters, shape (lanes, P): of one that has diverged by now, those of its last epoch."""
        self._check("at", at)
        known = self.reach(at, at.epoch + 1).diverged if diverged is None else diverged
        if known.max() < 0:
            return at.values[:, 0]
        gone = (known >= 0) & (known <= at.epoch)
        return np.where(gone[:, np.newaxis], at.values[:, 1], at.values[:, 0])

    def _check(self, argument: str, at: Checkpoint) -> None:
        shape = (len(self._lanes), 4, self._parameters)
        if at.values.shape != shape:
            raise checks.refusal(argument, f"a checkpoint of shape {at.values.shape}", f"one of this run's, {shape}")


def start(networks: Sequence[Network]) -> Checkpoint:
    """Return the checkpoint of epoch 0 of lanes that start from these networks, of one shape."""
    starts = {id(network): flat(network) for network in networks}  # lanes often start from the same
    values = np.zeros((len(networks), 4, len(starts[id(networks[0])])))
    for number, network in enumerate(networks):
        values[number, :2] = starts[id(network)]
    return Checkpoint(0, values, np.full(len(networks), -1, dtype=np.int64))


class Asking:
    """Samples, laid out for networks of one form: ask for the answers of one after the other, one thread at a time."""

    def __init__(self, like: Network, X: Array, loss: int) -> None:
        """Lay them out. like: a network of the form."""
        samples = samples_for(like, X, np.zeros((len(X), like.layers[-1])), "sum", 1)
        self._parameters = np.empty(parameter_count(like.layers, like.biases is not None))
        self._call = answer(samples, loss, self._parameters)
        self._outputs = _outputs_of(samples, like, len(X), 1)[0]
        self.size = len(X) * len(self._parameters)  # what its memory grows with

    def answers(self, lanes: Array) -> Array:
        """Return the outputs, shape (lanes, samples, n_out). lanes: (lanes, P), their parameters."""
        found = np.empty((len(lanes), *self._outputs.shape))
        for number, parameters in enumerate(lanes):
            self._parameters[:] = parameters
            self._call()
            found[number] = self._outputs
        return found


class _Looking:
    """All lanes, laid out side by side to be looked at: one call finds their answers and how steep their loss is."""

    def __init__(self, lanes: int, like: Network, samples: Samples, count: int, loss: int) -> None:
        self._count, room = lanes, padded_count(lanes)
        parameters = parameter_count(like.layers, like.biases is not None)
        self._parameters, self._gradient = np.zeros((parameters, room)), np.zeros((parameters, room))
        self._call = look(samples, loss, self._parameters.ravel(), self._gradient.ravel())
        self._outputs = _outputs_of(samples, like, count, room)

    def __call__(self, parameters: Array) -> tuple[Array, Array]:
        """Return outputs and gradient norms (see Frame). parameters: (lanes, P)."""
        self._parameters[:, :self._count] = parameters.T
        self._call()
        return self._outputs[:self._count].copy(), norms(self._gradient[:, :self._count])


class _Rooms:
    """The samples, laid out once for each number of lanes side by side: blocks work one after another, in one room."""

    def __init__(self, like: Network, data: Data) -> None:
        self._like, self._data = like, data
        self._laid: dict[tuple[int, int | None], Samples] = {}

    def laid(self, lanes: int, batch: int | None = None) -> Samples:
        """Return all samples, or room for a batch of so many, for so many lanes."""
        if (lanes, batch) not in self._laid:
            data = self._data
            self._laid[lanes, batch] = samples_for(self._like, data.X, data.y, data.reduction, lanes, room=batch)
        return self._laid[lanes, batch]


class _Block:
    """The lanes that train in one call, and room for them; a block that is padded repeats its last lane."""

    def __init__(self, numbers: list[int], lanes: Sequence[Lane], data: Data, parameters: int, rooms: _Rooms) -> None:
        self._count = len(numbers)
        self.room = padded_count(self._count)
        padded = [numbers[min(place, self._count - 1)] for place in range(self.room)]
        chosen = [lanes[number] for number in padded]
        in_a_row = numbers[-1] - numbers[0] + 1 == self._count  # such rows are found faster than those of a list
        self._rows: Any = slice(numbers[0], numbers[-1] + 1) if in_a_row else np.array(numbers)
        self._padded: Any = self._rows if self.room == 1 else np.array(padded)
        self.rule: Rule = rule_for(chosen, data, parameters)
        every, self._size = rooms.laid(self.room), data.batch or 0 if data.batched else 0
        batch = rooms.laid(self.room, self._size) if self._size else every
        self._values, self._diverged = np.empty((4, parameters, self.room)), np.empty(self.room, dtype=np.int64)
        self._call = train(every, batch, self._size, np.zeros((1, len(data.X)), dtype=np.int64), self.rule,
                           state_over(self._values, self._diverged), np.zeros(parameters * self.room), NONE, NONE)
        self._found = np.empty((2, 0, self.room))

    def begin(self, since: Checkpoint) -> None:
        """Take over its lanes from a checkpoint."""
        self._values[:] = since.values[self._padded].transpose(1, 2, 0)
        self._diverged[:] = since.diverged[self._padded]

    def go(self, start: int, stop: int, orders: Marks | None) -> Array:
        """Train from epoch to epoch; return losses and misses, until the next time. orders: None: samples keep theirs.

        Shape (2, epochs, room).
        """
        found = self._found
        if found.shape[1] != stop - start:
            found = np.empty((2, stop - start, self.room))
            self._call.put(LOSSES, found[0])
            self._call.put(LOSSES + 1, found[1])
        if orders is not None:
            self._call.put(ORDERS, orders)
        self._call(start, stop)
        self._found = found
        return found

    def end(self, values: Array, diverged: Marks) -> None:
        """Write the rows of its lanes into what is to be a checkpoint."""
        values[self._rows] = self._values.transpose(2, 0, 1)[:self._count]
        diverged[self._rows] = self._diverged[:self._count]

    def tell(self, told: Array, found: Array) -> None:
        """Write the rows of its lanes. told: losses and misses, shape (2, lanes, epochs); found: as `go` gave them."""
        told[:, self._rows] = found[:, :, :self._count].transpose(0, 2, 1)


def _outputs_of(samples: Samples, like: Network, count: int, lanes: int) -> Array:
    """Return where a pass leaves the outputs of its samples, shape (lanes, samples, n_out), without padded samples."""
    width, elements = like.layers[-1], len(samples.shares)
    first = int(samples.plan[-1, VALUES_OUT])
    laid = samples.a[first:first + width * elements].reshape(width, elements // lanes, lanes)
    return laid[:, :count].transpose(2, 1, 0)


def _checked_data(network: Network, X: Any, y: Any, loss: str, reduction: str, batch: int | None,
                  order_seed: int) -> Data:
    samples = checked_samples("X", X, network.layers[0])
    targets = checked_targets(y, (len(samples), network.layers[-1]), checked_loss(network, loss))
    check_reduction(reduction)
    if batch is not None:
        checks.whole_number("batch", batch, 1, "a whole number of samples, 1 or more, or None for all")
    seed = checks.whole_number("order_seed", order_seed, 0, "a whole number, 0 or more")
    return Data(samples, targets, loss, reduction, batch, seed)


def _check_lane(number: int, lane: Lane, like: Network) -> None:
    network = lane.network
    if (network.layers, network.activations, network.biases is None) != (
            like.layers, like.activations, like.biases is None):
        raise checks.refusal(f"lanes[{number}]", repr(network), f"a network like the first lane's, {like!r}")
    checks.number(f"lanes[{number}].learning_rate", lane.learning_rate, 0.0, "a finite number, 0 or more")
    lane.rule()

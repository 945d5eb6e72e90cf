"""Training: any number of lanes, from one checkpoint to the next, to the same bits however the way is cut."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import checks
from .activations import Array
from .blocks import Block, Rooms
from .kernels.plan import parameter_count
from .lanes import Data, Lane, blocks_of, flat, padded_count
from .looking import Asking, Looking
from .network import Network
from .passes import check_reduction, checked_loss, checked_samples, checked_targets

Marks = NDArray[np.int64]
LOOKED_AT, LOOKED_AT_WORK = 32, 20_000  # networks in one call; samples times parameters of them, where they are large
FEWEST_LOOKED_AT = 4  # also where one would do: a length must not depend on how many are looked at (norms.py)


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
        self._rooms = Rooms(self._like, self._data)
        self._blocks = [Block(numbers, self._lanes, self._data, self._parameters, self._rooms) for numbers in
                        blocks_of(lanes, len(self._data.X) * self._parameters)]
        self._few = max(FEWEST_LOOKED_AT, padded_count(len(lanes)))
        at_a_time = min(LOOKED_AT, LOOKED_AT_WORK // (len(self._data.X) * self._parameters))
        self._many = max(self._few, padded_count(at_a_time))
        self._looking: dict[int, Looking] = {}
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
        return self.frames([at], diverged)[0]

    def frames(self, ats: Sequence[Checkpoint], diverged: Marks | None = None) -> list[Frame]:
        """Return a frame of each checkpoint, looked at together: to the same bits as each by itself."""
        looked_at = self.looked_at(ats, diverged) if ats else ()
        return [Frame(at.epoch, *one) for at, *one in zip(ats, *looked_at, strict=True)]

    def looked_at(self, ats: Sequence[Checkpoint], diverged: Marks | None = None) -> tuple[Array, Array, Array]:
        """Return parameters, outputs and gradient norms of one or more frames, each as a Frame has it."""
        shown = np.concatenate([self._last_finite(at, diverged) for at in ats])
        found = [self._room_for(some)(some) for some in self._looked_at_together(shown)]
        outputs, steep = found[0] if len(found) == 1 else (np.concatenate(parts) for parts in zip(*found, strict=True))
        of_frames = len(ats), len(self._lanes)
        return (shown.reshape(*of_frames, -1), outputs.reshape(*of_frames, *outputs.shape[1:]),
                steep.reshape(of_frames))

    def answers(self, at: Checkpoint, X: Any, diverged: Marks | None = None) -> Array:
        """Return every lane's outputs for other samples, shape (lanes, samples, n_out).

        X: shape (samples, n_in). diverged: as in `frame`.
        """
        return self.asking(X).answers(self._last_finite(at, diverged))

    def asking(self, X: Any) -> Asking:
        """Lay other samples out, of shape (samples, n_in), to be asked about often: of any run of the same form."""
        wanted = checked_samples("X", X, self._like.layers[0])
        return Asking(self._like, wanted, self._blocks[0].rule.loss)

    def _looked_at_together(self, networks: Array) -> Iterator[Array]:
        return (networks[first:first + self._many] for first in range(0, len(networks), self._many))

    def _room_for(self, networks: Array) -> Looking:
        """Return room for one frame's networks, or for many."""
        room = self._few if len(networks) <= self._few else self._many
        if room not in self._looking:
            self._looking[room] = Looking(room, self._like, self._rooms.laid(room), len(self._data.X),
                                          self._blocks[0].rule.loss)
        return self._looking[room]

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
                block.begin(since.values, since.diverged)
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
    starts = {id(each): flat(each) for each in {id(network): network for network in networks}.values()}
    values = np.zeros((len(networks), 4, len(starts[id(networks[0])])))
    for number, network in enumerate(networks):
        values[number, :2] = starts[id(network)]
    return Checkpoint(0, values, np.full(len(networks), -1, dtype=np.int64))


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

"""The rooms that training works in: lanes side by side, as many as one call of the kernel takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .kernels.calls import LOSSES, NONE, ORDERS, Rule, Samples, train
from .lanes import Data, Lane, padded_count, rule_for, samples_for, state_over
from .network import Network


class Rooms:
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


class Block:
    """The lanes that train in one call, and room for them; a block that is padded repeats its last lane."""

    def __init__(self, numbers: list[int], lanes: Sequence[Lane], data: Data, parameters: int, rooms: Rooms) -> None:
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

    def begin(self, values: Array, diverged: NDArray[np.int64]) -> None:
        """Take over its lanes from what a checkpoint holds of all."""
        self._values[:] = values[self._padded].transpose(1, 2, 0)
        self._diverged[:] = diverged[self._padded]

    def go(self, start: int, stop: int, orders: NDArray[np.int64] | None) -> Array:
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

    def end(self, values: Array, diverged: NDArray[np.int64]) -> None:
        """Write the rows of its lanes into what is to be a checkpoint."""
        values[self._rows] = self._values.transpose(2, 0, 1)[:self._count]
        diverged[self._rows] = self._diverged[:self._count]

    def tell(self, told: Array, found: Array) -> None:
        """Write the rows of its lanes. told: losses and misses, shape (2, lanes, epochs); found: as `go` gave them."""
        told[:, self._rows] = found[:, :, :self._count].transpose(0, 2, 1)

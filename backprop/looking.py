"""Looking at networks between epochs: samples laid out once, and the answers of whatever parameters are put in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .kernels.calls import LOSSES, NETWORKS, SHADES, Call, Samples, answer, look, shade
from .kernels.plan import VALUES_OUT, parameter_count
from .lanes import samples_for
from .network import Network
from .norms import norms

AT_A_TIME = 112  # samples: the parameters, handed out to each of them, then stay near the processor


class Asking:
    """Samples, laid out for networks of one form: ask for the answers of one after the other, one thread at a time."""

    def __init__(self, like: Network, X: Array, loss: int) -> None:
        """Lay them out. like: a network of the form."""
        inputs, outputs = like.layers[0], like.layers[-1]
        at_a_time = min(len(X), AT_A_TIME)
        samples = samples_for(like, X[:at_a_time], np.zeros((at_a_time, outputs)), "sum", 1)
        room = len(samples.shares)
        pieces = -(-len(X) // room)
        every = X[np.minimum(np.arange(pieces * room), len(X) - 1)]
        self._parameters = np.empty(parameter_count(like.layers, like.biases is not None))
        asked = samples, np.ascontiguousarray(every.reshape(pieces, room, inputs).transpose(0, 2, 1)), loss
        self._answer, self._shade = answer(*asked, self._parameters), shade(*asked, self._parameters)
        self._count, self._rows = len(X), (pieces, outputs, room)
        self.size = room * len(self._parameters)  # what its memory grows with

    def answers(self, lanes: Array) -> Array:
        """Return the outputs, shape (lanes, samples, n_out). lanes: (lanes, P), their parameters."""
        found = np.empty((len(lanes), *self._rows))
        self._ask(self._answer, lanes, LOSSES, found)
        return found.transpose(0, 1, 3, 2).reshape(len(lanes), -1, self._rows[1])[:, :self._count]

    def shades(self, lanes: Array) -> NDArray[np.uint8]:
        """Return their first outputs as shades, shape (lanes, samples), 0..255 for 0..1; for no number that of 0.5."""
        pieces, _, room = self._rows
        found = np.empty((len(lanes), pieces * room), dtype=np.uint8)
        self._ask(self._shade, lanes, SHADES, found)
        return found[:, :self._count]

    def _ask(self, call: Call, lanes: Array, place: int, found: NDArray[Any]) -> None:
        call.put(NETWORKS, np.ascontiguousarray(lanes))
        call.put(place, found)
        call(0, len(lanes) * self._rows[0])


class Looking:
    """Room for so many networks side by side: one call finds their answers and how steep their loss is."""

    def __init__(self, room: int, like: Network, samples: Samples, count: int, loss: int) -> None:
        """Take the room. room: 2 or more networks; samples: laid out for as many; count: of samples, without padded."""
        parameters = parameter_count(like.layers, like.biases is not None)
        self._parameters, self._gradient = np.zeros((parameters, room)), np.zeros((parameters, room))
        self._call = look(samples, loss, self._parameters.ravel(), self._gradient.ravel())
        self._outputs = _outputs_of(samples, like, count, room)

    def __call__(self, parameters: Array) -> tuple[Array, Array]:
        """Return outputs and gradient norms (see Frame). parameters: (networks, P); there is room for them."""
        count = len(parameters)
        self._parameters[:, :count] = parameters.T
        self._call()
        return self._outputs[:count].copy(), norms(self._gradient, count)


def _outputs_of(samples: Samples, like: Network, count: int, lanes: int) -> Array:
    """Return where a pass leaves the outputs of its samples, shape (lanes, samples, n_out), without padded samples."""
    width, elements = like.layers[-1], len(samples.shares)
    first = int(samples.plan[-1, VALUES_OUT])
    laid = samples.a[first:first + width * elements].reshape(width, elements // lanes, lanes)
    return laid[:, :count].transpose(2, 1, 0)

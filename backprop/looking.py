"""Looking at networks between epochs: samples laid out once, and the answers of whatever parameters are put in."""

from __future__ import annotations

import numpy as np

from .activations import Array
from .kernels.calls import LOSSES, NETWORKS, Samples, answer, look
from .kernels.plan import VALUES_OUT, parameter_count
from .lanes import samples_for
from .network import Network
from .norms import norms


class Asking:
    """Samples, laid out for networks of one form: ask for the answers of one after the other, one thread at a time."""

    def __init__(self, like: Network, X: Array, loss: int) -> None:
        """Lay them out. like: a network of the form."""
        samples = samples_for(like, X, np.zeros((len(X), like.layers[-1])), "sum", 1)
        self._parameters = np.empty(parameter_count(like.layers, like.biases is not None))
        self._call = answer(samples, loss, self._parameters)
        self._count, self._rows = len(X), (like.layers[-1], len(samples.shares))
        self.size = len(X) * len(self._parameters)  # what its memory grows with

    def answers(self, lanes: Array) -> Array:
        """Return the outputs, shape (lanes, samples, n_out). lanes: (lanes, P), their parameters."""
        found = np.empty((len(lanes), *self._rows))
        self._call.put(NETWORKS, np.ascontiguousarray(lanes).ravel())
        self._call.put(LOSSES, found.ravel())
        self._call(0, len(lanes))
        return found[:, :, :self._count].transpose(0, 2, 1)


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

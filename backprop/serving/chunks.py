"""A chunk of a run as bytes: a small JSON head, and one buffer of little-endian typed arrays. See docs/protocol.md."""

from __future__ import annotations

import numpy as np

from ..activations import Array
from ..known_run import Film


def frame_bytes(lanes: int, parameters: int, outputs: int, grid: int) -> int:
    """Return how many bytes a frame takes."""
    return lanes * (8 * (parameters + outputs + 1) + 16 + grid * grid)


class Packed:
    """The frames of a film as bytes, laid out together."""

    def __init__(self, film: Film) -> None:
        """Lay them out."""
        self.surfaced = film.surfaces is not None
        epochs, lanes = film.told.shape[:2]
        P, outputs = film.parameters.shape[2], film.outputs.reshape(epochs, lanes, -1)
        self._numbers = np.empty((epochs, lanes, P + outputs.shape[2] + 1), dtype="<f8")
        self._numbers[:, :, :P], self._numbers[:, :, P:-1] = film.parameters, outputs
        self._numbers[:, :, -1] = np.where(np.isfinite(film.gradient_norms), film.gradient_norms, -1.0)
        self._told, self._surfaces = film.told.astype("<i4"), film.surfaces

    def body(self, losses: Array, frames: slice) -> bytes:
        """Return losses (lane after lane), then of each of these frames and lane: float64 parameters, outputs, gradient
        norm (-1 where it is beyond float64); then int32 verdict, at, uphill, steps; then the surfaces' bytes.
        """
        surfaces = b"" if self._surfaces is None else self._surfaces[frames].tobytes()
        return b"".join((as_bytes(losses), self._numbers[frames].tobytes(), self._told[frames].tobytes(), surfaces))


def as_bytes(numbers: Array) -> bytes:
    """Return float64 as they go onto the wire."""
    return numbers.astype("<f8", copy=False).tobytes()

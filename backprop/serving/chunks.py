"""A chunk of a run as bytes: a small JSON head, and one buffer of little-endian typed arrays. See docs/protocol.md."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from struct import pack

import numpy as np
from numpy.typing import NDArray

from ..activations import Array
from ..known_run import Shown
from ..verdicts import KINDS

CODES = {kind: code for code, kind in enumerate(KINDS)}


def frame_bytes(lanes: int, parameters: int, outputs: int, grid: int) -> int:
    """Return how many bytes a frame takes."""
    return lanes * (8 * (parameters + outputs + 1) + 16 + grid * grid)


def packed(losses: Array, shown: Sequence[Shown]) -> bytes:
    """Return the buffer: losses (lane after lane), then of each frame and lane: float64 parameters, outputs, gradient
    norm (-1 where it is beyond float64); then int32 verdict, at, uphill, steps; then the surfaces' bytes.
    """
    numbers: list[Array] = [losses]
    verdicts: list[int] = []
    surfaces: list[NDArray[np.uint8]] = []
    for each in shown:
        frame, lanes = each.frame, len(each.verdicts)
        outputs = frame.outputs.reshape(lanes, -1)
        told = np.empty((lanes, frame.parameters.shape[1] + outputs.shape[1] + 1))
        told[:, :frame.parameters.shape[1]] = frame.parameters
        told[:, frame.parameters.shape[1]:-1] = outputs
        told[:, -1] = [norm if isfinite(norm) else -1.0 for norm in frame.gradient_norms.tolist()]
        numbers.append(told)
        for one in each.verdicts:
            verdicts += CODES[one.kind], one.at, one.uphill, one.steps
        if each.surfaces is not None:
            surfaces.append(each.surfaces)
    return b"".join([*(part.astype("<f8", copy=False).tobytes() for part in numbers),
                     pack(f"<{len(verdicts)}i", *verdicts), *(part.tobytes() for part in surfaces)])

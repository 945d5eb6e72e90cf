"""A chunk of a run as bytes: a small JSON head, and one buffer of little-endian typed arrays. See docs/protocol.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..activations import Array
from ..known_run import Shown
from ..verdicts import KINDS


def frame_bytes(lanes: int, parameters: int, outputs: int, grid: int) -> int:
    """Return how many bytes a frame takes."""
    return lanes * (8 * (parameters + outputs + 1) + 16 + grid * grid)


def packed(losses: Array, shown: Sequence[Shown]) -> bytes:
    """Return the buffer: losses (lane after lane), then of each frame and lane: float64 parameters, outputs, gradient
    norm (-1 where it is beyond float64); then int32 verdict, at, uphill, steps; then the surfaces' bytes.
    """
    numbers, verdicts, surfaces = [losses.ravel()], [], []
    for each in shown:
        lanes = len(each.verdicts)
        norms = each.frame.gradient_norms
        numbers.append(np.hstack([each.frame.parameters, each.frame.outputs.reshape(lanes, -1),
                                  np.where(np.isfinite(norms), norms, -1.0)[:, np.newaxis]]).ravel())
        verdicts += [(KINDS.index(one.kind), one.at, one.uphill, one.steps) for one in each.verdicts]
        if each.surfaces is not None:
            surfaces.append(each.surfaces.ravel())
    parts: list[Any] = [np.concatenate(numbers).astype("<f8"), np.array(verdicts, dtype="<i4"),
                        np.concatenate(surfaces) if surfaces else np.empty(0, np.uint8)]
    return b"".join(part.tobytes() for part in parts)

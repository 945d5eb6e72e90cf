"""The plane that a surface is drawn over: its points, laid out once for all runs whose networks have one form."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from .activations import Array
from .looking import Asking
from .training import Training

SURFACE_LOW, SURFACE_HIGH = -0.25, 1.25
PLANES_KEPT = 16
LARGEST_KEPT = 100_000  # points times parameters: most of a megabyte

_free: OrderedDict[tuple[Hashable, int], Asking] = OrderedDict()  # those that nobody works with


def surfaces(training: Training, parameters: Array, grid: int) -> NDArray[np.uint8]:
    """Return what lanes answer over the plane, shape (lanes, grid, grid), 0..255 for an output of 0..1.

    parameters: of each lane, shape (lanes, P).
    """
    key = training.form, grid
    asking = _free.pop(key, None) or training.asking(_points(grid))  # taken out: two threads never share one
    shades = asking.shades(parameters)
    if asking.size <= LARGEST_KEPT:
        _free[key] = asking
        if len(_free) > PLANES_KEPT:
            _free.popitem(last=False)
    return shades.reshape(-1, grid, grid)


def _points(grid: int) -> Array:
    line = np.linspace(SURFACE_LOW, SURFACE_HIGH, grid)
    x1, x2 = np.meshgrid(line, line)
    return np.column_stack([x1.ravel(), x2.ravel()])

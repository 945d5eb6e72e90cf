"""What each sample's gradient asks for, their sum and mean, and the same samples one at a time. Pure.

For a loss that is a sum (or mean) over samples, so is its gradient: dL/dw = dL_1/dw + dL_2/dw + ... (or that over B).
One at a time, each gradient is computed with the weights as the samples before it have left them: Robbins and Monro
1951; Bottou, "Large-scale machine learning with stochastic gradient descent", 2010.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from . import checks
from .names import BIAS_SOURCE, edge_name, node_names
from .network import Network
from .passes import backward, forward
from .results import Gradients

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Move:
    """Hold one move against a gradient: the gradient and the network after w - learning_rate * gradient."""

    gradient: Gradients
    after: Network


@dataclass(frozen=True, eq=False)
class BatchSteps:
    """Hold one epoch in the three ways there are.

    rows: each sample's own gradient at the starting weights. total, mean: one move with all of them.
    one_at_a_time: a move per sample, each from where the one before it ended. loss, losses: the mean over all samples,
    before and after `total`, `mean`, `one_at_a_time`.
    """

    start: Network
    rows: tuple[Gradients, ...]
    total: Move
    mean: Move
    one_at_a_time: tuple[Move, ...]
    loss: float
    losses: tuple[float, float, float]


def batch_steps(network: Network, X: Any, y: Any, *, loss: str, learning_rate: float) -> BatchSteps:
    """Compute the samples' gradients and move with them: summed, averaged, and one at a time in their order.

    X: shape (B, n_in), y: (B, n_out), a sample per row. ValueError where something does not fit. Numbers that grow
    beyond float64 become inf or NaN.
    """
    samples = list(zip(np.asarray(X, dtype=float)[:, None, :], np.asarray(y, dtype=float)[:, None, :], strict=True))
    rows = tuple(backward(network, forward(network, x), t, loss=loss) for x, t in samples)
    total, mean = added(rows), averaged(rows)
    moves: list[Move] = []
    for x, t in samples:
        at = moves[-1].after if moves else network
        gradient = backward(at, forward(at, x), t, loss=loss)
        moves.append(Move(gradient, at.updated(gradient, learning_rate=learning_rate)))
    together = Move(total, network.updated(total, learning_rate=learning_rate))
    averagely = Move(mean, network.updated(mean, learning_rate=learning_rate))
    ends = (together.after, averagely.after, moves[-1].after)
    after = [backward(end, forward(end, X), y, loss=loss).loss for end in ends]
    return BatchSteps(network, rows, together, averagely, tuple(moves),
                      backward(network, forward(network, X), y, loss=loss).loss, (after[0], after[1], after[2]))


def added(rows: tuple[Gradients, ...]) -> Gradients:
    """Return the sum of samples' gradients: the gradient of the loss with the reduction `sum`."""
    return _scaled(rows, 1.0)


def averaged(rows: tuple[Gradients, ...]) -> Gradients:
    """Return the mean of samples' gradients: the gradient of the loss with the reduction `mean`."""
    return _scaled(rows, float(len(rows)))


def _scaled(rows: tuple[Gradients, ...], divisor: float) -> Gradients:
    with np.errstate(over="ignore", invalid="ignore"):
        weights = [np.sum(layer, axis=0) / divisor for layer in zip(*(row.weights for row in rows), strict=True)]
        biases = None if rows[0].biases is None else [
            np.sum(layer, axis=0) / divisor for layer in zip(*(row.biases or [] for row in rows), strict=True)]
        delta = [np.vstack(layer) / divisor for layer in zip(*(row.delta for row in rows), strict=True)]
        return Gradients(sum(row.loss for row in rows) / divisor, weights, biases, delta)


class Plane:
    """Look at networks and gradients in the plane of two of their parameters."""

    def __init__(self, network: Network, across: str, up: str) -> None:
        """across, up: edges such as "h1>o1", or "b>h1" for a bias; ValueError where the network has no such edge."""
        places = parameter_places(network)
        self._places = (checks.one_of("across", across, places), checks.one_of("up", up, places))

    def point(self, of: Network | Gradients) -> Point:
        """Return the two parameters of a network, or the two parts of a gradient."""
        x, y = (float(of.weights[layer][source, target]) if source is not None
                else float((of.biases or [])[layer][target]) for layer, source, target in self._places)
        return x, y


def parameter_places(network: Network) -> dict[str, tuple[int, int | None, int]]:
    """Return where each parameter lies by its edge: (layer of weights, source, target); source None: a bias."""
    found: dict[str, tuple[int, int | None, int]] = {}
    for layer, (sources, targets) in enumerate(pairwise(node_names(network.layers))):
        for j, to in enumerate(targets):
            found |= {edge_name(of, to): (layer, i, j) for i, of in enumerate(sources)}
            if network.biases is not None:
                found[edge_name(BIAS_SOURCE, to)] = (layer, None, j)
    return found


def tips(points: list[Point]) -> list[Point]:
    """Return where each arrow ends when they are laid head to tail, the first one at 0."""
    reached: list[Point] = []
    for x, y in points:
        before = reached[-1] if reached else (0.0, 0.0)
        reached.append((before[0] + x, before[1] + y))
    return reached


def distance(a: Point, b: Point = (0.0, 0.0)) -> float:
    """Return how far apart two points of the plane are."""
    return math.hypot(a[0] - b[0], a[1] - b[1])

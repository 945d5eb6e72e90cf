"""Slopes by nudging: what the loss does when one weight moves a little either way.

Knows the forward pass only, so that it can bear witness on the backward pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .activations import Activation, Array
from .losses import Loss
from .network import Network
from .passes import Passed, pre_activation, reduced_loss

EPS = float(np.finfo(np.float64).eps)
# How far a nudge moves z, times z's own size. The best single one is near EPS**(1/3) = 6e-6, for a loss that
# bends on the scale of 1; a loss that bends on another scale finds its own among these.
REACHES = 8.0 * EPS ** (1 / 3) * 16.0 ** -np.arange(8)
SMALLEST_FEED = 1e-100  # with less fed in, no weight that float64 can hold would move z
KINKED = ("relu", "leaky_relu")


@dataclass(frozen=True)
class Nudger:
    """Nudge the weights and biases of one network on given samples.

    Where a nudge would carry a ReLU over its kink, the node is followed along the straight piece that it is on
    (at z = 0 the closed one, as everywhere in this project): a slope belongs to one piece.
    """

    network: Network
    passed: Passed
    targets: Array
    loss: Loss
    reduction: str

    def slopes(self, layer: int, source: int | None) -> tuple[Array, Array]:
        """Return the slopes along the edges into `layer` from node `source` of the one before (None: the bias).

        A nudge h of the weight moves z by h times what the source feeds in, so h is chosen by how far z moves:
        central differences (L(w + h) - L(w - h)) / 2h for a ladder of h, of which the one counts that agrees best
        with the next smaller one, rounding allowed for. The second array is the doubt: how far off each may be.
        Both of shape (n_out,).
        """
        z, a = self.passed.z[layer], self.passed.a[layer]
        fed = np.ones(a.shape[0]) if source is None else a[:, source]
        with np.errstate(all="ignore"):  # what overflows is reported as not finite
            steps = _steps(z, fed)
            up = self._losses(layer, _nudged(z, fed, steps))
            down = self._losses(layer, _nudged(z, fed, -steps))
            noise = 16.0 * EPS * np.maximum(np.abs(up), np.abs(down)) / steps + self._rounding(layer, fed)
            return _most_settled((up - down) / (2.0 * steps), noise)

    def _losses(self, layer: int, z: Array) -> Array:
        """Finish the forward pass from z of `layer`, shape (..., B, n_out), and return the losses, shape (...)."""
        last = len(self.network.weights) - 1
        for later in range(layer, last):
            z = pre_activation(self.network, later + 1, self._activated(later, z))
        return reduced_loss(self.loss, z, self._activated(last, z), self.targets, self.reduction)

    def _activated(self, layer: int, z: Array) -> Array:
        pieces = self._pieces[layer]
        return self.network.activation(layer).function(z) if pieces is None else pieces * z

    @cached_property
    def _pieces(self) -> list[Array | None]:
        """The slope of the straight piece that each node of a kinked layer is on, shape (B, n_out)."""
        return [_piece(self.network.activation(layer), z) if self.network.activations[layer] in KINKED else None
                for layer, z in enumerate(self.passed.z)]

    def _rounding(self, layer: int, fed: Array) -> float:
        """Return how far rounding in the outputs may move a gradient: one of 1e-12 may come of 1 - a, a near 1."""
        carried = 8.0 * EPS * float(np.abs(fed).max()) * max(1.0, float(np.abs(self.passed.output).max()))
        for weights in self.network.weights[layer + 1:]:
            carried *= max(1.0, float(np.abs(weights).sum(axis=1).max()))  # no activation's slope is above 1
        return carried


def _piece(activation: Activation, z: Array) -> Array:
    """Return the slope of the piece under each z, found from the function: its slope is what is to be checked."""
    above, below = activation.function(np.array([1.0, -1.0]))
    piece: Array = np.where(z > 0.0, above, -below)
    return piece


def _steps(z: Array, fed: Array) -> Array:
    """Return the nudges h, shape (n_out, number of REACHES), each a different distance for z."""
    size = np.maximum(1.0, np.abs(z).max(axis=0))
    feed = float(np.abs(fed).max())
    steps: Array = np.outer(size / feed if feed > SMALLEST_FEED else size, REACHES)
    return steps


def _nudged(z: Array, fed: Array, steps: Array) -> Array:
    """Return z, (B, n_out), as it is after each nudge: (n_out, number of REACHES, B, n_out)."""
    nudged = np.broadcast_to(z, (*steps.shape, *z.shape)).copy()
    for target in range(z.shape[1]):
        nudged[target, :, :, target] += steps[target, :, None] * fed
    return nudged


def _most_settled(slopes: Array, noise: Array) -> tuple[Array, Array]:
    """Return from each row the slope that differs least from the next; with it twice that much and its noise."""
    change = 2.0 * np.abs(np.diff(slopes, axis=-1)) + noise[:, :-1]
    change[np.isnan(change)] = np.inf
    best = np.argmin(change, axis=-1, keepdims=True)
    return np.take_along_axis(slopes, best, -1)[:, 0], np.take_along_axis(change, best, -1)[:, 0]

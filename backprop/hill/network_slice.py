"""The true loss of a network along one weight or bias: everything else is held, and nothing is approximated."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from .. import checks, tex
from ..activations import Array
from ..names import BIAS_SOURCE, edge_name, node_names
from ..network import Network
from ..passes import backward, checked_loss, checked_samples, checked_targets, forward, pre_activation, reduced_loss
from .landscapes import CURVE_POINTS, Landscape, Minimum
from .slice_rates import slice_rates
from .stationary import stationary

REACH = 4.0  # how far the picture lets the weight move the sum z that it feeds, either way
NARROWEST, WIDEST = 0.01, 50.0  # the least and the most that the picture shows on either side of the weight
FINEST = 1e-9  # of the weight: what float64 can still tell apart in 241 points
WIDENINGS = (1.0, 2.0, 4.0)  # until there is a bottom in the picture
ENDS = 4  # of a step, and of the bottoms beside it, whose losses are remembered
INNER = 0.9  # of the half width: a bottom nearer to the edge does not count as seen


@dataclass(frozen=True, eq=False)
class Edge:
    """Locate one parameter: W[layer][source, target], or b[layer][target] where `source` is None."""

    layer: int
    source: int | None
    target: int


@dataclass(frozen=True, eq=False)
class Slice:
    """Compute loss and slope of a network on samples as a function of one parameter."""

    network: Network
    X: Array
    y: Array
    loss: str
    edge: Edge

    @property
    def present(self) -> float:
        """The parameter's own value in the network."""
        layer, source, target = self.edge.layer, self.edge.source, self.edge.target
        if source is not None:
            return float(self.network.weights[layer][source, target])
        assert self.network.biases is not None
        return float(self.network.biases[layer][target])

    def value(self, x: float) -> float:
        """Return the loss with the parameter at x, as a forward pass finds it."""
        return self._at(x)[0]

    def slope(self, x: float) -> float:
        """Return dL/dx with the parameter at x: the gradient that a backward pass finds for it."""
        return self._at(x)[1]

    def values(self, x: Array) -> Array:
        """Return the losses with the parameter at each of x, shape (n,), in one sweep."""
        layer, last = self.edge.layer, len(self.network.weights) - 1
        passed = forward(self.network, self.X)
        with np.errstate(all="ignore"):
            z = np.broadcast_to(passed.z[layer], (len(x), *passed.z[layer].shape)).copy()
            z[:, :, self.edge.target] = self._rest(passed.a[layer]) + x[:, None] * self._fed(passed.a[layer])
            for later in range(layer, last):
                z = pre_activation(self.network, later + 1, self.network.activation(later).function(z))
            output = self.network.activation(last).function(z)
            return reduced_loss(checked_loss(self.network, self.loss), z, output, self.y, "mean")

    @property
    def feed(self) -> float:
        """How far z moves, at most, when the parameter moves by 1."""
        return float(np.abs(self._fed(forward(self.network, self.X).a[self.edge.layer])).max())

    @cached_property
    def _at(self) -> Callable[[float], tuple[float, float]]:
        """Return loss and slope at x: a step asks some times for them at both its ends, and works them out once."""
        return lru_cache(maxsize=ENDS)(self._worked_out)

    def _worked_out(self, x: float) -> tuple[float, float]:
        layer, source, target = self.edge.layer, self.edge.source, self.edge.target
        if not math.isfinite(x):
            return math.nan, math.nan
        moved = self._moved(x)
        grads = backward(moved, forward(moved, self.X), self.y, loss=self.loss)
        if source is not None:
            return grads.loss, float(grads.weights[layer][source, target])
        assert grads.biases is not None
        return grads.loss, float(grads.biases[layer][target])

    def _moved(self, x: float) -> Network:
        weights = list(self.network.weights)
        biases = None if self.network.biases is None else list(self.network.biases)
        changed = weights if self.edge.source is not None else biases
        assert changed is not None
        changed[self.edge.layer] = changed[self.edge.layer].copy()
        changed[self.edge.layer][*([] if self.edge.source is None else [self.edge.source]), self.edge.target] = x
        return Network(weights, biases, activations=self.network.activations)

    def _fed(self, a: Array) -> Array:
        """Return what the parameter is multiplied by in each sample, shape (B,)."""
        return np.ones(a.shape[0]) if self.edge.source is None else a[:, self.edge.source]

    def _rest(self, a: Array) -> Array:
        """Return z of the target without the parameter's own part, shape (B,)."""
        layer, source, target = self.edge.layer, self.edge.source, self.edge.target
        column = self.network.weights[layer][:, target].copy()
        if source is None:
            return a @ column
        column[source] = 0.0
        bias = 0.0 if self.network.biases is None else self.network.biases[layer][target]
        rest: Array = a @ column + bias
        return rest


def edge_names(network: Network) -> list[str]:
    """Name every weight and bias of the network by its edge: x1>h1, b>h1, ..."""
    return list(_edges(network))


def network_slice(network: Network, X: Any, y: Any, *, loss: str, weight: str) -> Landscape:
    """Return the loss along one weight or bias as a landscape that begins at the parameter's present value.

    weight: an edge such as "h2>o1", or "b>h1" for a bias. X: shape (B, n_in), y: (B, n_out); the loss is the mean over
    the samples. Its slope is what `backward` finds for the parameter. The picture reaches as far as moves the sum z by
    REACH, or up to four times that where it shows no bottom otherwise. ValueError where something does not fit.
    """
    edges = _edges(network)
    along = checks.one_of("weight", weight, edges)
    samples = checked_samples("X", X, network.layers[0])
    targets = checked_targets(y, (len(samples), network.layers[-1]), checked_loss(network, loss))
    cut = Slice(network, samples, targets, loss, along)
    present = cut.present
    narrow = _half_width(present, cut.feed)
    views = (View(cut, narrow * wider) for wider in WIDENINGS)
    view = next((view for view in views if view.shows_a_bottom), None) or View(cut, narrow)
    return Landscape(
        "slice", "This network", cut.value, cut.slope, float(view.x[0]), float(view.x[-1]), present,
        tuple(Minimum(bottom, cut.value(bottom)) for bottom in view.bottoms), tuple(view.ridges),
        slice_rates(present, cut.slope(present), view.bottoms, view.x, view.losses),
        formula=f"L({tex.weight(*weight.split('>'))})", plain=f"the loss along {weight}, all else held", axis=weight,
        many=cut.values)


class View:
    """See a slice from half a width below the parameter's present value to half a width above it."""

    def __init__(self, cut: Slice, half: float) -> None:
        """Compute the curve and find its stationary points."""
        self._present, self._half = cut.present, half
        self.x = np.linspace(self._present - half, self._present + half, CURVE_POINTS)
        self.losses = cut.values(self.x)
        self.bottoms, self.ridges = stationary(self.x, self.losses, cut.slope)

    @property
    def shows_a_bottom(self) -> bool:
        """Whether a bottom lies well inside."""
        return any(abs(bottom - self._present) <= INNER * self._half for bottom in self.bottoms)


def _half_width(present: float, feed: float) -> float:
    half = REACH / feed if feed > 0.0 else REACH
    return max(min(max(half, NARROWEST), WIDEST), FINEST * abs(present))


def _edges(network: Network) -> dict[str, Edge]:
    names = node_names(network.layers)
    found: dict[str, Edge] = {}
    for layer, (sources, targets) in enumerate(pairwise(names)):
        for target, to in enumerate(targets):
            for source, of in enumerate(sources):
                found[edge_name(of, to)] = Edge(layer, source, target)
            if network.biases is not None:
                found[edge_name(BIAS_SOURCE, to)] = Edge(layer, None, target)
    return found

"""What becomes of the blame on its way back through a deep network, before any training.

Sources: Hochreiter 1991; Bengio, Simard and Frasconi 1994; Glorot and Bengio 2010; He, Zhang, Ren and Sun 2015.
The rules of the verdicts, in words: docs/conventions.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .activations import ACTIVATIONS, Array
from .depth_spec import DeepCurve
from .network import Network
from .passes import backward, forward
from .results import Passed

SAMPLES = 16
DATA_SEED = 1986  # beyond every start's seed, or one start's weights would be the very numbers of the data
LOSS = "squared_error"
VANISHES_BELOW = 1e-3
EXPLODES_ABOVE = 1e3
STARTS_A_PIECE = 5  # 15 ms of the deepest and widest
FLAT_BELOW = 0.1  # of the steepest slope that the activation has

VERDICTS = ("vanishes", "level", "explodes")


@dataclass(frozen=True)
class Sizes:
    """Hold the quartiles of a size over all starts, per layer of weights, the first one first; inf: beyond float64."""

    low: Array
    median: Array
    high: Array


@dataclass(frozen=True)
class Depth:
    """Hold what was measured of one curve.

    blame: root mean square of delta[l] = dL/dz[l] over samples and neurons. gradients: of dL/dW[l] over its weights.
    flat: the share of the hidden neurons' slopes that are below a tenth of the steepest there is, 0 to 1.
    """

    blame: Sizes
    gradients: Sizes
    flat: float

    @property
    def shares(self) -> Sizes:
        """The blame where the last layer's median is 1; NaN or inf where that is beyond float64."""
        last = self.blame.median[-1]
        with np.errstate(over="ignore", invalid="ignore"):
            return Sizes(self.blame.low / last, self.blame.median / last, self.blame.high / last)

    @property
    def ratio(self) -> float | None:
        """How much of the last layer's blame reaches the first one; None where a layer's is beyond float64."""
        return float(self.shares.median[0]) if np.isfinite(self.shares.median).all() else None

    @property
    def verdict(self) -> str:
        """One of VERDICTS, by the ratio alone."""
        return verdict(self.ratio)


def verdict(ratio: float | None) -> str:
    """Say what becomes of the blame; None: it grew beyond float64."""
    if ratio is None or not math.isfinite(ratio) or ratio > EXPLODES_ABOVE:
        return "explodes"
    return "vanishes" if ratio < VANISHES_BELOW else "level"


def deep_data(width: int) -> tuple[Array, Array]:
    """Return the samples and targets that every curve of a width is measured with: N(0, 1), shape (SAMPLES, width)."""
    rng = np.random.default_rng(DATA_SEED)
    return rng.normal(size=(SAMPLES, width)), rng.normal(size=(SAMPLES, width))


def deep_network(curve: DeepCurve, depth: int, width: int, seed: int) -> Network:
    """Return a network of `depth` layers of weights without biases, all of one width, the last layer linear."""
    activations = [curve.activation] * (depth - 1) + ["linear"]
    return Network.random([width] * (depth + 1), activations=activations, initializer=curve.initializer,
                          scale=curve.scale, seed=seed, biases=False)


class DeepStarts:
    """Measure one curve from the seeds 0 to `starts` - 1: mean squared error of `deep_data`, one backward pass each.

    In short pieces: who wants to know calls `go_on` until it is `done`.
    """

    def __init__(self, curve: DeepCurve, depth: int, width: int, starts: int) -> None:
        """Keep what is asked for; nothing is measured yet."""
        self._curve, self._depth, self._width, self._starts = curve, depth, width, starts
        self._data = deep_data(width)
        self._blame: list[list[float]] = []
        self._gradients: list[list[float]] = []
        self._flat: list[float] = []

    @property
    def done(self) -> bool:
        """Whether all starts are measured."""
        return len(self._flat) == self._starts

    def go_on(self) -> None:
        """Measure some more starts."""
        begun = len(self._flat)
        for seed in range(begun, min(begun + STARTS_A_PIECE, self._starts)):
            self._measure(deep_network(self._curve, self._depth, self._width, seed))

    def found(self) -> Depth:
        """Return what came of it, once it is done."""
        return Depth(_quartiles(self._blame), _quartiles(self._gradients), float(np.median(self._flat)))

    def _measure(self, network: Network) -> None:
        x, y = self._data
        passed = forward(network, x)
        grads = backward(network, passed, y, loss=LOSS)
        self._blame.append([root_mean_square(delta) for delta in grads.delta])
        self._gradients.append([root_mean_square(slopes) for slopes in grads.weights])
        self._flat.append(_flat_share(network, passed))


def measured(curve: DeepCurve, depth: int, width: int, starts: int) -> Depth:
    """Return what is measured of one curve."""
    measuring = DeepStarts(curve, depth, width, starts)
    while not measuring.done:
        measuring.go_on()
    return measuring.found()


def root_mean_square(values: Array) -> float:
    """Return sqrt(mean of squares), without the squares leaving float64 where the values do not; inf or NaN stay."""
    largest = float(np.abs(values).max())
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * float(np.sqrt(np.mean(np.square(values / largest))))


def _flat_share(network: Network, passed: Passed) -> float:
    """Return the share of the hidden layers' slopes that are nearly 0: a step in z moves a hardly."""
    slope = ACTIVATIONS[network.activations[0]].slope
    with np.errstate(over="ignore", invalid="ignore"):
        slopes = np.array([slope(z, a) for z, a in zip(passed.z[:-1], passed.a[1:-1], strict=True)])
        return float(np.mean(slopes < FLAT_BELOW * _steepest(network.activations[0])))


def _steepest(activation: str) -> float:
    """Return the greatest slope of an activation, which all of them have at or just above 0."""
    z = np.array([0.0, 1.0])
    return float(ACTIVATIONS[activation].slope(z, ACTIVATIONS[activation].function(z)).max())


def _quartiles(sizes: Iterable[Iterable[float]]) -> Sizes:
    """Return the quartiles over the starts; what is not a number came of an infinity and counts as one."""
    table = np.array(sizes)
    with np.errstate(invalid="ignore"):
        found = np.quantile(np.where(np.isnan(table), np.inf, table), (0.25, 0.5, 0.75), axis=0)
    low, median, high = np.where(np.isnan(found), np.inf, found)
    return Sizes(low, median, high)

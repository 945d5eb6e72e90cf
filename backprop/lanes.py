"""Lanes: networks of one shape that train side by side on the same data, and how they are laid out for the kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from . import checks
from .activations import Array
from .kernels.calls import Rule, Samples, State
from .kernels.plan import LOSS_CODES, OPTIMIZER_CODES, parameter_count, plan_of
from .network import Network
from .optimizers import OPTIMIZERS

BLOCK = 16  # lanes that train in one call where there are many; fewer than HALF_BLOCK train one by one
HALF_BLOCK = 8
FEW = 3  # lanes that train together too, where they are so small that to call the kernel is most of the work:
SMALL = 128  # samples times parameters


@dataclass(frozen=True)
class Lane:
    """Describe one lane: where it starts and how it learns.

    learning_rate: 0 or more. optimizer: a name of OPTIMIZERS. hyper: values for some or all of its hyper-parameters.
    """

    network: Network
    learning_rate: float
    optimizer: str = "sgd"
    hyper: Mapping[str, float] = field(default_factory=dict)

    def rule(self) -> tuple[str, tuple[float, ...]]:
        """Return the optimiser's name and its hyper-parameters in the registry's order."""
        chosen = checks.one_of("optimizer", self.optimizer, OPTIMIZERS)
        for name, value in self.hyper.items():
            checks.one_of("hyper", name, dict(chosen.hyper))
            checks.number(f"hyper[{name!r}]", value, 0.0, "a finite number, 0 or more")
        return chosen.name, tuple(float({**chosen.hyper, **self.hyper}[name]) for name in chosen.hyper)


@dataclass(frozen=True, eq=False)
class Data:
    """Hold what all lanes learn from. X: shape (B, n_in); y: (B, n_out); batch: samples a step, None for all.

    order_seed: draws the order in which each epoch takes the samples, where a batch is fewer than all.
    """

    X: Array
    y: Array
    loss: str
    reduction: str = "mean"
    batch: int | None = None
    order_seed: int = 0

    @property
    def batched(self) -> bool:
        """Whether an epoch takes more than one step."""
        return self.batch is not None and self.batch < len(self.X)

    def orders(self, start: int, stop: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        """Return the order of the samples in each epoch, shape (epochs, B); one row of zeros where it plays no part."""
        count = len(self.X)
        if not self.batched:
            return np.zeros((1, count), dtype=np.int64)
        return np.stack([np.random.default_rng([self.order_seed, epoch]).permutation(count)
                         for epoch in range(start, stop)])


def flat(network: Network) -> Array:
    """Return the parameters as one vector: W[l] row by row, then b[l], layer after layer."""
    parts: list[Array] = []
    for layer, weights in enumerate(network.weights):
        parts.append(weights.ravel())
        if network.biases is not None:
            parts.append(network.biases[layer])
    return np.concatenate(parts)


def unflat(parameters: Array, like: Network) -> Network:
    """Return the network with these parameters and the activations of another of its shape."""
    weights, biases, at = [], [], 0
    for n_in, n_out in zip(like.layers, like.layers[1:], strict=False):
        weights.append(parameters[at:at + n_in * n_out].reshape(n_in, n_out))
        at += n_in * n_out
        if like.biases is not None:
            biases.append(parameters[at:at + n_out])
            at += n_out
    return Network(weights, biases if like.biases is not None else None, activations=like.activations)


def blocks_of(lanes: Sequence[Lane], work: int = SMALL + 1) -> list[list[int]]:
    """Return the numbers of the lanes that train in one call: of one optimiser, up to 16 together or each by itself.

    work: samples times parameters of a lane.
    """
    least = FEW if work <= SMALL else HALF_BLOCK
    together: dict[tuple[str, tuple[float, ...]], list[int]] = {}
    for number, lane in enumerate(lanes):
        together.setdefault(lane.rule(), []).append(number)
    blocks = []
    for numbers in together.values():
        size = BLOCK if len(numbers) >= least else 1
        blocks += [numbers[first:first + size] for first in range(0, len(numbers), size)]
    return blocks


def padded_count(lanes: int) -> int:
    """Return how many lanes a block of so many is laid out for: 1, or a multiple of four."""
    return 1 if lanes == 1 else -(-lanes // 4) * 4


def samples_for(network: Network, X: Array, y: Array, reduction: str, lanes: int, *,
                room: int | None = None) -> Samples:
    """Lay the data out for a block of lanes, padded to a multiple of four samples; the padding counts for nothing.

    room: lay out for so many samples instead of all of X, such as a batch; what they are is then put in later.
    """
    count = len(X) if room is None else room
    padded = -(-count // 4) * 4
    elements = padded * lanes
    which = np.minimum(np.arange(padded), count - 1)
    biases = network.biases is not None
    plan = plan_of(network.layers, network.activations, biases, padded, lanes)
    a = np.zeros(sum(network.layers) * elements)
    a[:network.layers[0] * elements] = np.repeat(X[which].T, lanes, axis=1).ravel()
    targets = np.repeat(y[which].T, lanes, axis=1).ravel()
    shares = np.repeat(np.where(np.arange(padded) < count, 1.0 / count if reduction == "mean" else 1.0, 0.0), lanes)
    wide = np.zeros(parameter_count(network.layers, biases) * elements)
    return Samples(plan, a, np.zeros_like(a), targets, np.zeros_like(targets), shares, np.zeros(elements), wide,
                   np.ones(elements))


def rule_for(lanes: Sequence[Lane], data: Data, parameters: int) -> Rule:
    """Lay out how a block of lanes learns. parameters: of one lane."""
    name, hyper = lanes[0].rule()
    rates = np.array([lane.learning_rate for lane in lanes], dtype=np.float64)
    return Rule(LOSS_CODES[data.loss], data.reduction == "mean", OPTIMIZER_CODES[name],
                np.array([*hyper, 0.0], dtype=np.float64), np.tile(rates, parameters))


def state_over(values: Array, diverged: np.ndarray[tuple[int], np.dtype[np.int64]]) -> State:
    """Return a state that lies in these arrays. values: shape (4, P, lanes), without gaps; diverged: (lanes,)."""
    parameters, before, first, second = (part.ravel() for part in values)
    return State(parameters, before, first, second, diverged)

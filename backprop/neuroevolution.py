"""Neuroevolution: random weights, selection, mutation. It learns by guessing and never asks for a gradient.

A generation: each child is a copy of one of the elite, chosen evenly, with Gaussian noise on every weight and bias;
of elite and children the ones with the lowest loss are the next elite (truncation selection, elitist).
With an elite of 1 and a population of 2 it is the oldest of its kind, the (1+1) evolution strategy (Rechenberg 1973).

What is counted is *network evaluations*: one evaluation is all rows of the data sent forward once through one network.
An elite's loss is remembered and not paid for twice. For comparison, a backward pass counts as one evaluation more,
so an epoch of backpropagation costs two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import flat_networks as flat
from .activations import Array
from .kernels.plan import parameter_count


@dataclass(frozen=True)
class Neuroevolution:
    """Hold the settings.

    layers: widths, inputs first. population: networks in a generation, 2 or more. elite: how many of them are kept,
    from 1 to population - 1. mutation: deviation of the noise on a child's parameters, above 0.
    start: deviation of the first parameters, above 0. generations: how many after the first, 0 or more.
    """

    layers: tuple[int, ...]
    population: int
    elite: int
    mutation: float
    start: float
    generations: int

    @property
    def children(self) -> int:
        """How many networks a generation evaluates: all but the elite."""
        return self.population - self.elite


@dataclass(frozen=True, eq=False)
class Evolution:
    """Hold what became of each seed, a row per seed and a column per generation (the first is the random one).

    best_losses: the lowest loss so far. solved: whether the network with that loss has every output within 0.2 of its
    target. evaluations: how many had been used by the end of each generation, shape (generations,).
    """

    best_losses: Array
    solved: NDArray[np.bool_]
    evaluations: NDArray[np.int64]


def evolve(spec: Neuroevolution, X: Array, y: Array, *, seeds: Sequence[int], enough: float = 1.1) -> Evolution:
    """Evolve one population per seed; each is a function of the settings, the data and its own seed alone.

    X: (B, n_in). y: (B, n_out), 0 to 1. seeds: whole numbers, 0 or more.
    enough: stop once this share of the seeds has solved it; above 1: go through every generation.
    """
    rngs = [np.random.default_rng(seed) for seed in seeds]
    shape = (spec.population, parameter_count(spec.layers, biases=True))
    population = np.stack([rng.normal(0.0, spec.start, shape) for rng in rngs])
    losses, solved = _evaluated(population, spec, X, y)
    found, found_solved, ever = [], [], np.zeros(len(rngs), dtype=bool)
    for generation in range(spec.generations + 1):
        if generation > 0:
            children = _children(population, spec, rngs)
            their_losses, their_solved = _evaluated(children, spec, X, y)
            population = np.concatenate([population, children], axis=1)
            losses = np.concatenate([losses, their_losses], axis=1)
            solved = np.concatenate([solved, their_solved], axis=1)
        best = np.argsort(losses, axis=1, kind="stable")[:, :spec.elite]  # stable: of equals, the older one stays
        population = np.take_along_axis(population, best[:, :, None], axis=1)
        losses, solved = np.take_along_axis(losses, best, axis=1), np.take_along_axis(solved, best, axis=1)
        found.append(losses[:, 0])
        found_solved.append(solved[:, 0])
        ever |= solved[:, 0]
        if ever.mean() >= enough:
            break
    evaluations = spec.population + spec.children * np.arange(len(found), dtype=np.int64)
    return Evolution(np.stack(found, axis=1), np.stack(found_solved, axis=1), evaluations)


def _children(elite: Array, spec: Neuroevolution, rngs: Sequence[np.random.Generator]) -> Array:
    parents = np.stack([rng.integers(0, spec.elite, spec.children) for rng in rngs])
    noise = np.stack([rng.standard_normal((spec.children, elite.shape[-1])) for rng in rngs])
    return np.take_along_axis(elite, parents[:, :, None], axis=1) + spec.mutation * noise


def _evaluated(networks: Array, spec: Neuroevolution, X: Array, y: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Return loss and whether solved of networks (seeds, networks, parameters), both (seeds, networks)."""
    z = flat.outputs_before_sigmoid(networks.reshape(-1, networks.shape[-1]), spec.layers, X)
    return flat.losses(z, y).reshape(networks.shape[:2]), flat.solved(z, y).reshape(networks.shape[:2])

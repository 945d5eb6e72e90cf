"""Ways of training, measured by one yardstick: network evaluations used.

One evaluation is all rows sent forward once through one network; a backward pass counts as one more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from backprop import Network
from backprop.activations import Array
from backprop.kernels.thresholds import SOLVED_WITHIN
from backprop.lanes import Lane
from backprop.neuroevolution import Neuroevolution, evolve
from backprop.training import Training

SLICE = 250  # epochs between two looks at whether enough have solved it


@dataclass(frozen=True, eq=False)
class Task:
    """Name what is to be learnt, and by a network of which widths."""

    name: str
    layers: tuple[int, ...]
    X: Array
    y: Array


@dataclass(frozen=True, eq=False)
class Run:
    """Hold one way of training from many starts.

    evaluations: how many had been used when each loss was known, (K,). losses: (starts, K).
    to_solve: evaluations used when every output was first within 0.2 of its target, (starts,); inf: never.
    """

    evaluations: Array
    losses: Array
    to_solve: Array


def xor(layers: tuple[int, ...] = (2, 4, 1)) -> Task:
    """Return the truth table of exclusive or."""
    X = np.array(list(product((0.0, 1.0), repeat=2)))
    return Task("XOR", layers, X, (X.sum(axis=1, keepdims=True) == 1.0).astype(np.float64))


def encoder(width: int, hidden: int) -> Task:
    """Return the encoder problem: say which input is on through a bottleneck (Rumelhart, Hinton and Williams 1986)."""
    return Task(f"encoder {width}", (width, hidden, width), np.eye(width), np.eye(width))


def backpropagation(task: Task, rate: float, seeds: Sequence[int], limit: int, enough: float = 1.1) -> Run:
    """Descend with the whole data in every step, from `Network.random`'s weights: a lane of the engine per seed.

    Two evaluations an epoch, so the loss of epoch e is known after 2 e + 1.
    """
    names = ["tanh"] * (len(task.layers) - 2) + ["sigmoid"]
    lanes = [Lane(Network.random(task.layers, activations=names, seed=seed), rate) for seed in seeds]
    training = Training(lanes, task.X, task.y, loss="binary_cross_entropy")
    at, stretches = training.start(), []
    to_solve = np.full(len(seeds), np.inf)
    while at.epoch < (limit + 1) // 2 and np.isfinite(to_solve).mean() < enough:
        stretch = training.go(at, min(at.epoch + SLICE, (limit + 1) // 2))
        solved = stretch.misses <= SOLVED_WITHIN
        first = np.where(solved.any(axis=1), 2.0 * (at.epoch + solved.argmax(axis=1)) + 1.0, np.inf)
        to_solve = np.minimum(to_solve, first)
        stretches.append(stretch.losses)
        at = stretch.end
    losses = np.hstack(stretches)
    return Run(np.arange(1.0, 2.0 * losses.shape[1], 2.0), losses, to_solve)


def guessing(task: Task, settings: dict[str, float], seeds: Sequence[int], limit: int, enough: float = 1.1) -> Run:
    """Evolve a population per seed. settings: population, elite, mutation, start."""
    population, elite = int(settings["population"]), int(settings["elite"])
    spec = Neuroevolution(task.layers, population, elite, settings["mutation"], settings["start"],
                          generations=(limit - population) // (population - elite))
    evolution = evolve(spec, task.X, task.y, seeds=seeds, enough=enough)
    first = np.where(evolution.solved.any(axis=1), evolution.evaluations[evolution.solved.argmax(axis=1)], np.inf)
    return Run(evolution.evaluations.astype(np.float64), evolution.best_losses, first)


def quartiles(to_solve: Array) -> list[int | None]:
    """Return by how many evaluations a quarter, a half and three quarters of the starts had solved it; None: never."""
    ordered = np.sort(to_solve)
    at = [ordered[int(np.ceil(share * len(ordered))) - 1] for share in (0.25, 0.5, 0.75)]
    return [int(value) if np.isfinite(value) else None for value in at]


def curves(run: Run, grid: Array) -> list[list[float | None]]:
    """Return the quartiles of the losses that are known after each number of evaluations in `grid`; None: none yet."""
    places = np.searchsorted(run.evaluations, grid, side="right") - 1
    at = np.percentile(run.losses[:, np.maximum(places, 0)], [25.0, 50.0, 75.0], axis=0)
    return [[float(f"{loss:.4g}") if place >= 0 else None for loss, place in zip(row, places, strict=True)]
            for row in at]

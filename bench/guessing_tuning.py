"""Settings for both sides of `bench.guessing`, each the best of those tried, on starts that are not reported."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from bench.guessing_runs import Run, Task, backpropagation, guessing, quartiles

RATES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
POPULATIONS = ((2, 1), (5, 1), (20, 4), (50, 10))
MUTATIONS = (0.05, 0.1, 0.2, 0.5, 1.0)
STARTS = (0.5, 1.0)
LIMIT = 20_000
ENOUGH = 0.75


def tried_rates(task: Task, seeds: range) -> list[dict[str, Any]]:
    """Return every learning rate with the median of evaluations to solve, the best first."""
    return _ranked([({"learning_rate": rate}, backpropagation(task, rate, seeds, LIMIT, ENOUGH)) for rate in RATES])


def tried_guessing(task: Task, seeds: range) -> list[dict[str, Any]]:
    """Return every setting of neuroevolution with the median of evaluations to solve, the best first."""
    grid = [{"population": population, "elite": elite, "mutation": mutation, "start": start}
            for (population, elite), mutation, start in product(POPULATIONS, MUTATIONS, STARTS)]
    return _ranked([(settings, guessing(task, settings, seeds, LIMIT, ENOUGH)) for settings in grid])


def _ranked(runs: list[tuple[dict[str, Any], Run]]) -> list[dict[str, Any]]:
    medians = [{**settings, "median": quartiles(run.to_solve)[1]} for settings, run in runs]
    return sorted(medians, key=lambda entry: np.inf if entry["median"] is None else entry["median"])

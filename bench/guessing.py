"""Measure what guessing costs: backpropagation, neuroevolution and a single neuron on XOR, by network evaluations used.

Run: .venv/bin/python -m bench.guessing    (ten minutes; writes backprop/data/guessing.json)

What it writes, all losses to four digits:
    made (the date), counting, solved_within, perceptron_best, starts (seeds 0 to starts - 1)
    evaluations: the grid of the curves
    methods: name, settings, layers, parameters;
        low, median, high: quartiles of the loss known after so many evaluations (null: none yet);
        to_solve: evaluations until solved, a number per start (null: not within the last of the grid);
        quartiles of those (null: that many never did); solved: the share that did
    tried: the settings tried on other starts for XOR, each with its median evaluations to solve, the best first
    larger: bigger tasks, and for both ways the best settings there and quartiles of evaluations to solve
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from backprop.kernels.plan import parameter_count
from backprop.kernels.thresholds import SOLVED_WITHIN
from backprop.perceptron import PERCEPTRON_BEST
from bench.guessing_runs import Run, Task, backpropagation, curves, encoder, guessing, quartiles, xor
from bench.guessing_tuning import LIMIT, tried_guessing, tried_rates

STARTS = range(200)
TUNING_STARTS = range(1000, 1050)
LARGER_STARTS, LARGER_TUNING_STARTS = range(50), range(1000, 1020)
LARGER = (encoder(4, 2), encoder(8, 3))
RATE = 0.5  # of the lesson's XOR figure
LAST = 10_000
COUNTING = ("One network evaluation is all four rows sent forward once through one network. "
            "A backward pass counts as one more, so an epoch of backpropagation costs two.")
OUTPUT = Path(__file__).parents[1] / "backprop" / "data" / "guessing.json"


def grid() -> list[int]:
    """Return the numbers of evaluations at which curves are told: 1 to 9,999, at most 24 to a factor of ten.

    All odd, where backpropagation knows a loss: no stairs in its curve that only the grid would make.
    """
    return sorted({int(10 ** (step / 24) - 1) // 2 * 2 + 1 for step in range(4 * 24 + 1)})


def method(name: str, task: Task, settings: dict[str, Any], run: Run) -> dict[str, Any]:
    """Return one way of training as it is stored."""
    low, median, high = curves(run, np.array(grid()))
    return {"name": name, "settings": settings, "layers": task.layers,
            "parameters": parameter_count(task.layers, biases=True),
            "low": low, "median": median, "high": high, "quartiles": quartiles(run.to_solve),
            "solved": float(np.isfinite(run.to_solve).mean()),
            "to_solve": [int(count) if np.isfinite(count) else None for count in run.to_solve]}


def settings_of(tried: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the best settings of those tried, without how they fared."""
    return {key: value for key, value in tried[0].items() if key != "median"}


def xor_methods(seeds: range, best_rate: dict[str, Any], best_guess: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ways of training on XOR from these starts."""
    task, neuron = xor(), xor((2, 1))
    return [
        method("backpropagation", task, {"learning_rate": RATE}, backpropagation(task, RATE, seeds, LAST)),
        method("backpropagation_best_rate", task, best_rate,
               backpropagation(task, best_rate["learning_rate"], seeds, LAST)),
        method("guessing", task, best_guess, guessing(task, best_guess, seeds, LAST)),
        method("single_neuron", neuron, {"learning_rate": RATE}, backpropagation(neuron, RATE, seeds, LAST)),
    ]


def larger(task: Task) -> dict[str, Any]:
    """Return how both ways fare on another task, each with its best settings there."""
    rate = settings_of(tried_rates(task, LARGER_TUNING_STARTS))
    guess = settings_of(tried_guessing(task, LARGER_TUNING_STARTS))
    descent = backpropagation(task, rate["learning_rate"], LARGER_STARTS, LIMIT, 0.75)
    return {"task": task.name, "layers": task.layers, "parameters": parameter_count(task.layers, biases=True),
            "starts": len(LARGER_STARTS),
            "backpropagation": {"settings": rate, "quartiles": quartiles(descent.to_solve)},
            "guessing": {"settings": guess,
                         "quartiles": quartiles(guessing(task, guess, LARGER_STARTS, LIMIT, 0.75).to_solve)}}


def main() -> None:
    """Measure everything, write it and print what a reader wants first."""
    rates, guesses = tried_rates(xor(), TUNING_STARTS), tried_guessing(xor(), TUNING_STARTS)
    results: dict[str, Any] = {
        "made": datetime.now(UTC).date().isoformat(), "script": "bench/guessing.py", "counting": COUNTING,
        "solved_within": SOLVED_WITHIN, "perceptron_best": PERCEPTRON_BEST, "starts": len(STARTS),
        "evaluations": grid(), "methods": xor_methods(STARTS, settings_of(rates), settings_of(guesses)),
        "tried": {"backpropagation": rates, "guessing": guesses},
        "larger": [larger(task) for task in LARGER],
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    text = json.dumps(results, allow_nan=False, separators=(",", ":"))
    OUTPUT.write_text(text.replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
    for entry in results["methods"]:
        print(entry["name"], entry["settings"], "to solve", entry["quartiles"], f"solved {entry['solved']:.1%}")
    for entry in results["larger"]:
        print(entry["task"], entry["parameters"], entry["backpropagation"], entry["guessing"])


if __name__ == "__main__":
    main()

"""What guessing costs: the measured comparison of `bench/guessing.py`, as it was stored."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def guessing_results() -> dict[str, Any]:
    """Return the stored results, a new copy for every caller; `bench/guessing.py` says what is in them."""
    text = resources.files(__package__).joinpath("data", "guessing.json").read_text(encoding="utf-8")
    results: dict[str, Any] = json.loads(text)
    return results


def times_as_many() -> dict[str, str]:
    """Return how many times the evaluations guessing took, in the median: on `xor`, and on the `largest` task tried."""
    results = guessing_results()
    half = {method["name"]: method["quartiles"][1] for method in results["methods"]}
    largest = results["larger"][-1]
    return {"xor": _rounded(half["guessing"] / half["backpropagation_best_rate"]),
            "largest": _rounded(largest["guessing"]["quartiles"][1] / largest["backpropagation"]["quartiles"][1])}


def _rounded(times: float) -> str:
    return f"{times:.1f}" if times < 9.95 else f"{times:.0f}"

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

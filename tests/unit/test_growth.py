"""How a run that diverges grew, against the recurrence that it follows."""

from __future__ import annotations

import math
import sys

import pytest

from backprop.growth import PASSES_SHOWN, how_it_diverged
from backprop.run_cache import RunCache
from backprop.runs import Run
from backprop.spec import read_spec

RATE, X = 1000.0, 30.0


def runaway() -> Run:
    """One linear weight w, t = 0: its gradient is x² w, so each pass multiplies it by 1 - rate x²."""
    run = RunCache().run(read_spec({
        "v": 1, "layers": [1, 1], "activations": ["linear"], "loss": "half_squared_error", "learning_rate": RATE,
        "biases": False, "initial": {"kind": "given", "weights": [[[1.0]]]}, "data": {"x": [[X]], "y": [[0.0]]},
    }))
    while run.diverged_at is None:
        run.extend()
    return run


def test_each_change_is_the_rate_times_the_gradient() -> None:
    answer = how_it_diverged(runaway())
    factor = 1.0 - RATE * X**2
    at = answer["pass"]
    shown = answer["growth"]
    assert [each["pass"] for each in shown] == list(range(at + 1 - PASSES_SHOWN, at + 1))
    # w² x² / 2 is beyond float64 at the first pass whose w = factor^pass is large enough; its change still is not
    assert at == math.ceil(math.log(math.sqrt(2.0) * math.sqrt(sys.float_info.max) / X) / math.log(abs(factor)))
    for each in shown:
        assert each["largest"] == pytest.approx(RATE * X**2 * abs(factor) ** each["pass"], rel=1e-9)


def test_the_first_number_beyond_is_named_and_says_so() -> None:
    run = runaway()
    answer = how_it_diverged(run)
    entry, tape = answer["entry"], run.last_pass().tape()
    assert entry["value"] is None
    assert "grown past the largest" in entry["because"]
    before = [each for each in tape if each.id != entry["id"]][: [each.id for each in tape].index(entry["id"])]
    assert all(math.isfinite(each.value) for each in before)

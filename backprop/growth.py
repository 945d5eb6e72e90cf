"""How a run ran away: the largest change of each of its last passes, and the first number beyond float64."""

from __future__ import annotations

import math
from typing import Any

from .runs import Diverged, Run

PASSES_SHOWN = 6


def how_it_diverged(run: Run) -> dict[str, Any]:
    """Return what there is to say of a run that diverged, as plain JSON-ready data.

    pass, message. growth: {"pass", "largest"} of the last passes up to that one, at most six; `largest` is the size of
    the largest change of a parameter, None beyond float64; with `hold` nothing changes, and growth is empty. entry: the
    first number of that pass that is not finite, as the tape has it; None where it is none of the tape's.
    """
    at = run.diverged_at
    assert at is not None
    changes = [] if run.hold else run.largest_changes(max(0, at + 1 - PASSES_SHOWN), at + 1)
    growth = [{"pass": number, "largest": size if math.isfinite(size) else None}
              for number, size in zip(range(at + 1 - len(changes), at + 1), changes, strict=True)]
    first = run.last_pass().tape().not_finite
    return {"pass": at, "message": str(Diverged(at)), "growth": growth,
            "entry": None if first is None else first.as_dict()}

"""A small memory of runs: two hundred learners who ask for the same spec cost one computation."""

from __future__ import annotations

from collections import OrderedDict

from .runs import Run
from .spec import Spec

RUNS_KEPT = 64


class RunCache:
    """Keep the runs asked for last, by canonical spec. What is forgotten is computed again, to the same bits."""

    def __init__(self, kept: int = RUNS_KEPT) -> None:
        """Begin with none; keep at most `kept`."""
        self._kept = kept
        self._runs: OrderedDict[str, Run] = OrderedDict()

    def run(self, spec: Spec) -> Run:
        """Return the spec's run, begun now if it is not remembered."""
        key = spec.canonical()
        run = self._runs.pop(key, None) or self._begin(spec)
        self._runs[key] = run
        while len(self._runs) > self._kept:
            self._runs.popitem(last=False)
        return run

    def __len__(self) -> int:
        """Return how many runs are kept."""
        return len(self._runs)

    @staticmethod
    def _begin(spec: Spec) -> Run:
        return Run(spec.network(), spec.data.x, spec.data.y, loss=spec.loss, learning_rate=spec.learning_rate,
                   sign=spec.sign, hold=spec.hold)

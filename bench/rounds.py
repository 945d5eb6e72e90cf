"""Alternating rounds: everybody has a turn in each, so that a slow minute of the machine is slow for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass
class Runner:
    """Something to time. run: does `count` of them (epochs, lanes times epochs) and may return its own seconds."""

    name: str
    count: int
    run: Callable[[], float | None]
    best: float = float("inf")

    def turn(self) -> None:
        """Run once; keep the least time of one of them, in seconds."""
        begun = time.perf_counter()
        own = self.run()
        took = time.perf_counter() - begun if own is None else own
        self.best = min(self.best, took / self.count)


def alternate(runners: Iterable[Runner], seconds: float, least: int = 5) -> int:
    """Give everybody a turn, again and again for so many seconds; return the number of rounds."""
    everybody = list(runners)
    for runner in everybody:  # whatever happens in a first call only
        runner.run()
    rounds, until = 0, time.perf_counter() + seconds
    while rounds < least or time.perf_counter() < until:
        for runner in everybody:
            runner.turn()
        rounds += 1
    return rounds

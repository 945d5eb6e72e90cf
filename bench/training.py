"""Measure the compiled engine beside its peers, on one core: make bench. Prints a table and writes bench/results.md.

One epoch is XOR's four samples through 2-4-1 and back, with the epoch's loss recorded. Everybody has a turn in each
round; a row is the least time over all rounds, and ratios are of those. Compiling is apart, in a row of its own.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from backprop import Network
from backprop.lanes import Lane
from backprop.training import Training
from backprop.warm import warm
from bench.machine import machine
from bench.peers.peers import RATE, XOR_X, XOR_Y, NodeEngine, c_compiler, c_loop, textbook
from bench.rounds import Runner, alternate
from bench.start_up import compiling, start_up
from tools.node import find_node

RESULTS = Path(__file__).parent / "results.md"
EPOCHS = 2000
SECONDS = 25.0

SIGMOID, TANH = "ours, sigmoid, half squared error, sum", "ours, tanh and sigmoid, binary cross-entropy, mean"
SIXTEEN, MANY = "ours, 16 lanes together", "ours, 4096 lanes together"
TEXTBOOK, BRAIN = "the textbook's NumPy class", "brain.js in Node, one sample at a time"
SYNAPTIC = "synaptic in Node, one sample at a time, a program written for this shape"
C_SIGMOID, C_TANH = "C, written for this shape, sigmoid", "C, written for this shape, tanh and sigmoid"


@dataclass(frozen=True)
class Target:
    """A ratio of two rows that is to be no more than `most`."""

    what: str
    row: str
    base: str
    most: float


TARGETS = (
    Target("ours / the textbook's class", SIGMOID, TEXTBOOK, 1 / 60),
    Target("ours / brain.js", SIGMOID, BRAIN, 1 / 5),
    Target("ours / synaptic", SIGMOID, SYNAPTIC, 1 / 5),
    Target("ours / C", SIGMOID, C_SIGMOID, 4.0),
    Target("a lane of 4096 / one lane", MANY, TANH, 0.15 / 0.25),
)


def ours(lanes: int, epochs: int, hidden: str, loss: str, reduction: str) -> Callable[[], None]:
    """Return a run of the engine, from the call of `go` to its answer."""
    made = [Lane(Network.random([2, 4, 1], activations=[hidden, "sigmoid"], seed=seed), RATE) for seed in range(lanes)]
    training = Training(made, XOR_X, XOR_Y, loss=loss, reduction=reduction)
    start = training.start()

    def run() -> None:
        training.go(start, epochs)
    return run


def runners(engines: list[tuple[str, NodeEngine]], compiler: str | None, folder: Path) -> list[Runner]:
    """Return everybody who is on this machine."""
    entropy = ("tanh", "binary_cross_entropy", "mean")
    found = [
        Runner(SIGMOID, EPOCHS, ours(1, EPOCHS, "sigmoid", "half_squared_error", "sum")),
        Runner(TANH, EPOCHS, ours(1, EPOCHS, *entropy)),
        Runner(SIXTEEN, 16 * 500, ours(16, 500, *entropy)),
        Runner(MANY, 4096 * 500, ours(4096, 500, *entropy)),
        Runner(TEXTBOOK, 100, textbook(100)),
    ]
    found += [Runner(name, EPOCHS, partial(engine.seconds, EPOCHS)) for name, engine in engines]
    if compiler is not None:
        found.append(Runner(C_SIGMOID, EPOCHS, c_loop(compiler, folder, EPOCHS, tanh=False)))
        found.append(Runner(C_TANH, EPOCHS, c_loop(compiler, folder, EPOCHS, tanh=True)))
    return found


def epoch_rows(found: list[Runner]) -> list[str]:
    """Return the table of what an epoch costs."""
    base = next(runner.best for runner in found if runner.name == SIGMOID)
    return ["| an epoch of one lane | µs | ours, first row, takes |", "|---|---:|---:|",
            *(f"| {runner.name} | {runner.best * 1e6:.3f} | {base / runner.best:.3g} of it |" for runner in found)]


def target_rows(best: dict[str, float]) -> list[str]:
    """Return the table of targets, with what could not be measured here."""
    rows = ["| ratio | measured | target | |", "|---|---:|---:|---|"]
    for target in TARGETS:
        if target.base not in best:
            rows.append(f"| {target.what} | | {shown(target.most)} | not on this machine |")
            continue
        ratio = best[target.row] / best[target.base]
        rows.append(f"| {target.what} | {shown(ratio)} | {shown(target.most)} | {verdict(ratio, target.most)} |")
    return rows


def second_rows(seeds: float, start: tuple[float, float], compiled: float) -> list[str]:
    """Return the table of what takes a learner's time."""
    added = start[1] - start[0]
    return ["| what | seconds | target | |", "|---|---:|---:|---|",
            f"| 500 seeds, 1000 epochs each | {seeds:.3f} | 1 | {verdict(seeds, 1.0)} |",
            f"| start of the server: added by the compiled engine, cache warm ({start[0]:.2f} to {start[1]:.2f}) "
            f"| {added:.2f} | 0.5 | {verdict(added, 0.5)} |",
            f"| compiling, once, at set-up | {compiled:.1f} | | |"]


def shown(ratio: float) -> str:
    """Show a ratio below a half as 1/x."""
    return f"1/{1 / ratio:.1f}" if ratio < 0.5 else f"{ratio:.2f}"


def verdict(value: float, most: float) -> str:
    """Say whether a target is met."""
    return "met" if value <= most else "**missed**"


def one_core() -> None:
    """Keep this process and those that it starts on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def main() -> None:
    """Measure, print and write."""
    one_core()
    warm()
    found_node, compiler = find_node(), c_compiler()
    engines = [(name, NodeEngine(found_node.node, package))
               for name, package in ((BRAIN, "brain.js"), (SYNAPTIC, "synaptic"))] if found_node else []
    with tempfile.TemporaryDirectory() as folder:
        found = runners(engines, compiler, Path(folder))
        rounds = alternate(found, SECONDS)
    for _, engine in engines:
        engine.close()
    seeds = Runner("seeds", 1, ours(500, 1000, "tanh", "binary_cross_entropy", "mean"))
    alternate([seeds], 2.0)
    best = {runner.name: runner.best for runner in found}
    lines = ["# What training costs", "", f"{datetime.now(UTC).date().isoformat()}, one core, by `make bench`. "
             + machine(found_node.node if found_node else None, shutil.which(compiler) if compiler else None), "",
             f"An epoch is XOR's four samples through 2→4→1 and back, its loss recorded; the least of {rounds} "
             "alternating rounds. The JavaScript engines know no batches: their epoch moves the weights four times. "
             "brain.js works for any shape, as ours does; synaptic writes a program for the one network, as a person "
             "wrote the C.", "",
             *epoch_rows(found), "", *target_rows(best), "", *second_rows(seeds.best, start_up(7), compiling())]
    text = "\n".join(lines) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

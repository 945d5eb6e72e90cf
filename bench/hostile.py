"""What a well-behaved learner notices of attacks, one after another: python -m bench.hostile [seconds each].

It asks ten small questions a second, each a new one, and waits for every answer. Writes bench/hostile.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.load.scenarios import wait_for_quiet
from bench.load.watched import busy_seconds, processor_seconds
from bench.machine import processor
from tests.fuzz.target import MEMORY_BOUND, Learner, memory
from tests.server import ROOT, RunningServer, running_server

SECONDS = 30.0
PATIENCE_SECONDS = 5.0  # for a machine that is otherwise idle
BOUND_MS = 250.0
BEFORE_ALL = "no attack"
HEAD = """# Under attack

Measured {day} by `python -m bench.hostile {seconds}` on {processor}, {cores} cores, attackers and learner on the same
machine. A learner asks ten small questions a second, each a new one, for {seconds} seconds
under each attack, on a server of its own. Bounds: p99 {bound} ms, every question answered, {memory} MB of memory.
*Others* is what else had the machine meanwhile, in cores: of a p99 of some hundred questions one pause of the machine
makes the most.

| attack | what it is | answered | lost or refused | p50 ms | p99 ms | longest ms | memory MB | others | |
|---|---|---:|---:|---:|---:|---:|---:|---:|---|
"""


@dataclass
class Noticed:
    """Hold what a learner noticed. waited: seconds for each answer, in order of size. memory: the most, in bytes."""

    waited: list[float]
    faults: list[str]
    memory: int
    others: float

    @property
    def held(self) -> bool:
        """Whether every bound was held."""
        return self.percentile(0.99) <= BOUND_MS and not self.faults and self.memory < MEMORY_BOUND

    def percentile(self, share: float) -> float:
        """Return the milliseconds that this share of answers stays within."""
        return 1000 * self.waited[min(len(self.waited) - 1, int(share * len(self.waited)))]


@contextmanager
def attacked(server: RunningServer, name: str) -> Iterator[int]:
    """Attack from a process of its own for as long as the block takes; its number."""
    process = subprocess.Popen([sys.executable, "-m", "bench.attacks", name, str(server.port)], cwd=ROOT, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        yield process.pid
    finally:
        process.kill()
        process.communicate()


def attacks() -> dict[str, str]:
    """Return every attack with what it is, in words (in a process of its own: it patches what threads are)."""
    command = [sys.executable, "-m", "bench.attacks"]
    found: dict[str, str] = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    return found


def measured(server: RunningServer, name: str, seconds: float) -> Noticed:
    """Return what a learner notices of an attack of so many seconds."""
    learner, most = Learner(server), 0
    with nullcontext(os.getpid()) if name == BEFORE_ALL else attacked(server, name) as attacker:
        ours = {server.process.pid, attacker, os.getpid()}
        own, whole, begun = sum(map(processor_seconds, ours)), busy_seconds(), time.monotonic()
        with learner.asking():
            while time.monotonic() < begun + seconds:
                most = max(most, memory(server))
                time.sleep(0.2)
        own, whole = sum(map(processor_seconds, ours)) - own, busy_seconds() - whole
        others = max(0.0, (whole - own) / (time.monotonic() - begun))
    return Noticed(sorted(learner.waited), learner.faults, most, others)


def main(arguments: list[str]) -> int:
    """Measure each attack on a server of its own; the exit status is 0 where every bound was held."""
    seconds = float(arguments[0]) if arguments else SECONDS
    rows, held = [], True
    for name, words in {BEFORE_ALL: "the learner alone", **attacks()}.items():
        with running_server() as server:
            wait_for_quiet(PATIENCE_SECONDS)
            found = measured(server, name, seconds)
        held = held and found.held
        times = " | ".join(f"{found.percentile(share):.0f}" for share in (0.5, 0.99, 1.0))
        rows.append(f"| {name} | {words} | {len(found.waited)} | {len(found.faults)} | {times} | "
                    f"{found.memory / 1e6:.0f} | {found.others:.2f} | {'held' if found.held else '**missed**'} |")
        print(rows[-1], *found.faults[:3], flush=True)
    text = HEAD.format(day=date.today(), seconds=f"{seconds:g}", processor=processor(), cores=os.cpu_count(),
                       bound=f"{BOUND_MS:g}", memory=f"{MEMORY_BOUND / 1e6:.0f}")
    (Path(__file__).parent / "hostile.md").write_text(text + "\n".join(rows) + "\n", encoding="utf-8")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

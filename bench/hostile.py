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
from datetime import date
from pathlib import Path

from bench.machine import processor
from tests.fuzz.target import MEMORY_BOUND, Learner, memory
from tests.server import ROOT, RunningServer, running_server

SECONDS = 20.0
BOUND_MS = 250.0
BEFORE_ALL = "no attack"
HEAD = """# Under attack

Measured {day} by `python -m bench.hostile {seconds}` on {processor}, {cores} cores, attackers and learner on the same
machine (load as it ended: {load}). A learner asks ten small questions a second, each a new one, for {seconds} seconds
under each attack, on a server of its own. Bounds: p99 {bound} ms, every question answered, {memory} MB of memory.

| attack | what it is | answered | lost or refused | p50 ms | p99 ms | longest ms | memory MB |
|---|---|---:|---:|---:|---:|---:|---:|
"""


@contextmanager
def attacked(server: RunningServer, name: str) -> Iterator[None]:
    """Attack from a process of its own for as long as the block takes."""
    process = subprocess.Popen([sys.executable, "-m", "bench.attacks", name, str(server.port)], cwd=ROOT, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        yield
    finally:
        process.kill()
        process.communicate()


def attacks() -> dict[str, str]:
    """Return every attack with what it is, in words (in a process of its own: it patches what threads are)."""
    command = [sys.executable, "-m", "bench.attacks"]
    found: dict[str, str] = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    return found


def measured(server: RunningServer, name: str, seconds: float) -> tuple[list[float], list[str], int]:
    """Return how long each answer took in seconds, what went wrong, and the most memory seen in bytes."""
    learner, most = Learner(server), 0
    with nullcontext() if name == BEFORE_ALL else attacked(server, name):
        end = time.monotonic() + seconds
        with learner.asking():
            while time.monotonic() < end:
                most = max(most, memory(server))
                time.sleep(0.2)
    return sorted(learner.waited), learner.faults, most


def main(arguments: list[str]) -> int:
    """Measure each attack on a server of its own; the exit status is 0 where every bound was held."""
    seconds = float(arguments[0]) if arguments else SECONDS
    rows, held = [], True
    for name, words in {BEFORE_ALL: "the learner alone", **attacks()}.items():
        with running_server() as server:
            waited, faults, most = measured(server, name, seconds)
        p50, p99 = 1000 * waited[len(waited) // 2], 1000 * waited[min(len(waited) - 1, int(len(waited) * 0.99))]
        good = p99 <= BOUND_MS and not faults and most < MEMORY_BOUND
        held = held and good
        rows.append(f"| {name} | {words} | {len(waited)} | {len(faults)} | {p50:.0f} | {p99:.0f} | "
                    f"{1000 * waited[-1]:.0f} | {most / 1e6:.0f} |")
        print(rows[-1], *faults[:3], flush=True)
    text = HEAD.format(day=date.today(), seconds=f"{seconds:g}", processor=processor(), cores=os.cpu_count(),
                       load=f"{os.getloadavg()[0]:.1f}", bound=f"{BOUND_MS:g}", memory=f"{MEMORY_BOUND / 1e6:.0f}")
    (Path(__file__).parent / "hostile.md").write_text(text + "\n".join(rows) + "\n", encoding="utf-8")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measure, and write bench/load.md. Run: make load, or .venv/bin/python -m bench.load."""

from __future__ import annotations

import argparse
import sys

from backprop.presets import PRESETS
from backprop.run_presets import RUN_PRESETS
from backprop.serving.chunks import frame_bytes
from bench.load.questions import EPOCHS, GRID, Chunks, Same
from bench.load.scenarios import Measured, measure

RACE = next(preset.spec for preset in RUN_PRESETS if preset.name == "race")
LANES = len(RACE.lanes)
FRAME_BYTES = frame_bytes(LANES, 17, 4, GRID)
CHUNK_BYTES = 8 * LANES * EPOCHS + FRAME_BYTES
FIRST = {"spec": PRESETS[0].spec.as_dict(), "start": 1, "count": 8}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="abcde")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args(arguments)
    own, same = (Chunks(RACE.as_dict(), CHUNK_BYTES, own=flag) for flag in (True, False))
    first = Same("passes", FIRST)
    for letter in asked.only:
        made = {
            "a": lambda: measure("a", asked.learners, own, seconds=asked.seconds, each_second=10, target=0.15, port=asked.port),
            "b": lambda: measure("b", asked.learners, same, seconds=asked.seconds, each_second=10, target=0.15, port=asked.port),
            "c": lambda: measure("c", 1000, own, seconds=asked.seconds, each_second=1, target=0.15, port=asked.port),
            "d": lambda: measure("d", 1000, first, seconds=1, arrive=1.0, target=1.0, port=asked.port),
            "e": lambda: measure("e", 1000, None, seconds=asked.seconds, port=asked.port),
        }[letter]()
        show(made)
    return 0


def show(made: Measured) -> None:
    if made.latencies:
        print(made.name, " ".join(f"{made.percentile(s) * 1000:.1f}" for s in (0.5, 0.95, 0.99, 1)), end=" ")
    print(f"{made.name} n={len(made.latencies)} asked={made.asked} errors={made.errors} late={made.late * 1000:.0f} server={made.server:.2f} ms/request={made.used / max(1, made.asked) * 1000:.3f} "
          f"clients={made.clients:.2f} others={made.others:.2f} MB={[m // 1000000 for m in made.memory]} "
          f"KB/learner={(made.memory[1] - made.memory[0]) / made.learners / 1000:.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

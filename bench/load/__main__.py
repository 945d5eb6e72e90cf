"""Measure what one server process carries, and write bench/load.md: `make load`, or python -m bench.load."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from backprop.presets import PRESETS
from backprop.run_presets import RUN_PRESETS
from backprop.serving.chunks import frame_bytes
from bench.load.class_step import measure_class
from bench.load.questions import EPOCHS, GRID, Chunks, Same
from bench.load.scenarios import Measured, measure
from bench.load.table import written
from bench.machine import processor

RESULTS = Path(__file__).parents[1] / "load.md"
RACE = next(preset.spec for preset in RUN_PRESETS if preset.name == "race")
LANES = len(RACE.lanes)
A_FRAME = frame_bytes(LANES, parameters=17, outputs=4, grid=GRID)
PAGE_EPOCHS, PAGE_EVERY = 450, 5  # what the page asks for at full speed: a second and a half ahead (run-pace.js)
IDLE = "e"  # which is about memory: once is enough
SECONDS, IDLE_SECONDS, LONG_SECONDS, LONG_IDLE_SECONDS = 15.0, 60.0, 60.0, 600.0


def scenarios(seconds: float, idle: float, **how: Any) -> dict[str, Callable[[], Measured]]:
    """Return what can be measured, by its letter."""
    own, same = (Chunks(RACE.as_dict(), 8 * LANES * EPOCHS + A_FRAME, own=own) for own in (True, False))
    as_pages = Chunks(RACE.as_dict(), 8 * LANES * PAGE_EPOCHS + PAGE_EPOCHS // PAGE_EVERY * A_FRAME, own=True,
                      epochs=PAGE_EPOCHS, every=PAGE_EVERY)
    first = Same("passes", {"spec": PRESETS[0].spec.as_dict(), "start": 1, "count": 8})
    return {
        "a": lambda: measure("a: 200 race, each a race of their own", 200, own, seconds=seconds, each_second=10,
                             target=0.15, **how),
        "b": lambda: measure("b: 200 race, all the same race", 200, same, seconds=seconds, each_second=10,
                             target=0.15, **how),
        "c": lambda: measure("c: 1,000 race slowly, each a race of their own", 1000, own, seconds=seconds,
                             each_second=1, target=0.15, **how),
        "d": lambda: measure("d: 1,000 arrive within a second", 1000, first, seconds=1.0, arrive=1.0, target=1.0,
                             **how),
        "e": lambda: measure("e: 1,000 are there and do nothing", 1000, None, seconds=idle, **how),
        "f": lambda: measure_class("f: 500 in a class, the teacher steps twice a second", 500, seconds=seconds,
                                   target=0.25, **how),
        "s": lambda: measure("s: 20 race, each a race of their own", 20, own, seconds=seconds, each_second=10, **how),
        "p": lambda: measure("p: 20 pages race at full speed, as pages ask", 20, as_pages, seconds=seconds,
                             each_second=2 / 3, **how),
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description="Measure what one server process carries; writes bench/load.md.")
    parser.add_argument("--long", action="store_true", help="a minute each, and ten minutes for memory")
    parser.add_argument("--only", default="abcdefsp", help="the letters of the scenarios, without writing the table")
    parser.add_argument("--seconds", type=float, help="how long each scenario asks")
    parser.add_argument("--idle", type=float, help="how long a thousand are there and do nothing")
    parser.add_argument("--rounds", type=int, default=1, help="how often to measure each; the middle one is shown")
    parser.add_argument("--port", type=int, default=0, help="the server's port (default: a free one)")
    parser.add_argument("--patience", type=float, default=0.0,
                        help="seconds to wait, before each scenario, for a machine that is otherwise idle")
    asked = parser.parse_args(arguments)
    seconds = asked.seconds or (LONG_SECONDS if asked.long else SECONDS)
    idle = asked.idle or (LONG_IDLE_SECONDS if asked.long else min(IDLE_SECONDS, 4 * seconds))
    known = scenarios(seconds, idle, port=asked.port, patience=asked.patience)
    made: dict[str, list[Measured]] = {letter: [] for letter in asked.only}
    for turn in range(asked.rounds):
        for letter in asked.only:
            if turn == 0 or letter != IDLE:
                made[letter].append(known[letter]())
                print(made[letter][-1].line(), flush=True)
    if set(made) == set(known):
        given = " ".join(sys.argv[1:] if arguments is None else arguments)
        how = f"make load ARGS='{given}'" if given else "make load"
        text = written(made, f"{date.today()}, by `{how}`. {processor()}, {os.cpu_count()} cores; "
                             f"Python {platform.python_version()}, gevent {version('gevent')}.")
        RESULTS.write_text(text, encoding="utf-8")
        print(f"\n{text}\nWritten to {RESULTS.relative_to(Path.cwd())}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

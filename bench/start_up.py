"""What the compiled engine adds to the start of the server: fresh processes, with it and with stand-ins for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]

SERVER = "from gevent import monkey; monkey.patch_all(); from backprop.serving import application; application.build()"
STAND_INS = """
import sys, types
for name in ("kernels.machine_code", "warm"):
    stand_in = types.ModuleType(f"backprop.{name}")
    stand_in.run = stand_in.warm = lambda *_: None
    sys.modules[f"backprop.{name}"] = stand_in
"""


def seconds(program: str, **environment: str) -> float:
    """Return what a fresh process takes from its start to its end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, env={**os.environ, **environment})
    return time.perf_counter() - begun


def start_up(rounds: int) -> tuple[float, float]:
    """Return the least seconds until the server could serve, without the compiled engine and with it, cache warm."""
    without, with_it = [], []
    seconds(SERVER)
    for _ in range(rounds):
        without.append(seconds(STAND_INS + SERVER))
        with_it.append(seconds(SERVER))
    return min(without), min(with_it)


def compiling() -> float:
    """Return how long set-up compiles: a process with nothing kept."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds("from backprop.warm import warm; warm()", NUMBA_CACHE_DIR=folder)

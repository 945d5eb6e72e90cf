"""What a measurement was made on: the processor and the versions, and nothing that tells whose machine it was."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from importlib.metadata import version
from pathlib import Path


def processor() -> str:
    """Return the processor's name."""
    with_names = Path("/proc/cpuinfo")
    if with_names.exists():
        for line in with_names.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def loop_ms() -> float:
    """Return how long the processor takes now for a fixed loop of Python, in milliseconds: the best of five.

    A machine whose cores are hyper-threads shared with others is slower by the half in some minutes than in others, and
    its own counters do not show it.
    """
    took = []
    for _ in range(5):
        begun, total = time.perf_counter(), 0
        for number in range(100_000):
            total += number
        took.append(time.perf_counter() - begun)
    return 1000 * min(took)


def first_line(program: str | None) -> str:
    """Return the first line of what `program --version` says."""
    if program is None:
        return "none here"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return (done.stdout.splitlines() or ["unknown"])[0].strip()


def machine(node: str | None, compiler: str | None) -> str:
    """Return one paragraph."""
    return (f"{processor()}, {os.cpu_count()} cores ({platform.system()} {platform.machine()}); "
            f"Python {platform.python_version()}, NumPy {version('numpy')}, Numba {version('numba')}, "
            f"Node {first_line(node)}, C compiler {first_line(compiler)}.")

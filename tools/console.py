"""What set-up says, how it runs commands, and how it gives up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# How errors end.
AGAIN = "then run the same command again."
NETWORK = f"Check the network connection (and the proxy settings, if you are behind one), {AGAIN}"
CLEAN = "Run: make clean, then the same command again."


class SetupError(Exception):
    """A step that cannot go on; its text ends with what the reader should do."""


def say(text: str) -> None:
    """Print one line of progress on standard error, at once."""
    print(f"· {text}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    doing: str,
    remedy: str,
    env: Mapping[str, str] | None = None,
    text_in: str | None = None,
    cwd: Path = ROOT,
) -> None:
    """Run a command, in the project root unless said; raise SetupError with its output and a remedy if it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(os.environ if env is None else env),
            input=text_in,
            stdin=subprocess.DEVNULL if text_in is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as problem:
        raise SetupError(f"{doing} failed: {problem}\n{remedy}") from problem
    if done.returncode:
        raise SetupError(f"{done.stdout.rstrip()}\n\n{doing} failed (exit code {done.returncode}).\n{remedy}")

"""Have the machine code ready before it is needed: `python -m backprop.warm` at set-up; a server calls `warm`."""

from __future__ import annotations

from importlib import import_module

from .kernels.machine_code import ENDING, folders, loaded, source_hash

LATE = ("numpy.random", "numpy.ma")  # that NumPy loads when they are first used: everybody would wait for who is first


def warm() -> None:
    """Load the machine code, which takes some 0.05 s, or compile and keep it, which takes ten seconds; and LATE."""
    loaded()
    for name in LATE:
        import_module(name)


def remove_old() -> None:
    """Remove machine code of sources that have since changed."""
    for folder in folders():
        for kept in folder.glob(f"*{ENDING}"):
            if kept.name != f"{source_hash()}{ENDING}":
                kept.unlink(missing_ok=True)


if __name__ == "__main__":
    warm()
    remove_old()

"""Stamps: a finished step leaves a hash of what it was made from, so that it is done once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return a hash of the contents of `files` and of `words`."""
    digest = hashlib.sha256()
    for part in (*(path.read_bytes() for path in files), *(word.encode() for word in words)):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def holds(stamp: Path, mark: str) -> bool:
    """Tell whether the step that leaves `stamp` was finished for this `mark`."""
    try:
        return stamp.read_text(encoding="utf-8").strip() == mark
    except OSError:
        return False


def leave(stamp: Path, mark: str) -> None:
    """Record that the step was finished for this `mark`."""
    stamp.write_text(mark + "\n", encoding="utf-8")

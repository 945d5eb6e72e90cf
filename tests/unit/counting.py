"""A processor that counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from backprop.serving.processor import Processor

Result = TypeVar("Result")


class Counting(Processor):
    """Count the pieces of work, each done at once."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.done = 0

    def aside(self, work: Callable[[], Result]) -> Result:
        """Do one."""
        self.done += 1
        return work()

"""What is kept of a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Shown:
    """Hold what the class is shown: a figure, the text of a link for its state, and the number of the showing."""

    figure: str
    state: str
    number: int

    def as_dict(self) -> dict[str, Any]:
        """Return the three parts, as the wire carries them."""
        return {"figure": self.figure, "state": self.state, "number": self.number}


@dataclass(frozen=True)
class Question:
    """Hold what the class is asked: which way, or how much, a quantity goes, with so many choices."""

    id: int
    kind: str
    about: str
    choices: int
    revealed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the parts, as the wire and the store carry them."""
        return {"id": self.id, "kind": self.kind, "about": self.about, "choices": self.choices,
                "revealed": self.revealed}

    def opened(self) -> Question:
        """Return the question with its answers revealed."""
        return replace(self, revealed=True)

    def counted(self, answers: Iterable[int]) -> list[int]:
        """Return how many took each choice."""
        counts = [0] * self.choices
        for choice in answers:
            counts[choice] += 1
        return counts


@dataclass(frozen=True)
class Classroom:
    """Hold a class but for its answers and who is there. lock: of the key. ends: seconds of the Unix epoch."""

    code: str
    lock: str
    ends: int
    shown: Shown | None = None
    question: Question | None = None

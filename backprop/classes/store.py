"""Where classes are kept: one interface, so that one process and many can do the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol

from .state import Classroom, Question, Shown

MOST_CLASSES = 1000
MOST_LEARNERS = 2000
LATELY_SECONDS = 15.0  # who was not seen for so long is not there
COUNTS_SECONDS = 0.25  # between two tellings of the counts

Clock = Callable[[], float]
wall_clock: Clock = time.time
Counted = tuple[Question, list[int]]  # how many took each choice
Place = tuple[str, str]  # a learner, and the connection that the learner is seen on


class Outcome(Enum):
    """Say what became of an answer, or of a learner who came in."""

    KEPT = "kept"
    GONE = "gone"  # no such class, or not any more
    OTHER = "other"  # another question, or none
    REVEALED = "revealed"
    CHOICE = "choice"  # the question has no such choice
    FULL = "full"


class Store(Protocol):
    """Keep classes, each until it ends. None, or GONE, where there is no such class."""

    def begin(self, room: Classroom) -> Outcome:
        """Keep a new class; OTHER where its code is taken, FULL where there are too many."""

    def find(self, code: str) -> Classroom | None:
        """Return the class."""

    def show(self, code: str, figure: str, state: str) -> Shown | None:
        """Keep what is shown from now on, under the next number."""

    def ask(self, code: str, kind: str, about: str, choices: int) -> Question | None:
        """Keep a new question in the place of the one before, and forget that one's answers."""

    def answer(self, code: str, learner: str, question: int, choice: int) -> Outcome:
        """Keep a learner's answer in the place of the one before."""

    def reveal(self, code: str) -> Counted | None:
        """Take no more answers; return the question with what was answered. None: also where there is none."""

    def counts(self, code: str) -> Counted | None:
        """Return the question that is open, or was last, with what was answered. None: also where there is none."""

    def seen(self, code: str, places: Sequence[Place]) -> Outcome:
        """Keep that these learners are there now; FULL, and nobody kept, where they are too many."""

    def left(self, code: str, place: Place) -> None:
        """Forget that a learner is there on this connection."""

    def here(self, code: str) -> int:
        """Return how many learners are there, each counted once however many connections they have."""

    def turn(self, code: str) -> bool:
        """Say whether the counts may be told now: True at most once in a quarter of a second, whoever asks."""

    def end(self, code: str) -> None:
        """Forget the class and all of it."""

    def sweep(self) -> None:
        """Forget what has ended."""

"""Classes of one process, in its memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .state import Classroom, Question, Shown
from .store import (
    COUNTS_SECONDS,
    LATELY_SECONDS,
    MOST_CLASSES,
    MOST_LEARNERS,
    Clock,
    Counted,
    Outcome,
    Place,
    wall_clock,
)


@dataclass
class _Kept:
    """Hold all that is known of a class."""

    room: Classroom
    asked: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    seen: dict[Place, float] = field(default_factory=dict)
    told: float = float("-inf")


class MemoryStore:
    """Keep classes in a dictionary. Nothing in here waits, so that no two requests are in it at once."""

    def __init__(self, clock: Clock = wall_clock) -> None:
        """Begin with none. `clock` gives seconds of the Unix epoch."""
        self._clock = clock
        self._classes: dict[str, _Kept] = {}

    def begin(self, room: Classroom) -> Outcome:
        """Keep a new class."""
        self.sweep()
        if room.code in self._classes:
            return Outcome.OTHER
        if len(self._classes) >= MOST_CLASSES:
            return Outcome.FULL
        self._classes[room.code] = _Kept(room)
        return Outcome.KEPT

    def find(self, code: str) -> Classroom | None:
        """Return the class."""
        kept = self._kept(code)
        return kept.room if kept else None

    def show(self, code: str, figure: str, state: str) -> Shown | None:
        """Keep what is shown from now on."""
        kept = self._kept(code)
        if kept is None:
            return None
        shown = Shown(figure, state, kept.room.shown.number + 1 if kept.room.shown else 1)
        kept.room = replace(kept.room, shown=shown)
        return shown

    def ask(self, code: str, kind: str, about: str, choices: int) -> Question | None:
        """Keep a new question."""
        kept = self._kept(code)
        if kept is None:
            return None
        kept.asked += 1
        question = Question(kept.asked, kind, about, choices)
        kept.room, kept.answers = replace(kept.room, question=question), {}
        return question

    def answer(self, code: str, learner: str, question: int, choice: int) -> Outcome:
        """Keep a learner's answer."""
        kept = self._kept(code)
        if kept is None:
            return Outcome.GONE
        asked = kept.room.question
        if asked is None or asked.id != question:
            return Outcome.OTHER
        if asked.revealed:
            return Outcome.REVEALED
        if choice >= asked.choices:
            return Outcome.CHOICE
        if learner not in kept.answers and len(kept.answers) >= MOST_LEARNERS:
            return Outcome.FULL
        kept.answers[learner] = choice
        return Outcome.KEPT

    def reveal(self, code: str) -> Counted | None:
        """Take no more answers."""
        kept = self._kept(code)
        if kept is None or kept.room.question is None:
            return None
        kept.room = replace(kept.room, question=kept.room.question.opened())
        return self.counts(code)

    def counts(self, code: str) -> Counted | None:
        """Return the question, and how many took each choice."""
        kept = self._kept(code)
        if kept is None or kept.room.question is None:
            return None
        return kept.room.question, kept.room.question.counted(kept.answers.values())

    def seen(self, code: str, places: Sequence[Place]) -> Outcome:
        """Keep that these learners are there now."""
        kept = self._kept(code)
        if kept is None:
            return Outcome.GONE
        self._forget_absent(kept)
        learners = {learner for learner, _ in kept.seen}
        if len(learners | {learner for learner, _ in places}) > max(MOST_LEARNERS, len(learners)):
            return Outcome.FULL
        kept.seen.update(dict.fromkeys(places, self._clock()))
        return Outcome.KEPT

    def left(self, code: str, place: Place) -> None:
        """Forget that a learner is there."""
        kept = self._kept(code)
        if kept:
            kept.seen.pop(place, None)

    def here(self, code: str) -> int:
        """Return how many learners are there."""
        kept = self._kept(code)
        if kept is None:
            return 0
        self._forget_absent(kept)
        return len({learner for learner, _ in kept.seen})

    def turn(self, code: str) -> bool:
        """Say whether the counts may be told now."""
        kept, now = self._kept(code), self._clock()
        if kept is None or 0 <= now - kept.told < COUNTS_SECONDS:
            return False
        kept.told = now
        return True

    def end(self, code: str) -> None:
        """Forget the class."""
        self._classes.pop(code, None)

    def sweep(self) -> None:
        """Forget what has ended."""
        now = self._clock()
        for code in [code for code, kept in self._classes.items() if kept.room.ends <= now]:
            del self._classes[code]

    def _kept(self, code: str) -> _Kept | None:
        kept = self._classes.get(code)
        if kept and kept.room.ends <= self._clock():
            del self._classes[code]
            return None
        return kept

    def _forget_absent(self, kept: _Kept) -> None:
        since = self._clock() - LATELY_SECONDS
        kept.seen = {place: at for place, at in kept.seen.items() if at > since}

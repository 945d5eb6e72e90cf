"""What may be done with a class, and by whom; each is refused by the field that is at fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from ..refusals import Refused, refuse
from .codes import CODE_LENGTH, as_code, is_code, lock_of, new_code, new_key, opens
from .state import Classroom, Question, Shown
from .store import MOST_CLASSES, MOST_LEARNERS, Clock, Outcome, Place, Store, wall_clock

CODE_TAKES = f"the {CODE_LENGTH} letters and digits that the teacher shows, while the class lasts"
Kept = TypeVar("Kept")
TRIES = 20  # a code that is taken is one in a million even with a thousand classes


class Guessed(Refused):
    """Refuse what may be a guess of a code or of a key: who guesses has to wait."""


class Classes:
    """Start, find and end classes. A code may be typed in capitals or not; every other part is taken as checked."""

    def __init__(self, store: Store, clock: Clock = wall_clock) -> None:
        """Keep classes in this store. `clock` gives seconds of the Unix epoch."""
        self.store = store
        self._clock = clock

    def start(self, minutes: int) -> tuple[Classroom, str]:
        """Return a new class and its key, which is kept nowhere."""
        key = new_key()
        for _ in range(TRIES):
            room = Classroom(new_code(), lock_of(key), int(self._clock()) + 60 * minutes)
            outcome = self.store.begin(room)
            if outcome is Outcome.KEPT:
                return room, key
            if outcome is Outcome.FULL:
                break
        raise Refused("server", "one more", f"{MOST_CLASSES} classes at once",
                      f"The server takes {MOST_CLASSES} classes at once, and has them. Try again later.")

    def find(self, code: str) -> Classroom:
        """Return the class of a code as it was typed."""
        kept = as_code(code)
        room = self.store.find(kept) if is_code(kept) else None
        if room is None:
            raise unknown(code)
        return room

    def taught(self, code: str, key: str) -> Classroom:
        """Return the class to its teacher, and to nobody else."""
        room = self.find(code)
        if not opens(key, room.lock):
            raise Guessed("key", "another key", "the key that came when the class was started",
                          "The key takes the one that came when the class was started, but got another.")
        return room

    def show(self, room: Classroom, figure: str, state: str) -> Shown:
        """Show the class a figure in a state."""
        return _there(self.store.show(room.code, figure, state), room)

    def ask(self, room: Classroom, kind: str, about: str, choices: int) -> Question:
        """Ask the class; a question before it is over."""
        return _there(self.store.ask(room.code, kind, about, choices), room)

    def answer(self, code: str, learner: str, question: int, choice: int) -> None:
        """Keep a learner's answer to the open question."""
        outcome = self.store.answer(as_code(code), learner, question, choice)
        if outcome is Outcome.OTHER:
            raise refuse("question", question, "the number of the question that is open", "Question takes")
        if outcome is Outcome.REVEALED:
            raise Refused("question", str(question), "a question whose answers are not revealed",
                          "The answers to this question are revealed: it takes no more.")
        if outcome is Outcome.CHOICE:
            raise refuse("choice", choice, "one of the choices of the question, counted from 0", "Choice takes")
        _let_in(outcome, code)

    def reveal(self, room: Classroom) -> tuple[Question, list[int]]:
        """Take no more answers, and return how many took each choice."""
        counted = self.store.reveal(room.code)
        if counted is None:
            self.find(room.code)
            raise Refused("code", room.code, "a class with a question", "There is no question in this class to reveal.")
        return counted

    def counts(self, room: Classroom) -> list[int]:
        """Return how many took each choice of the open or last question; nothing where there is none."""
        counted = self.store.counts(room.code)
        return counted[1] if counted else []

    def come(self, room: Classroom, place: Place) -> None:
        """Let a learner in."""
        _let_in(self.store.seen(room.code, [place]), room.code)

    def still_here(self, code: str, places: Sequence[Place]) -> bool:
        """Keep that these learners are there; False where the class is over."""
        if places:
            return self.store.seen(code, places) is not Outcome.GONE
        return self.store.find(code) is not None

    def described(self, room: Classroom) -> dict[str, Any]:
        """Return what somebody who comes in is told; the counts too where they are revealed."""
        shown, question = room.shown, room.question
        told = {"code": room.code, "ends": room.ends, "shown": shown.as_dict() if shown else None,
                "question": question.as_dict() if question else None, "here": self.store.here(room.code)}
        return told | ({"counts": self.counts(room)} if question and question.revealed else {})

    def counted(self, code: str) -> dict[str, Any] | None:
        """Return the counts as the teacher is told them; None where the class is over."""
        if self.store.find(code) is None:
            return None
        counted = self.store.counts(code)
        return {"code": code, "question": counted[0].id if counted else None, "counts": counted[1] if counted else [],
                "here": self.store.here(code)}


def unknown(code: str) -> Refused:
    """Return the refusal of a code that no class has, or has any more."""
    refused = refuse("code", code, CODE_TAKES, "Code takes")
    return Guessed(refused.field, refused.got, refused.takes, refused.message)


def _there(kept: Kept | None, room: Classroom) -> Kept:
    if kept is None:
        raise unknown(room.code)
    return kept


def _let_in(outcome: Outcome, code: str) -> None:
    if outcome is Outcome.GONE:
        raise unknown(code)
    if outcome is Outcome.FULL:
        raise Refused("learner", "one more", f"{MOST_LEARNERS} learners in a class",
                      f"A class takes {MOST_LEARNERS} learners, and has them.")

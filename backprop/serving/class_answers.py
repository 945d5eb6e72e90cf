"""The answers to the events of a class together: read, done, told to those whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..classes.classes import Classes
from ..classes.codes import as_code
from ..refusals import Refused
from ..spec_words import read_model
from .class_payloads import LEARNER_TAKES, Answering, Asking, ClassWanted, InClass, Joining, Showing, Teaching
from .class_rooms import TEACHER, Rooms

Fields = dict[str, Any]


class ClassAnswers:
    """Answer requests by name, each with the connection that it came on."""

    def __init__(self, classes: Classes, rooms: Rooms) -> None:
        """Keep what knows the classes, and what reaches those who are in them."""
        self._classes = classes
        self._rooms = rooms
        self._by_name: dict[str, Callable[[object, str], Fields]] = {
            "class_start": self.start, "class_teach": self.teach, "class_join": self.join, "class_leave": self.leave,
            "class_show": self.show, "class_ask": self.ask, "class_answer": self.answer_question,
            "class_reveal": self.reveal, "class_end": self.end,
        }
        self.names = frozenset(self._by_name)

    def answer(self, name: str, payload: object, sid: str) -> Fields:
        """Return the answer to the event `name` from the connection `sid`."""
        return {"ok": True, **self._by_name[name](payload, sid)}

    def disconnected(self, sid: str) -> None:
        """Forget a connection that has ended."""
        self._rooms.disconnected(sid)

    def start(self, payload: object, sid: str) -> Fields:
        """Answer `class_start`: a new class, and the key to it."""
        room, key = self._classes.start(read_model(ClassWanted, payload).minutes)
        try:
            self._rooms.enter(room.code, sid, TEACHER)
        except Refused:
            self._classes.store.end(room.code)
            raise
        return {"code": room.code, "key": key, "ends": room.ends}

    def teach(self, payload: object, sid: str) -> Fields:
        """Answer `class_teach`: all that the teacher has to know to go on."""
        wanted = read_model(Teaching, payload)
        code = self._classes.taught(wanted.code, wanted.key).code
        self._rooms.leave(code, sid)
        self._rooms.enter(code, sid, TEACHER)
        room = self._classes.find(code)  # as it is now that nothing can be missed
        return {**self._classes.described(room), "counts": self._classes.counts(room)}

    def join(self, payload: object, sid: str) -> Fields:
        """Answer `class_join`: what the class is shown and asked."""
        wanted = read_model(Joining, payload)
        room = self._classes.find(wanted.code)
        self._rooms.leave(room.code, sid)
        self._rooms.enter(room.code, sid, wanted.learner)
        try:
            self._classes.come(room, (wanted.learner, sid))
            room = self._classes.find(room.code)  # as it is now that nothing can be missed
        except Refused:
            self._rooms.leave(room.code, sid)
            raise
        self._rooms.count(room.code)
        return self._classes.described(room)

    def leave(self, payload: object, sid: str) -> Fields:
        """Answer `class_leave`: nothing more comes."""
        room = self._classes.find(read_model(InClass, payload).code)
        self._rooms.leave(room.code, sid)
        return {}

    def show(self, payload: object, sid: str) -> Fields:
        """Answer `class_show`: what the others see from now on."""
        wanted = read_model(Showing, payload)
        room = self._classes.taught(wanted.code, wanted.key)
        shown = self._classes.show(room, wanted.figure, wanted.state)
        self._rooms.tell(room.code, "class_shown", {"code": room.code, **shown.as_dict()}, but=sid)
        return {"number": shown.number}

    def ask(self, payload: object, sid: str) -> Fields:
        """Answer `class_ask`: what everybody is asked from now on."""
        wanted = read_model(Asking, payload)
        room = self._classes.taught(wanted.code, wanted.key)
        question = self._classes.ask(room, wanted.kind, wanted.about, wanted.choices).as_dict()
        self._rooms.tell(room.code, "class_asked", {"code": room.code, "question": question})
        return {"question": question}

    def answer_question(self, payload: object, sid: str) -> Fields:
        """Answer `class_answer`: one learner's choice, of one who is in the class."""
        wanted = read_model(Answering, payload)
        code = as_code(wanted.code)
        if self._rooms.learner(code, sid) != wanted.learner:
            self._classes.find(wanted.code)
            raise Refused("learner", wanted.learner[:4] + "…", LEARNER_TAKES,
                          "Learner takes the one that joined the class on this connection. Join first.")
        self._classes.answer(code, wanted.learner, wanted.question, wanted.choice)
        self._rooms.count(code)
        return {}

    def reveal(self, payload: object, sid: str) -> Fields:
        """Answer `class_reveal`: how many took each choice, to everybody."""
        wanted = read_model(Teaching, payload)
        room = self._classes.taught(wanted.code, wanted.key)
        question, counts = self._classes.reveal(room)
        self._rooms.tell(room.code, "class_revealed", {"code": room.code, "question": question.id, "counts": counts})
        return {"counts": counts}

    def end(self, payload: object, sid: str) -> Fields:
        """Answer `class_end`: the class is over, and nothing of it is kept."""
        wanted = read_model(Teaching, payload)
        room = self._classes.taught(wanted.code, wanted.key)
        self._classes.store.end(room.code)
        self._rooms.tell(room.code, "class_ended", {"code": room.code})
        self._rooms.close(room.code)
        return {}

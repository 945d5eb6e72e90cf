"""Who is in which class on this process, and what is sent to all of them, on whatever process they are."""

from __future__ import annotations

from typing import Any

import gevent
from flask_socketio import SocketIO

from ..classes.store import COUNTS_SECONDS
from ..refusals import Refused
from . import logs
from .class_keeping import Keeping

BEAT_SECONDS = 5.0  # how often learners are said to be there still: well within store.LATELY_SECONDS
MOST_CLASSES_AT_ONCE = 4  # that one connection is in
TEACHER = None  # in the place of a learner's name


class Rooms:
    """Put connections into rooms, take them out, and send to rooms."""

    def __init__(self, socketio: SocketIO, keeping: Keeping) -> None:
        """Begin with nobody. The beat begins with the first who comes, and ends with the last who goes."""
        self._socketio = socketio
        self._classes = keeping.classes
        self._listen = keeping.listen
        keeping.when_resumed(self.catch_up)
        self._in: dict[str, dict[str, str | None]] = {}  # code -> connection -> learner, or TEACHER
        self._of: dict[str, set[str]] = {}  # connection -> codes
        self._here: dict[str, int] = {}  # code -> how many were there at the last beat
        self._telling: set[str] = set()  # codes whose counts are about to be told
        self._changed: set[str] = set()  # codes whose counts changed since they were told
        self._beating = False

    def enter(self, code: str, sid: str, learner: str | None) -> None:
        """Put a connection into a class; Refused where it is in too many, or would not hear of all."""
        self._listen()
        if not self._server.manager.is_connected(sid, "/"):
            raise Refused("message", "nothing", "a connection that is open", "The connection has ended meanwhile.")
        codes = self._of.get(sid, set())
        if code not in codes and len(codes) >= MOST_CLASSES_AT_ONCE:
            raise Refused("code", code, f"at most {MOST_CLASSES_AT_ONCE} classes on one connection",
                          f"A connection takes {MOST_CLASSES_AT_ONCE} classes at once. Leave one of them.")
        self._of.setdefault(sid, codes).add(code)
        self._in.setdefault(code, {})[sid] = learner
        self._server.enter_room(sid, room_of(code), namespace="/")
        if learner is TEACHER:
            self._server.enter_room(sid, teachers_of(code), namespace="/")
        if not self._beating:
            self._beating = True
            gevent.spawn(self._beat)

    def leave(self, code: str, sid: str) -> None:
        """Take a connection out of a class, if it is in."""
        learner = self.learner(code, sid)
        if not self._forget(code, sid):
            return
        for room in (room_of(code), teachers_of(code)):
            self._server.leave_room(sid, room, namespace="/")
        self._gone(code, sid, learner)

    def disconnected(self, sid: str) -> None:
        """Forget a connection that has ended; Socket.IO has taken it out of its rooms."""
        for code in list(self._of.get(sid, ())):
            learner = self.learner(code, sid)
            self._forget(code, sid)
            try:
                self._gone(code, sid, learner)
            except Refused:
                pass  # the store is away: whoever is not seen is soon not counted

    def learner(self, code: str, sid: str) -> str | None:
        """Return as whom a connection is in a class; None: as its teacher, or not at all."""
        return self._in.get(code, {}).get(sid)

    def tell(self, code: str, event: str, payload: dict[str, Any], but: str | None = None) -> None:
        """Send to all who are in the class, but not to the connection `but`."""
        self._socketio.emit(event, payload, to=room_of(code), skip_sid=but)

    def close(self, code: str) -> None:
        """Empty the rooms of a class that is over, here and on every other process."""
        for room in (room_of(code), teachers_of(code)):
            self._socketio.close_room(room)
        self._forget_class(code)

    def count(self, code: str) -> None:
        """Tell the teacher the counts soon: at most four times a second, and never miss the last."""
        self._changed.add(code)
        if code not in self._telling:
            self._telling.add(code)
            gevent.spawn(self._tell_counts, code)

    def catch_up(self) -> None:
        """Tell those on this process where their classes are, after a time in which it did not hear the others."""
        for code in list(self._in):
            try:
                now = self._classes.described(self._classes.find(code))
            except Refused:
                continue  # it is over, which the beat will tell, or the store is away again
            question = now["question"]
            if now["shown"]:
                self._tell_here(code, "class_shown", now["shown"])
            if question:
                self._tell_here(code, "class_asked", {"question": question})
                if "counts" in now:
                    self._tell_here(code, "class_revealed", {"question": question["id"], "counts": now["counts"]})

    def _tell_here(self, code: str, event: str, payload: dict[str, Any]) -> None:
        self._socketio.emit(event, {"code": code, **payload}, to=room_of(code), ignore_queue=True)

    def _tell_counts(self, code: str) -> None:
        try:
            while code in self._changed:
                while not self._classes.store.turn(code):
                    if self._classes.store.find(code) is None:
                        return
                    gevent.sleep(COUNTS_SECONDS)
                self._changed.discard(code)
                counts = self._classes.counted(code)
                if counts is not None:
                    self._socketio.emit("class_counts", counts, to=teachers_of(code))
        except Refused:
            self._here.pop(code, None)  # the store is away: the beat tries again
        except Exception:
            logs.fault("counts of a class")
        finally:
            self._changed.discard(code)
            self._telling.discard(code)

    def _beat(self) -> None:
        """Say who is there, and end what is over, until nobody is left."""
        while self._in:
            gevent.sleep(BEAT_SECONDS)
            try:
                self._classes.store.sweep()
                for code in list(self._in):
                    self._keep(code)
            except Refused:
                pass  # the store is away: at the next beat
            except Exception:
                logs.fault("a beat of the classes")
        self._beating = False

    def _keep(self, code: str) -> None:
        places = [(learner, sid) for sid, learner in self._in.get(code, {}).items() if learner is not None]
        if not self._classes.still_here(code, places):
            self._tell_here(code, "class_ended", {})
            for room in (room_of(code), teachers_of(code)):
                self._server.manager.basic_close_room(room, "/")  # each process does so by itself
            self._forget_class(code)
            return
        here = self._classes.store.here(code)
        if code in self._in and self._here.get(code, 0) != here:
            self._here[code] = here
            self.count(code)

    def _gone(self, code: str, sid: str, learner: str | None) -> None:
        if learner is not None:
            self._classes.store.left(code, (learner, sid))
            self.count(code)

    def _forget(self, code: str, sid: str) -> bool:
        """Forget that a connection is in a class; False where it was not."""
        inside = self._in.get(code, {})
        if sid not in inside:
            return False
        del inside[sid]
        self._of[sid].discard(code)
        if not self._of[sid]:
            del self._of[sid]
        if not inside:
            del self._in[code]
            self._here.pop(code, None)
        return True

    def _forget_class(self, code: str) -> None:
        for sid in list(self._in.get(code, ())):
            self._forget(code, sid)

    @property
    def _server(self) -> Any:
        return self._socketio.server


def room_of(code: str) -> str:
    """Return the name of the room of all who are in a class."""
    return f"class:{code}"


def teachers_of(code: str) -> str:
    """Return the name of the room of its teacher, on as many screens as there are."""
    return f"teacher:{code}"

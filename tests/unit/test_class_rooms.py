"""Who is in which class on one process, and how often the counts are told."""

from __future__ import annotations

from typing import Any

import gevent
import pytest

from backprop.classes.codes import ALPHABET, CODE_LENGTH, as_code, is_code, lock_of, new_code, new_key, opens
from backprop.refusals import Refused
from backprop.serving import class_rooms
from backprop.serving.class_keeping import Keeping
from backprop.serving.class_rooms import MOST_CLASSES_AT_ONCE, TEACHER, Rooms


class FakeSocketIO:
    """Keep what is sent, and to whom."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any, str]] = []
        self.rooms: set[tuple[str, str]] = set()
        self.connected = {"ann", "bob", "tea"}
        self.server = self.manager = self

    def emit(self, event: str, payload: Any, to: str, **options: Any) -> None:
        self.sent.append((event, payload, to))

    def enter_room(self, sid: str, room: str, namespace: str) -> None:
        self.rooms.add((sid, room))

    def leave_room(self, sid: str, room: str, namespace: str) -> None:
        self.rooms.discard((sid, room))

    def close_room(self, room: str) -> None:
        self.rooms = {pair for pair in self.rooms if pair[1] != room}

    def basic_close_room(self, room: str, namespace: str) -> None:
        self.close_room(room)

    def is_connected(self, sid: str, namespace: str) -> bool:
        return sid in self.connected


@pytest.fixture
def wire() -> FakeSocketIO:
    return FakeSocketIO()


@pytest.fixture
def keeping() -> Keeping:
    return Keeping(None)


@pytest.fixture
def rooms(wire: FakeSocketIO, keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setattr(class_rooms, "BEAT_SECONDS", 0)
    monkeypatch.setattr(class_rooms, "COUNTS_SECONDS", 0)
    monkeypatch.setattr(keeping.classes.store, "turn", lambda code: True)
    return Rooms(wire, keeping)


def let_run() -> None:
    for _ in range(20):
        gevent.sleep(0)


def is_empty(rooms: Rooms) -> bool:
    return not (rooms._in or rooms._of or rooms._here or rooms._telling or rooms._changed)


def test_counts_wait_for_their_turn_and_the_last_are_told(rooms: Rooms, wire: FakeSocketIO, keeping: Keeping,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    room, _ = keeping.classes.start(60)
    keeping.classes.ask(room, "direction", "h1.z", 2)
    turns = iter([True, *[False] * 5, True])
    monkeypatch.setattr(keeping.classes.store, "turn", lambda code: next(turns))
    keeping.classes.answer(room.code, "ann", 1, 0)
    rooms.count(room.code)
    gevent.sleep(0)
    for number in range(30):
        keeping.classes.answer(room.code, f"learner {number}", 1, 1)
        rooms.count(room.code)
    let_run()
    told = [payload["counts"] for _, payload, _ in wire.sent]
    assert told == [[1, 0], [1, 30]]
    assert is_empty(rooms)


def test_who_is_gone_is_remembered_nowhere(rooms: Rooms, wire: FakeSocketIO, keeping: Keeping) -> None:
    room, _ = keeping.classes.start(60)
    rooms.enter(room.code, "tea", TEACHER)
    rooms.enter(room.code, "ann", "ann's name")
    keeping.classes.come(room, ("ann's name", "ann"))
    let_run()
    assert keeping.classes.store.here(room.code) == 1
    rooms.disconnected("ann")
    assert keeping.classes.store.here(room.code) == 0
    rooms.leave(room.code, "tea")
    rooms.disconnected("nobody")
    let_run()
    assert is_empty(rooms) and not rooms._beating


def test_a_class_that_is_over_is_told_at_the_next_beat(rooms: Rooms, wire: FakeSocketIO, keeping: Keeping) -> None:
    room, _ = keeping.classes.start(60)
    rooms.enter(room.code, "tea", TEACHER)
    rooms.enter(room.code, "ann", "ann's name")
    keeping.classes.store.end(room.code)
    let_run()
    assert ("class_ended", {"code": room.code}, f"class:{room.code}") in wire.sent
    assert is_empty(rooms) and wire.rooms == set()


def test_an_ended_class_leaves_nothing(rooms: Rooms, wire: FakeSocketIO, keeping: Keeping) -> None:
    room, _ = keeping.classes.start(60)
    rooms.enter(room.code, "tea", TEACHER)
    rooms.close(room.code)
    let_run()
    assert is_empty(rooms) and wire.rooms == set()


def test_who_hung_up_meanwhile_is_not_let_in(rooms: Rooms, wire: FakeSocketIO) -> None:
    wire.connected.discard("ann")
    with pytest.raises(Refused):
        rooms.enter("ABC234", "ann", "ann's name")
    assert is_empty(rooms)


def test_a_connection_is_in_few_classes(rooms: Rooms) -> None:
    codes = ["ABC234", "ABC235", "ABC236", "ABC237"]
    for code in [*codes, *codes]:
        rooms.enter(code, "tea", TEACHER)
    with pytest.raises(Refused) as refused:
        rooms.enter("ABC238", "tea", TEACHER)
    assert (refused.value.field, len(codes)) == ("code", MOST_CLASSES_AT_ONCE)
    rooms.disconnected("tea")
    let_run()


def test_codes_are_easy_to_read_and_keys_hard_to_guess() -> None:
    made = {new_code() for _ in range(200)}
    assert len(made) == 200 and all(is_code(code) and len(code) == CODE_LENGTH for code in made)
    assert not set(ALPHABET) & set("0O1ILo")
    assert as_code(" abc234\n") == "ABC234" and not is_code("ABC23O") and not is_code("")
    key = new_key()
    assert len(key) >= 32 and key != new_key() and key not in lock_of(key)
    assert opens(key, lock_of(key)) and not opens(key + "x", lock_of(key)) and not opens("", lock_of(key))

"""A class together, on one server: real sockets, in the order in which things are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from backprop.serving.class_payloads import Figure
from backprop.serving.figure_routes import FIGURES
from backprop.serving.limits import REQUESTS_AT_ONCE
from tests.contract.class_client import ANN, BOB, ClassClient
from tests.server import RunningServer

ASKED = {"kind": "direction", "about": "change:x1>h1", "choices": 3}
Connect = Callable[[], ClassClient]


@pytest.fixture
def connect(server: RunningServer) -> Iterator[Connect]:
    clients: list[ClassClient] = []

    def new() -> ClassClient:
        clients.append(ClassClient(server))
        return clients[-1]

    yield new
    for each in clients:
        each.close()


@pytest.fixture
def teacher(connect: Connect) -> ClassClient:
    return connect().start()


@pytest.fixture
def ann(connect: Connect, teacher: ClassClient) -> ClassClient:
    return connect().join(teacher, ANN)


def test_a_class_begins_with_a_code_and_a_key(teacher: ClassClient, connect: Connect) -> None:
    assert len(teacher.code) == 6 and not set(teacher.code) & set("01OIL")
    assert len(teacher.key) >= 32
    joined = connect().call("class_join", {"code": teacher.code.lower(), "learner": ANN})
    assert joined == {"ok": True, "code": teacher.code, "ends": teacher.ends, "shown": None, "question": None,
                      "here": 1}


def test_what_is_shown_reaches_the_others_in_order(teacher: ClassClient, ann: ClassClient, connect: Connect) -> None:
    bob = connect().join(teacher, BOB)
    second_screen = connect().teach(teacher)
    wanted = [("race", "1.a"), ("hill", ""), ("passes", "1." + "Az09._-" * 1700)]
    for number, (figure, state) in enumerate(wanted, 1):
        assert teacher.own("class_show", {"figure": figure, "state": state}) == {"ok": True, "number": number}
    for each in (ann, bob, second_screen):
        assert [each.next("class_shown") for _ in wanted] == [
            {"code": teacher.code, "figure": figure, "state": state, "number": number}
            for number, (figure, state) in enumerate(wanted, 1)]
    late = connect().call("class_join", {"code": teacher.code, "learner": "c" * 16})
    assert late["shown"] == {"figure": "passes", "state": wanted[-1][1], "number": 3}
    assert late["here"] == 3
    teacher.own("class_ask", ASKED)
    teacher.next("class_asked")
    assert "class_shown" not in teacher.names(), "who shows need not be told"


def test_a_question_from_asking_to_revealing(teacher: ClassClient, ann: ClassClient, connect: Connect) -> None:
    bob = connect().join(teacher, BOB)
    question = {"id": 1, **ASKED, "revealed": False}
    assert teacher.own("class_ask", ASKED) == {"ok": True, "question": question}
    for each in (ann, bob, teacher):
        assert each.next("class_asked") == {"code": teacher.code, "question": question}
    assert ann.answer(1, 0) == {"ok": True}
    assert bob.answer(1, 2) == {"ok": True}
    assert ann.answer(1, 2) == {"ok": True}, "a second answer takes the place of the first"
    teacher.until("class_counts", {"code": teacher.code, "question": 1, "counts": [0, 0, 2], "here": 2})
    assert connect().call("class_join", {"code": teacher.code, "learner": "c" * 16})["question"] == question
    assert teacher.own("class_reveal", {}) == {"ok": True, "counts": [0, 0, 2]}
    for each in (ann, bob, teacher):
        assert each.next("class_revealed") == {"code": teacher.code, "question": 1, "counts": [0, 0, 2]}
    refused = ann.answer(1, 0)["error"]
    assert (refused["field"], refused["got"]) == ("question", "1")
    again = connect().call("class_teach", {"code": teacher.code, "key": teacher.key})
    assert (again["counts"], again["question"]) == ([0, 0, 2], question | {"revealed": True})
    late = connect().call("class_join", {"code": teacher.code, "learner": "d" * 16})
    assert (late["counts"], late["question"]) == (again["counts"], again["question"])
    assert "class_counts" not in ann.names(), "the counts are the teacher's until they are revealed"


def test_only_the_open_question_is_answered_by_who_is_there(teacher: ClassClient, ann: ClassClient,
                                                            connect: Connect) -> None:
    assert ann.answer(1, 0)["error"]["field"] == "question"
    teacher.own("class_ask", ASKED)
    teacher.own("class_ask", ASKED)
    assert ann.answer(1, 0)["error"]["field"] == "question"
    assert ann.answer(2, 3)["error"]["field"] == "choice"
    stranger = connect().call("class_answer", {"code": teacher.code, "learner": ANN, "question": 2, "choice": 0})
    assert stranger["error"]["field"] == "learner"
    other = ann.call("class_answer", {"code": teacher.code, "learner": BOB, "question": 2, "choice": 0})
    assert other["error"]["field"] == "learner"
    assert ann.answer(2, 2) == {"ok": True}


def test_there_is_nothing_to_reveal_before_a_question(teacher: ClassClient) -> None:
    refused = teacher.own("class_reveal", {})
    assert refused["error"]["message"] == "There is no question in this class to reveal."


def test_the_teacher_sees_who_comes_and_goes(teacher: ClassClient, connect: Connect) -> None:
    def told(here: int) -> dict[str, Any]:
        return {"code": teacher.code, "question": None, "counts": [], "here": here}

    ann, bob = connect().join(teacher, ANN), connect().join(teacher, BOB)
    teacher.until("class_counts", told(2))
    twice = connect().join(teacher, ANN)
    assert twice.call("class_join", {"code": teacher.code, "learner": ANN})["here"] == 2
    bob.close()
    teacher.until("class_counts", told(1))
    assert ann.call("class_leave", {"code": teacher.code}) == {"ok": True}
    teacher.own("class_show", {"figure": "race", "state": ""})
    twice.next("class_shown")
    assert ann.call("class_join", {"code": teacher.code, "learner": ANN})["here"] == 1
    assert "class_shown" not in ann.names(), "who left is told nothing"
    ann.call("class_leave", {"code": teacher.code})
    twice.close()
    teacher.until("class_counts", told(0))


EVENTS: dict[str, dict[str, Any]] = {"class_teach": {}, "class_show": {"figure": "race", "state": ""},
                                     "class_ask": ASKED, "class_reveal": {}, "class_end": {}}


@pytest.mark.parametrize("event", EVENTS)
def test_a_wrong_key_is_refused(teacher: ClassClient, connect: Connect, event: str) -> None:
    other = connect().start()
    for key in (other.key, teacher.key[:-1] + ("a" if teacher.key[-1] != "a" else "b")):
        refused = connect().call(event, {"code": teacher.code, "key": key, **EVENTS[event]})
        assert refused["error"]["field"] == "key"
        assert key not in str(refused)
    assert connect().call(event, {"code": teacher.code, **EVENTS[event]})["error"]["field"] == "key"
    assert teacher.own(event, EVENTS[event])["ok"] or event == "class_reveal"


def test_guessing_a_key_uses_up_what_a_connection_may_ask(teacher: ClassClient, connect: Connect) -> None:
    guesser = connect()
    assert refused_in_the_end(lambda: guesser.call("class_end", {"code": teacher.code, "key": "x" * 43})) == {"key"}
    assert teacher.own("class_show", {"figure": "race", "state": ""})["ok"]


def test_what_reaches_everybody_uses_up_more(teacher: ClassClient) -> None:
    assert refused_in_the_end(lambda: teacher.own("class_show", {"figure": "race", "state": ""})) == set()


def refused_in_the_end(ask: Callable[[], Any]) -> set[str]:
    """Ask without a pause until it is too much, and return the fields of the refusals before."""
    fields: set[str] = set()
    for _ in range(10 * REQUESTS_AT_ONCE):
        answer = ask()
        if not answer["ok"]:
            if answer["error"]["field"] == "rate":
                return fields
            fields.add(answer["error"]["field"])
    raise AssertionError("It was never too much.")


JOIN = {"learner": ANN}


@pytest.mark.parametrize(("event", "payload"), [
    *((event, {"key": "x" * 43, **payload}) for event, payload in EVENTS.items()),
    ("class_join", JOIN), ("class_leave", {}), ("class_answer", {**JOIN, "question": 1, "choice": 0}),
])
@pytest.mark.parametrize("code", ["ABCDEF", "nonsense", "", "ABCDE0"])
def test_an_unknown_code_is_refused(connect: Connect, event: str, payload: dict[str, Any], code: str) -> None:
    assert connect().call(event, {"code": code, **payload})["error"]["field"] == "code"


@pytest.mark.parametrize(("event", "field", "values"), [
    ("class_start", "minutes", [4, 481, "120", 7.5, None]),
    ("class_join", "learner", ["a" * 15, "a" * 65, "a" * 16 + "\n", "ä" * 16, 7, None]),
    ("class_join", "code", ["A" * 21, 7, None]),
    ("class_show", "figure", ["cost", "", 7, None]),
    ("class_show", "state", ["a" * 12_001, "a b", "a\n", "<b>", 7, None]),
    ("class_show", "key", ["", "x" * 31, "x y" * 20, "x" * 129, 7, None]),
    ("class_ask", "kind", ["colour", "", 7, None]),
    ("class_ask", "about", ["", "a" * 61, "<b>", "a b", 7, None]),
    ("class_ask", "choices", [1, 9, 2.0, "2", None]),
    ("class_answer", "question", [0, -1, "1", 1.0, None]),
    ("class_answer", "choice", [-1, 8, "1", 1.0, None]),
    ("class_answer", "colour", [1]),
])
def test_each_field_is_refused_by_its_name(connect: Connect, event: str, field: str, values: list[object]) -> None:
    good = {"class_start": {}, "class_join": {"code": "ABCDEF", **JOIN},
            "class_show": {"code": "ABCDEF", "key": "x" * 43, **EVENTS["class_show"]},
            "class_ask": {"code": "ABCDEF", "key": "x" * 43, **ASKED},
            "class_answer": {"code": "ABCDEF", **JOIN, "question": 1, "choice": 0}}[event]
    client = connect()
    for value in values:
        error = client.call(event, good | {field: value})["error"]
        assert (error["field"], set(error)) == (field, {"field", "got", "takes", "message"}), value


def test_the_end_is_told_and_nothing_is_left(teacher: ClassClient, ann: ClassClient, connect: Connect) -> None:
    assert teacher.own("class_end", {}) == {"ok": True}
    for each in (teacher, ann):
        assert each.next("class_ended") == {"code": teacher.code}
    assert teacher.own("class_teach", {})["error"]["field"] == "code"
    assert ann.call("class_join", {"code": teacher.code, "learner": ANN})["error"]["field"] == "code"
    other = connect().start()
    other.own("class_show", {"figure": "race", "state": ""})
    assert ann.call("class_join", {"code": other.code, "learner": ANN})["here"] == 1


def test_a_connection_is_in_few_classes(connect: Connect) -> None:
    client = connect()
    for _ in range(4):
        client.start()
    assert client.call("class_start", {})["error"]["field"] == "code"
    assert client.own("class_end", {}) == {"ok": True}
    assert client.call("class_start", {})["ok"]


def test_every_figure_can_be_shown(teacher: ClassClient) -> None:
    assert Figure.__args__ == tuple(figure.name for figure in FIGURES)
    for figure in FIGURES:
        assert teacher.own("class_show", {"figure": figure.name, "state": ""})["ok"]

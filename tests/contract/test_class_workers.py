"""A class together, on two processes that share a Redis: what is done on one arrives at the other."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis

from tests.contract.class_client import ANN, BOB, ClassClient
from tests.redis import RunningRedis, running_redis
from tests.server import DEADLINE_SECONDS, RunningServer, running_server

ASKED = {"kind": "size", "about": "h1.z", "choices": 2}
RACE = {"figure": "race", "state": "1.a"}
Connect = Callable[[RunningServer], ClassClient]


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningRedis]:
    with running_redis() as running:
        yield running


@pytest.fixture(scope="module")
def first(shared: RunningRedis) -> Iterator[RunningServer]:
    with running_server(environment={"REDIS_URL": shared.url}) as running:
        yield running


@pytest.fixture(scope="module")
def second(shared: RunningRedis) -> Iterator[RunningServer]:
    with running_server(environment={"REDIS_URL": shared.url}) as running:
        yield running


@pytest.fixture
def kept(shared: RunningRedis) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(shared.url, decode_responses=True) as client:
        yield client


@pytest.fixture
def connect() -> Iterator[Connect]:
    clients: list[ClassClient] = []

    def new(server: RunningServer) -> ClassClient:
        clients.append(ClassClient(server))
        return clients[-1]

    yield new
    for each in clients:
        each.close()


def test_what_is_done_on_one_process_arrives_at_the_other(first: RunningServer, second: RunningServer, connect: Connect,
                                                          kept: redis.Redis) -> None:
    teacher = connect(first).start()
    ann, bob = connect(second).join(teacher, ANN), connect(first).join(teacher, BOB)
    teacher.own("class_show", RACE)
    teacher.own("class_show", {"figure": "hill", "state": ""})
    for each in (ann, bob):
        assert each.next("class_shown") == {"code": teacher.code, **RACE, "number": 1}
        assert each.next("class_shown") == {"code": teacher.code, "figure": "hill", "state": "", "number": 2}
    question = teacher.own("class_ask", ASKED)["question"]
    for each in (ann, bob):
        assert each.next("class_asked")["question"] == question
        assert each.answer(question["id"], 1)["ok"]
    teacher.until("class_counts", {"code": teacher.code, "question": 1, "counts": [0, 2], "here": 2})
    assert teacher.own("class_reveal", {})["counts"] == [0, 2]
    assert ann.next("class_revealed")["counts"] == [0, 2]
    assert ann.answer(question["id"], 0)["error"]["field"] == "question"
    assert teacher.own("class_end", {})["ok"]
    for each in (ann, bob):
        assert each.next("class_ended") == {"code": teacher.code}
        assert each.answer(question["id"], 0)["error"]["field"] == "code"
    assert kept.keys(f"*{teacher.code}*") == []
    assert kept.zscore("backprop:classes", teacher.code) is None


def test_the_teacher_goes_on_when_the_process_was_killed(second: RunningServer, shared: RunningRedis,
                                                         connect: Connect) -> None:
    with running_server(environment={"REDIS_URL": shared.url}) as doomed:
        teacher = connect(doomed).start()
        connect(doomed).join(teacher, BOB)
        ann = connect(second).join(teacher, ANN)
        teacher.own("class_show", RACE)
        teacher.own("class_ask", ASKED)
        ann.next("class_asked")
        ann.answer(1, 1)
        doomed.kill()
    again = connect(second)
    told = again.call("class_teach", {"code": teacher.code, "key": teacher.key})
    assert told["shown"] == {**RACE, "number": 1}
    assert (told["counts"], told["question"]["id"], told["ends"]) == ([0, 1], 1, teacher.ends)
    again.code, again.key = teacher.code, teacher.key
    assert again.own("class_show", RACE)["number"] == 2
    assert [ann.next("class_shown")["number"] for _ in range(2)] == [1, 2]
    assert again.own("class_reveal", {})["counts"] == [0, 1]
    again.until("class_counts", {"code": teacher.code, "question": 1, "counts": [0, 1], "here": 1})
    assert again.own("class_end", {})["ok"]


def test_a_class_that_redis_forgot_is_over_on_every_process(first: RunningServer, second: RunningServer,
                                                           connect: Connect, kept: redis.Redis) -> None:
    teacher = connect(first).start()
    ann = connect(second).join(teacher, ANN)
    kept.delete(f"backprop:class:{teacher.code}")  # as it does when the time is over
    for each in (teacher, ann):
        assert each.next("class_ended") == {"code": teacher.code}
    assert ann.call("class_join", {"code": teacher.code, "learner": ANN})["error"]["field"] == "code"


def test_who_missed_something_is_told_it_again(first: RunningServer, second: RunningServer, connect: Connect,
                                               kept: redis.Redis) -> None:
    teacher = connect(first).start()
    ann = connect(second).join(teacher, ANN)
    teacher.own("class_show", RACE)
    teacher.own("class_ask", ASKED)
    teacher.own("class_reveal", {})
    first_time = [ann.next(name) for name in ("class_shown", "class_asked", "class_revealed")]
    kept.client_kill_filter(_type="pubsub")  # what is sent now is lost; each process listens again by itself
    again = [ann.next(name) for name in ("class_shown", "class_asked", "class_revealed")]
    assert (again[0], again[2]) == (first_time[0], first_time[2])
    assert again[1]["question"] == first_time[1]["question"] | {"revealed": True}
    assert teacher.own("class_end", {})["ok"]


def test_the_site_goes_on_while_redis_is_away(connect: Connect) -> None:
    with (running_redis() as shared,
          running_server(environment={"REDIS_URL": shared.url}, stderr=subprocess.DEVNULL) as server):
        teacher = connect(server).start()
        shared.stop()
        for event, payload in (("class_start", {}), ("class_join", {"code": teacher.code, "learner": ANN}),
                               ("class_show", {"code": teacher.code, "key": teacher.key, **RACE})):
            assert teacher.call(event, payload)["error"]["field"] == "server"
        assert teacher.call("catalog", {})["ok"]
        shared.start()
        assert when(lambda: teacher.call("class_start", {}))["ok"]


def test_a_server_starts_without_its_redis(connect: Connect) -> None:
    with running_redis() as shared:
        shared.stop()
        with running_server(environment={"REDIS_URL": shared.url}, stderr=subprocess.DEVNULL) as server:
            client = connect(server)
            assert client.call("catalog", {})["ok"]
            assert client.call("class_start", {})["error"]["field"] == "server"
            shared.start()
            assert when(lambda: client.call("class_start", {}))["ok"]


def when(ask: Callable[[], Any]) -> Any:
    """Ask until it goes well, or the deadline passes."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        answer = ask()
        if answer["ok"] or time.monotonic() > deadline:
            return answer
        time.sleep(0.1)

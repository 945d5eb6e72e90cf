"""Both stores keep classes in the same way: every test here is run on each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from backprop.classes import memory_store, redis_store
from backprop.classes.memory_store import MemoryStore
from backprop.classes.redis_store import PREFIX, RedisStore
from backprop.classes.state import Classroom, Question, Shown
from backprop.classes.store import COUNTS_SECONDS, LATELY_SECONDS, Outcome, Store
from backprop.refusals import Refused
from tests.redis import RunningRedis, running_redis

CODE = "ABC234"
HOUR = 3600


class Clock:
    """Give the time that a test sets. It begins at the real one, by which Redis forgets."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningRedis]:
    with running_redis() as server:
        yield server


@pytest.fixture
def client(shared: RunningRedis) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(shared.url, decode_responses=True) as connected:
        connected.flushall()
        yield connected


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore(clock)
        return
    request.getfixturevalue("client")
    kept = RedisStore(request.getfixturevalue("shared").url, clock)
    yield kept
    kept.close()


@pytest.fixture
def room(store: Store, clock: Clock) -> Classroom:
    begun = Classroom(CODE, "the lock", int(clock.now) + HOUR)
    assert store.begin(begun) is Outcome.KEPT
    return begun


def test_a_class_is_found_as_it_was_begun(store: Store, room: Classroom) -> None:
    assert store.find(CODE) == room
    assert store.find("ABC235") is None


def test_a_code_belongs_to_one_class(store: Store, room: Classroom) -> None:
    assert store.begin(room) is Outcome.OTHER


def test_there_are_only_so_many_classes(store: Store, room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (memory_store, redis_store):
        monkeypatch.setattr(module, "MOST_CLASSES", 2)
    begun = [store.begin(Classroom(code, "", room.ends)) for code in ("ABC235", "ABC236")]
    assert begun == [Outcome.KEPT, Outcome.FULL]
    store.end("ABC235")
    assert store.begin(Classroom("ABC236", "", room.ends)) is Outcome.KEPT


def test_what_ended_makes_room(store: Store, room: Classroom, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (memory_store, redis_store):
        monkeypatch.setattr(module, "MOST_CLASSES", 1)
    clock.now = room.ends
    assert store.begin(Classroom("ABC235", "", room.ends + HOUR)) is Outcome.KEPT


def test_what_is_shown_is_numbered_and_kept(store: Store, room: Classroom) -> None:
    assert store.show(CODE, "race", "1.x") == Shown("race", "1.x", 1)
    assert store.show(CODE, "hill", "") == Shown("hill", "", 2)
    found = store.find(CODE)
    assert found is not None and found.shown == Shown("hill", "", 2)


def test_a_question_takes_the_place_of_the_one_before(store: Store, room: Classroom) -> None:
    assert store.ask(CODE, "direction", "change:x1>h1", 2) == Question(1, "direction", "change:x1>h1", 2)
    assert store.answer(CODE, "ann", 1, 1) is Outcome.KEPT
    second = store.ask(CODE, "size", "h1.z", 3)
    assert second == Question(2, "size", "h1.z", 3)
    assert store.counts(CODE) == (second, [0, 0, 0])
    assert store.answer(CODE, "ann", 1, 1) is Outcome.OTHER
    found = store.find(CODE)
    assert found is not None and found.question == second


def test_an_answer_takes_the_place_of_the_same_learner_s_before(store: Store, room: Classroom) -> None:
    question = store.ask(CODE, "size", "h1.z", 3)
    for learner, choice in (("ann", 0), ("bob", 2), ("ann", 1), ("cid", 1)):
        assert store.answer(CODE, learner, 1, choice) is Outcome.KEPT
    assert store.counts(CODE) == (question, [0, 2, 1])


def test_only_what_can_be_answered_is(store: Store, room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (memory_store, redis_store):
        monkeypatch.setattr(module, "MOST_LEARNERS", 1)
    assert store.answer(CODE, "ann", 1, 0) is Outcome.OTHER
    store.ask(CODE, "direction", "h1.z", 2)
    assert store.answer(CODE, "ann", 1, 2) is Outcome.CHOICE
    assert store.answer(CODE, "ann", 1, 1) is Outcome.KEPT
    assert store.answer(CODE, "bob", 1, 1) is Outcome.FULL
    assert store.answer(CODE, "ann", 1, 0) is Outcome.KEPT


def test_nothing_is_answered_once_it_is_revealed(store: Store, room: Classroom) -> None:
    assert store.reveal(CODE) is None
    assert store.counts(CODE) is None
    question = store.ask(CODE, "direction", "h1.z", 2)
    assert question is not None
    store.answer(CODE, "ann", 1, 1)
    assert store.reveal(CODE) == (question.opened(), [0, 1])
    assert store.answer(CODE, "ann", 1, 0) is Outcome.REVEALED
    assert store.counts(CODE) == (question.opened(), [0, 1])


def test_a_learner_counts_once_and_only_lately(store: Store, room: Classroom, clock: Clock) -> None:
    assert store.seen(CODE, [("ann", "1"), ("bob", "2"), ("ann", "3")]) is Outcome.KEPT
    assert store.here(CODE) == 2
    store.left(CODE, ("ann", "1"))
    assert store.here(CODE) == 2
    clock.now += LATELY_SECONDS / 2
    store.seen(CODE, [("bob", "2")])
    clock.now += LATELY_SECONDS / 2
    assert store.here(CODE) == 1, "whom a worker that died had is not seen again"
    store.left(CODE, ("bob", "2"))
    assert store.here(CODE) == 0


def test_a_class_takes_only_so_many_learners(store: Store, room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (memory_store, redis_store):
        monkeypatch.setattr(module, "MOST_LEARNERS", 2)
    store.seen(CODE, [("ann", "1"), ("bob", "2")])
    assert store.seen(CODE, [("cid", "3")]) is Outcome.FULL
    assert store.seen(CODE, [("ann", "4"), ("bob", "2")]) is Outcome.KEPT
    assert store.here(CODE) == 2


def test_counts_are_told_four_times_a_second(store: Store, room: Classroom, clock: Clock) -> None:
    assert [store.turn(CODE), store.turn(CODE)] == [True, False]
    clock.now += COUNTS_SECONDS * 1.01
    assert [store.turn(CODE), store.turn(CODE)] == [True, False]


def fill(store: Store) -> None:
    store.show(CODE, "race", "1.x")
    store.ask(CODE, "direction", "h1.z", 2)
    store.answer(CODE, "ann", 1, 1)
    store.seen(CODE, [("ann", "1")])
    store.turn(CODE)


def nothing_is_there(store: Store) -> None:
    assert store.find(CODE) is None
    assert store.show(CODE, "race", "") is None
    assert store.ask(CODE, "direction", "h1.z", 2) is None
    assert store.answer(CODE, "ann", 1, 1) is Outcome.GONE
    assert store.seen(CODE, [("ann", "1")]) is Outcome.GONE
    assert (store.reveal(CODE), store.counts(CODE), store.here(CODE), store.turn(CODE)) == (None, None, 0, False)
    store.left(CODE, ("ann", "1"))
    store.end(CODE)
    if isinstance(store, MemoryStore):
        assert store._classes == {}


def test_nothing_is_left_of_a_class_that_was_ended(store: Store, room: Classroom) -> None:
    fill(store)
    store.end(CODE)
    nothing_is_there(store)


def test_nothing_is_left_of_a_class_when_its_time_is_over(store: Store, room: Classroom, clock: Clock) -> None:
    fill(store)
    clock.now = room.ends - 0.01
    assert store.find(CODE) is not None
    clock.now = room.ends
    nothing_is_there(store)


def test_memory_forgets_what_nobody_asks_for(clock: Clock) -> None:
    store = MemoryStore(clock)
    store.begin(Classroom(CODE, "", int(clock.now) + HOUR))
    clock.now += HOUR
    store.sweep()
    assert store._classes == {}


@pytest.mark.parametrize("over", [False, True])
def test_nothing_is_left_in_redis(client: redis.Redis, shared: RunningRedis, clock: Clock, over: bool) -> None:
    store = RedisStore(shared.url, clock)
    store.begin(Classroom(CODE, "", int(clock.now) + HOUR))
    fill(store)
    if over:
        clock.now += HOUR
        assert store.find(CODE) is None
    else:
        store.end(CODE)
    nothing_is_there(store)
    assert client.keys() == []
    store.close()


def test_all_that_redis_keeps_expires_when_the_class_ends(client: redis.Redis, shared: RunningRedis,
                                                         clock: Clock) -> None:
    store = RedisStore(shared.url, clock)
    ends = int(clock.now) + HOUR
    store.begin(Classroom(CODE, "", ends))
    fill(store)
    keys = sorted(client.keys())
    assert keys == [f"{PREFIX}class:{CODE}", f"{PREFIX}class:{CODE}:answers", f"{PREFIX}class:{CODE}:seen",
                    f"{PREFIX}classes"]
    assert [client.expiretime(key) for key in keys[:3]] == [ends] * 3
    assert 0 < client.ttl(keys[3]) <= HOUR + 1
    store.begin(Classroom("ABC235", "", ends - HOUR // 2))
    assert client.ttl(keys[3]) > HOUR * 0.9, "the list of classes lasts as long as the last of them"
    store.close()


def test_many_workers_lose_nothing(shared: RunningRedis, client: redis.Redis, clock: Clock) -> None:
    stores = [RedisStore(shared.url, clock) for _ in range(4)]
    stores[0].begin(Classroom(CODE, "", int(clock.now) + HOUR))
    stores[0].ask(CODE, "direction", "h1.z", 2)

    def work(number: int) -> int:
        store = stores[number % 4]
        store.answer(CODE, f"learner {number % 50}", 1, number % 2)
        shown = store.show(CODE, "race", str(number))
        assert shown is not None
        return shown.number

    with ThreadPoolExecutor(8) as workers:
        numbers = sorted(workers.map(work, range(200)))
    assert numbers == list(range(1, 201))
    counted = stores[1].counts(CODE)
    assert counted is not None and counted[1] == [25, 25]
    for store in stores:
        store.close()


def test_a_redis_that_is_away_is_a_refusal_and_no_more() -> None:
    with running_redis() as server:
        store = RedisStore(server.url)
        assert store.find(CODE) is None
        server.stop()
        with pytest.raises(Refused) as refused:
            store.find(CODE)
        assert refused.value.field == "server"
        server.start()
        assert store.find(CODE) is None
        store.close()

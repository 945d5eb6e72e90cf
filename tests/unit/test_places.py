"""Places for work on other threads: so many at a time, and whoever has had least comes next."""

from __future__ import annotations

import heapq
from collections.abc import Callable

import gevent
import pytest
from gevent.event import Event

from backprop.serving.fair_queue import ROOM_SECONDS, Share
from backprop.serving.places import Places


class Workers:
    """Note who is inside, and let them out on a word."""

    def __init__(self, many: int) -> None:
        self.places, self.inside, self.order, self.most = Places(many), 0, list[str](), 0

    def spawn(self, name: str, share: Share, until: Event, used: float = 0.0) -> gevent.Greenlet:
        def working() -> None:
            with self.places.place(share):
                self.inside += 1
                self.most = max(self.most, self.inside)
                self.order.append(name)
                until.wait()
                self.places.used(share, used)
                self.inside -= 1
        return gevent.spawn(working)


def settle(done: Callable[[], bool]) -> None:
    while not done():
        gevent.sleep(0)


def test_no_more_than_so_many_work_at_a_time_and_all_have_their_turn() -> None:
    workers, go = Workers(2), Event()
    greenlets = [workers.spawn(str(number), Share(), go) for number in range(6)]
    settle(lambda: workers.inside == 2)
    go.set()
    gevent.joinall(greenlets, raise_error=True)
    assert (workers.most, len(workers.order), workers.inside) == (2, 6, 0)


def test_who_has_had_much_waits_for_who_has_not() -> None:
    workers, go, first = Workers(1), Event(), Event()
    greedy, frugal = Share(), Share()
    begun = workers.spawn("greedy", greedy, first, used=5 * ROOM_SECONDS)
    settle(lambda: workers.inside == 1)
    others = [workers.spawn("frugal", frugal, go)]
    gevent.sleep(0)
    first.set()
    begun.get()
    settle(lambda: workers.inside == 1)
    others += [workers.spawn("greedy again", greedy, go), workers.spawn("newcomer", Share(), go)]
    gevent.sleep(0)
    go.set()
    gevent.joinall(others, raise_error=True)
    assert workers.order == ["greedy", "frugal", "newcomer", "greedy again"]


def test_of_more_who_always_want_a_place_than_there_are_each_has_its_part() -> None:
    """Though the pieces of one are five times as dear."""
    places, had, clock = Places(2), {"dear": 0.0, "cheap": 0.0}, 0.0
    ends: list[tuple[float, int, Event]] = []

    def working(name: str, cost: float) -> None:
        share = Share()
        while clock < 60.0:
            with places.place(share):
                end = Event()
                heapq.heappush(ends, (clock + cost, id(end), end))
                end.wait()
                places.used(share, cost)
                had[name] += cost

    greenlets = [gevent.spawn(working, *each) for each in [("dear", 0.025)] * 2 + [("cheap", 0.005)] * 6]
    while True:
        settle(lambda: len(ends) == min(2, sum(not greenlet.ready() for greenlet in greenlets)))
        if not ends:
            break
        clock, _, end = heapq.heappop(ends)
        end.set()
    assert had["dear"] / sum(had.values()) == pytest.approx(2 / 8, rel=0.05)


def test_who_is_killed_while_it_waits_takes_no_place_and_who_fails_gives_it_back() -> None:
    workers, go = Workers(1), Event()
    inside = workers.spawn("inside", Share(), go)
    settle(lambda: workers.inside == 1)
    killed = workers.spawn("killed", Share(), go)
    last = workers.spawn("last", Share(), go)
    gevent.sleep(0)
    killed.kill()
    go.set()
    gevent.joinall([inside, last], raise_error=True)
    assert workers.order == ["inside", "last"]

    share = Share()
    try:
        with workers.places.place(share):
            raise KeyError
    except KeyError:
        pass
    workers.spawn("after", share, go).get()
    assert (workers.order[-1], workers.most) == ("after", 1)

"""Whose turn it is on gevent's loop: in order, charged for what it takes, and not for long before others are heard."""

from __future__ import annotations

import gc
import time

import gevent
import gevent.socket
import pytest

from backprop.serving import working_time
from backprop.serving.allowance import Allowance
from backprop.serving.fair_queue import ROOM_SECONDS, Share
from backprop.serving.line import AT_A_TIME, Line
from backprop.serving.turnstile import Turnstile


class Clock:
    """The processor time of this thread, which stands still until somebody works."""

    def __init__(self) -> None:
        self.now = 0.0

    def work(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr(working_time.time, "thread_time", lambda: held.now)
    monkeypatch.setattr(working_time, "_collecting", {})
    return held


def known() -> Share:
    """One who has been here before."""
    share = Share()
    share.until = 0.0
    return share


def test_each_is_charged_for_what_it_did_until_it_waited_again(clock: Clock) -> None:
    line, allowances = Line(), [Allowance(60.0, clock=lambda: 0.0) for _ in range(3)]

    def working(allowance: Allowance, seconds: float) -> None:
        share = Share(allowance)
        for _ in range(3):
            line.wait(share)
            clock.work(seconds)
        gevent.sleep(0)
        clock.work(1000.0)  # of nobody who waited in line

    gevent.joinall([gevent.spawn(working, allowance, seconds)
                    for allowance, seconds in zip(allowances, (1.0, 2.0, 0.5), strict=True)], raise_error=True)
    assert [allowance.used for allowance in allowances] == [3.0, 6.0, 1.5]


def test_nobody_is_charged_for_looking_for_garbage(clock: Clock) -> None:
    line, allowance = Line(), Allowance(60.0, clock=lambda: 0.0)

    def slow(phase: str, found: dict[str, int]) -> None:
        if phase == "start":
            clock.work(100.0)

    def working() -> None:
        line.wait(Share(allowance))
        clock.work(1.0)
        gc.collect()
        clock.work(2.0)

    gc.callbacks.append(slow)
    try:
        gevent.spawn(working).get()
    finally:
        gc.callbacks.remove(slow)
    assert allowance.used == 3.0


def test_who_has_had_more_than_its_part_comes_after_who_has_not(clock: Clock) -> None:
    line, order = Line(), list[str]()
    much, little = known(), known()
    line.spend(much, 5 * ROOM_SECONDS)

    def asking(name: str, share: Share) -> None:
        order.append(name)

    line.begin(much, asking, "much", much)
    line.begin(little, asking, "little", little)
    gevent.sleep(0)
    assert order == ["little", "much"]


def test_a_piece_counts_before_the_next_one_waits(clock: Clock) -> None:
    """A dear one has no more than a cheap one: its place in the line knows what it has just had."""
    line, had = Line(), {0.06: 0.0, 0.005: 0.0}

    def working(seconds: float) -> None:
        share = Share()
        while sum(had.values()) < 30.0:
            line.wait(share)
            clock.work(seconds)
            had[seconds] += seconds

    gevent.joinall([gevent.spawn(working, seconds) for seconds in had], raise_error=True)
    assert had[0.06] == pytest.approx(15.0, rel=0.03)


def test_a_fault_of_the_line_s_own_does_not_stop_it(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    line, order = Line(), list[str]()
    monkeypatch.setattr(gevent.get_hub(), "handle_error", lambda *fault: order.append("fault"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line._queue, "served", lambda *what: 1 / 0)
        line.begin(Share(), order.append, "first")
        gevent.sleep(0)
    for name in ("second", "third"):
        line.begin(Share(), order.append, name)
    gevent.sleep(0)
    assert order == ["first", "fault", "second", "third"]


def test_what_comes_in_is_heard_between_two_pieces(clock: Clock) -> None:
    """Without more, gevent would go on with who is ready, up to fifty times, before it looks."""
    line, near_far, heard_after = Line(), gevent.socket.socketpair(), list[int]()
    pieces = 0

    def busy() -> None:
        nonlocal pieces
        share = Share()
        for _ in range(10):
            line.wait(share)
            clock.work(AT_A_TIME)
            pieces += 1
            if pieces == 40:
                near_far[0].send(b"question")

    def reading() -> None:
        near_far[1].recv(100)
        heard_after.append(pieces)

    reader = gevent.spawn(reading)
    gevent.sleep(0)
    gevent.joinall([reader, *(gevent.spawn(busy) for _ in range(30))], raise_error=True)
    assert 40 <= heard_after[0] <= 43
    for end in near_far:
        end.close()


def test_small_pieces_are_done_together(clock: Clock) -> None:
    line, order = Line(), list[str]()

    def small(number: int) -> None:
        clock.work(AT_A_TIME / 10)
        order.append(str(number))

    for number in range(5):
        line.begin(known(), small, number)
    gevent.spawn(order.append, "another")
    gevent.sleep(0)
    assert "".join(order) == "01234another"


def test_who_is_killed_or_fails_keeps_nobody_back(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    line, order, share = Line(), list[str](), Share()

    def waiting(name: str) -> None:
        line.wait(share)
        order.append(name)
        if name == "fails":
            raise KeyError

    gevent.spawn(line.begin, share, clock.work, AT_A_TIME)  # so that the others wait for another round
    greenlets = [gevent.spawn(waiting, name) for name in ("killed", "fails", "goes on")]
    gevent.spawn(greenlets[0].kill)
    monkeypatch.setattr(gevent.get_hub(), "print_exception", lambda *fault: None)
    gevent.wait(greenlets)
    line.begin(share, order.append, "begun")
    gevent.sleep(0)
    assert order == ["fails", "goes on", "begun"]
    line.begin(share, clock.work, AT_A_TIME)
    with pytest.raises(gevent.Timeout), gevent.Timeout(0.0):
        line.wait(share)
    line.begin(share, order.append, "after that")
    gevent.sleep(0)
    assert order[-1] == "after that"


def test_pages_come_in_one_at_a_time_and_have_one_part_together(clock: Clock) -> None:
    line, order = Line(), list[str]()

    def page(environ: object, start_response: object) -> list[bytes]:
        order.append("page")
        clock.work(ROOM_SECONDS)
        return []

    def asking() -> None:
        share = known()
        for _ in range(10):
            line.wait(share)
            order.append("asked")
            clock.work(ROOM_SECONDS)

    door = Turnstile(page, line)
    pages = [gevent.spawn(door, {}, None) for _ in range(10)]
    askers = [gevent.spawn(asking) for _ in range(3)]
    gevent.joinall([*pages, *askers], raise_error=True)
    assert order.count("page") == 10
    assert order[:24].count("page") in (4, 5, 6, 7)  # a quarter, as of four who always want something


def test_the_time_that_is_charged_is_that_of_the_processor() -> None:
    line, allowance = Line(), Allowance(clock=lambda: 0.0)
    share = Share(allowance)

    def working() -> None:
        line.wait(share)
        end = time.thread_time() + 0.01
        while time.thread_time() < end:
            pass

    gevent.spawn(working).get()
    gevent.sleep(0)
    assert allowance.used >= 0.01

"""What is sent and received over a socket: whole frames, together, and not more than is taken."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import gevent.event
import gevent.socket
import pytest

from backprop.serving import whole_socket
from backprop.serving.outbox import Outbox


@contextmanager
def connected() -> Iterator[tuple[Any, Any]]:
    """Two ends of a connection over the loopback."""
    with gevent.socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        near = gevent.socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
        with near, far:
            yield near, far


@pytest.fixture
def pair() -> Iterator[tuple[Any, Any]]:
    with connected() as ends:
        yield ends


def test_small_frames_do_not_wait_for_each_other(pair: tuple[Any, Any]) -> None:
    near, _ = pair
    assert not near.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    whole_socket.WholeSocket(near)
    assert near.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_two_large_frames_do_not_mix(pair: tuple[Any, Any]) -> None:
    near, far = pair
    whole = whole_socket.WholeSocket(near)
    frames = [bytes([letter]) * 8_000_000 for letter in b"ab"]
    senders = [gevent.spawn(whole.send, frame) for frame in frames]
    received = bytearray()
    while len(received) < 16_000_000:
        received += far.recv(1_000_000)
    gevent.joinall(senders, raise_error=True)
    assert received == frames[0] + frames[1]


def test_a_peer_that_stops_reading_is_let_go(pair: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_socket, "SEND_SECONDS", 0.01)
    near, _ = pair
    whole = whole_socket.WholeSocket(near)
    with pytest.raises(TimeoutError, match="stopped reading"):
        whole.send(b"x" * 50_000_000)
    with pytest.raises(OSError, match="pipe"):
        whole.send(b"more")


def test_beyond_a_bound_who_has_taken_nothing_for_longest_is_let_go(
        monkeypatch: pytest.MonkeyPatch) -> None:
    unsent = whole_socket.Unsent(100_000_000)
    monkeypatch.setattr(whole_socket, "UNSENT", unsent)
    with ExitStack() as stack:
        pairs = [stack.enter_context(connected()) for _ in range(4)]
        sockets = [whole_socket.WholeSocket(near) for near, _ in pairs]
        senders = [gevent.spawn(sock.send, b"x" * 40_000_000) for sock in sockets]
        gevent.wait(senders[:2])  # the first two made room for the others
        assert [sender.ready() for sender in senders] == [True, True, False, False]
        assert all(isinstance(sender.exception, OSError) for sender in senders[:2])
        assert unsent.size == 80_000_000 and sockets[3] in unsent and sockets[0] not in unsent
        for (_, far), sender in zip(pairs[2:], senders[2:], strict=True):
            take(far, 40_000_000)
            sender.get()
        assert unsent.size == 0 and sockets[3] not in unsent


def take(far: Any, left: int) -> None:
    """Read so many bytes."""
    while left:
        left -= len(far.recv(min(left, 1_000_000)))


def test_what_has_come_in_is_read_when_it_is_one_s_turn(pair: tuple[Any, Any]) -> None:
    near, far = pair
    turn, asked = gevent.event.Event(), list[str]()

    def in_line() -> None:
        asked.append("in line")
        turn.wait()

    whole = whole_socket.WholeSocket(near, in_line)
    reader = gevent.spawn(whole.recv, 100)
    gevent.sleep(0)
    assert asked == []  # nothing is there to be read
    far.send(b"first")
    while not asked:
        gevent.sleep(0)
    far.send(b", second")
    gevent.sleep(0)
    assert not reader.ready()
    turn.set()
    assert reader.get() == b"first, second"
    last = gevent.spawn(whole.recv, 100)
    gevent.sleep(0)
    far.shutdown(socket.SHUT_WR)
    assert last.get() == b""
    whole.close()


def test_who_takes_nothing_has_nothing_more_worked_out(pair: tuple[Any, Any]) -> None:
    near, far = pair
    whole = whole_socket.WholeSocket(near)
    whole.clear()
    sender, next_one = gevent.spawn(whole.send, b"x" * 20_000_000), gevent.spawn(whole.clear)
    gevent.sleep(0)
    assert not next_one.ready()
    take(far, 20_000_000)
    gevent.joinall([sender, next_one], raise_error=True)


def frame(letter: bytes, size: int = 10) -> Callable[[], bytes]:
    return lambda: letter * size


def test_what_is_put_out_goes_out_when_the_loop_comes_round(pair: tuple[Any, Any]) -> None:
    near, far = pair
    whole, outbox, done = whole_socket.WholeSocket(near), Outbox(), list[str]()
    for letter in ("a", "b"):
        outbox.put(whole, frame(letter.encode()), partial(done.append, letter))
    assert done == []
    gevent.sleep(0)
    assert done == ["a", "b"]
    assert far.recv(100) == b"a" * 10 + b"b" * 10


def test_who_does_not_read_keeps_no_letter_back_and_is_told_whole_frames(pair: tuple[Any, Any]) -> None:
    near, far = pair
    slow, outbox, done = whole_socket.WholeSocket(near), Outbox(), list[str]()
    with connected() as (other_near, other_far):
        other = whole_socket.WholeSocket(other_near)
        for letter in "abc":
            outbox.put(slow, frame(letter.encode(), 8_000_000), partial(done.append, letter))
        outbox.put(other, frame(b"d"), partial(done.append, "d"))
        assert other_far.recv(100) == b"d" * 10
    assert done == ["d"] and whole_socket.UNSENT.size == 8_000_000 and slow.stalled
    received = bytearray()
    while len(received) < 24_000_000:
        received += far.recv(1_000_000)
    gevent.sleep(0)
    assert sorted(done) == ["a", "b", "c", "d"] and not slow.stalled
    assert received == b"".join(letter * 8_000_000 for letter in (b"a", b"b", b"c"))


def test_a_letter_that_cannot_be_sent_is_done_with_and_keeps_no_other_back(pair: tuple[Any, Any]) -> None:
    near, far = pair
    whole, outbox, done = whole_socket.WholeSocket(near), Outbox(), list[str]()

    def fault() -> bytes:
        raise ValueError

    with connected() as (gone_near, gone_far):
        gone = whole_socket.WholeSocket(gone_near)
        gone_far.close()
        gone.shutdown()
        for name, sock, make in (("gone", gone, frame(b"a")), ("fault", whole, fault), ("c", whole, frame(b"c")),
                                 ("gone too", gone, frame(b"d", 8_000_000)), ("e", whole, frame(b"e"))):
            outbox.put(sock, make, partial(done.append, name))
        while len(done) < 5:
            gevent.sleep(0)
    assert done == ["gone", "fault", "c", "gone too", "e"]
    assert far.recv(100) == b"c" * 10 + b"e" * 10


def test_what_goes_out_together_is_counted_before_the_next_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    unsent, most, done = whole_socket.Unsent(50_000_000), 0, list[int]()
    monkeypatch.setattr(whole_socket, "UNSENT", unsent)
    outbox = Outbox()

    def made() -> bytes:
        nonlocal most
        most = max(most, unsent.size)
        return b"x" * 20_000_000

    with ExitStack() as stack:
        pairs = [stack.enter_context(connected()) for _ in range(5)]
        for number, (near, _) in enumerate(pairs):
            outbox.put(whole_socket.WholeSocket(near), made, partial(done.append, number))
        while len(done) < 3:  # who has taken nothing for longest is let go
            gevent.sleep(0)
        assert sorted(done) == [0, 1, 2] and most == unsent.size == 40_000_000
        for _, far in pairs[3:]:
            take(far, 20_000_000)
        while len(done) < 5:
            gevent.sleep(0)
    assert unsent.size == 0


def test_much_that_goes_out_lets_others_have_their_turn(pair: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = pair
    monkeypatch.setattr("backprop.serving.outbox.BYTES_AT_A_TIME", 25)
    whole, outbox, order = whole_socket.WholeSocket(near), Outbox(), list[str]()
    with connected() as (asking, asked):
        reader = gevent.spawn(lambda: order.append(asked.recv(100).decode()))
        gevent.sleep(0)  # it waits
        asking.send(b"another")
        for letter in "abcde":
            outbox.put(whole, frame(letter.encode()), partial(order.append, letter))
        while len(order) < 6:
            gevent.sleep(0)
        reader.get()
    assert order == ["a", "b", "c", "another", "d", "e"]
    assert far.recv(100) == b"".join(letter * 10 for letter in (b"a", b"b", b"c", b"d", b"e"))

"""The small rooms of the server, each by itself."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import engineio
import gevent.queue
import gevent.socket
import pytest

from backprop.refusals import Refused
from backprop.serving import gevent_adapter, launch, whole_socket
from backprop.serving.door import Door
from backprop.serving.frames import framed
from backprop.serving.gevent_adapter import GeventWebSocket
from backprop.serving.limits import MOST_QUEUED, ConnectionLimits, TokenBucket
from backprop.serving.outbox import Outbox
from backprop.serving.processor import INLINE_PARAMETERS, SharedProcessor
from backprop.serving.turnstile import Turnstile


def test_a_bucket_lets_the_burst_through_and_then_the_rate() -> None:
    now = 0.0
    bucket = TokenBucket(rate=40, burst=80, clock=lambda: now)
    assert [bucket.take() for _ in range(81)] == [True] * 80 + [False]
    now = 0.5
    assert [bucket.take() for _ in range(21)] == [True] * 20 + [False]
    now = 1000.0
    assert [bucket.take() for _ in range(81)] == [True] * 80 + [False]


def test_what_is_spent_has_to_come_back_first() -> None:
    now = 0.0
    bucket = TokenBucket(rate=40, burst=80, clock=lambda: now)
    bucket.spend(100)
    now = 0.5
    assert not bucket.take()
    now = 0.525
    assert bucket.take()


def test_a_third_request_waits_for_one_of_two_to_end() -> None:
    limits = ConnectionLimits()
    limits.enter()
    limits.enter()
    with pytest.raises(Refused, match="2 requests at a time") as refused:
        limits.enter()
    assert refused.value.field == "rate"
    assert limits.in_flight == 2
    limits.leave()
    limits.enter()


def test_more_than_the_bucket_holds_is_refused() -> None:
    limits = ConnectionLimits(bucket=TokenBucket(40, 1, clock=lambda: 0.0))
    limits.enter()
    limits.leave()
    with pytest.raises(Refused, match="40 requests a second"):
        limits.enter()


@pytest.mark.parametrize(("path", "connections", "status"), [
    ("/socket.io/", 2, "200"), ("/socket.io/", 3, "503"), ("/", 3, "200"),
])
def test_the_door_is_shut_to_one_connection_too_many(path: str, connections: int, status: str) -> None:
    def inside(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("X-Own", "kept")], None)
        return [b"inside"]

    started: list[Any] = []
    door = Door(inside, lambda: connections, most=3)
    body = door({"PATH_INFO": path}, lambda *arguments: started.append(arguments))
    assert started[0][0].startswith(status)
    assert "Content-Security-Policy" in dict(started[0][1])
    assert (body == [b"inside"]) == (status == "200")


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
    for letter in "abcde":
        outbox.put(whole, frame(letter.encode()), partial(order.append, letter))
    gevent.spawn(order.append, "another")
    while len(order) < 6:
        gevent.sleep(0)
    assert order == ["a", "b", "c", "another", "d", "e"]
    assert far.recv(100) == b"".join(letter * 10 for letter in (b"a", b"b", b"c", b"d", b"e"))


class Pages:
    """Note what begins, and in which order."""

    def __init__(self) -> None:
        self.order: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.order.append("page")
        return []


def test_between_two_pages_whoever_asks_over_a_websocket_has_a_turn() -> None:
    pages = Pages()
    door = Turnstile(pages)

    def asking() -> None:
        while pages.order.count("page") < 20:
            pages.order.append("asked")
            gevent.sleep(0)

    gevent.joinall([*(gevent.spawn(door, {}, None) for _ in range(20)), gevent.spawn(asking)], raise_error=True)
    assert pages.order.count("page") == 20
    assert "page page" not in " ".join(pages.order)


@pytest.mark.parametrize("text", ["1", "2probe", "3", "40", '42["pass"]', "45", "46"])
def test_packets_are_read(text: str) -> None:
    assert gevent_adapter.is_packet(text)


@pytest.mark.parametrize("text", ["", "0{}", "4", "4{}", "4[]", "47", "7", "b4", "x", "²", "٣"])
def test_what_cannot_be_a_packet_is_dropped(text: str) -> None:
    assert not gevent_adapter.is_packet(text)


@pytest.mark.parametrize("parameters", [INLINE_PARAMETERS, INLINE_PARAMETERS + 1])
def test_work_is_done_here_or_aside_and_its_faults_come_back(parameters: int) -> None:
    processor = SharedProcessor()
    assert processor.text(lambda: "made", parameters) == "made"

    def fault() -> str:
        raise KeyError("fault")

    with pytest.raises(KeyError, match="fault"):
        processor.text(fault, parameters)


def test_a_taken_port_gives_way_only_if_nobody_asked_for_it() -> None:
    with launch.listen("127.0.0.1", 0, asked_for=True) as taken:
        port = taken.getsockname()[1]
        with launch.listen("127.0.0.1", port, asked_for=False) as other:
            assert other.getsockname()[1] != port
        with pytest.raises(launch.AddressError, match=f"port {port}: another program listens there already"):
            launch.listen("127.0.0.1", port, asked_for=True)


def test_an_address_that_is_not_this_machines_is_a_clear_error() -> None:
    with pytest.raises(launch.AddressError, match=r"^Cannot listen on 192\.0\.2\.1 port 0: "):
        launch.listen("192.0.2.1", 0, asked_for=False)


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1")])
def test_the_url_is_one_that_a_browser_here_reaches(host: str, shown: str) -> None:
    with launch.listen(host, 0, asked_for=True) as listener:
        assert launch.url_of(listener) == f"http://{shown}:{listener.getsockname()[1]}"


@pytest.mark.parametrize(("display", "system", "terminal", "screen"), [
    (":0", "linux", False, True), ("", "linux", True, False), ("", "darwin", True, True), ("", "darwin", False, False),
    ("", "win32", True, True),
])
def test_a_browser_is_opened_where_it_can_be_seen(monkeypatch: pytest.MonkeyPatch, display: str, system: str,
                                                  terminal: bool, screen: bool) -> None:
    class Input:
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("sys.stdin", Input())
    assert launch.has_screen() is screen


def test_who_hangs_up_during_the_handshake_leaves_no_place_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(environ: dict[str, Any]) -> None:
        raise BrokenPipeError

    server = engineio.Server(async_mode="threading", transports=["websocket"])
    gevent_adapter.install(server, lambda websocket, text: False)
    monkeypatch.setattr(gevent_adapter, "BoundedWebSocket", gone)
    environ = {"REQUEST_METHOD": "GET", "QUERY_STRING": "EIO=4&transport=websocket", "HTTP_UPGRADE": "websocket",
               "HTTP_CONNECTION": "Upgrade"}
    assert list(server.handle_request(environ, lambda *arguments: None)) == []
    assert server.sockets == {}


class Connection:
    """Stand in for Engine.IO's."""

    sid = "one"

    def __init__(self, waiting: int) -> None:
        self.queue = gevent.queue.Queue()
        for number in range(waiting):
            self.queue.put(number)

    def serve(self, websocket: GeventWebSocket) -> None:
        """Be what Engine.IO calls with a connection that is open."""


@pytest.mark.parametrize(("waiting", "cut"), [(MOST_QUEUED, False), (MOST_QUEUED + 1, True)])
def test_who_takes_a_frame_now_and_then_is_let_go_when_much_waits_for_it(waiting: int, cut: bool) -> None:
    websocket = GeventWebSocket(Connection(waiting).serve, None)
    done: list[object] = []
    inner = type("Inner", (), {"send_made": lambda self, make: done.append(make()),
                               "sock": type("Sock", (), {"shutdown": lambda self: done.append("cut")})()})()
    websocket._ws = inner
    websocket.send("42[]")
    assert done == [framed("42[]"), *(["cut"] if cut else [])]

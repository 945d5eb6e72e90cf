"""The small rooms of the server, each by itself."""

from __future__ import annotations

from typing import Any

import engineio
import gevent.queue
import pytest

from backprop.refusals import Refused
from backprop.serving import gevent_adapter, launch
from backprop.serving.door import Door
from backprop.serving.frames import framed
from backprop.serving.gevent_adapter import GeventWebSocket
from backprop.serving.limits import MOST_QUEUED, ConnectionLimits, TokenBucket
from backprop.serving.line import Line
from backprop.serving.processor import INLINE_PARAMETERS, SharedProcessor


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
    def gone(environ: dict[str, Any], in_line: object) -> None:
        raise BrokenPipeError

    server = engineio.Server(async_mode="threading", transports=["websocket"])
    gevent_adapter.install(server, lambda websocket, text: False, Line())
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
    connection = Connection(waiting)
    websocket = GeventWebSocket(connection.serve, None, lambda websocket, text: False, Line(), ConnectionLimits())
    done: list[object] = []
    inner = type("Inner", (), {"send_made": lambda self, make: done.append(make()),
                               "sock": type("Sock", (), {"shutdown": lambda self: done.append("cut")})()})()
    websocket._ws = inner
    websocket.send("42[]")
    assert done == [framed("42[]"), *(["cut"] if cut else [])]

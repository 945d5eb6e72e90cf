"""Requests past the library's layers: which are taken, and that their answers are what the library would send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import gevent
import pytest
import socketio
from engineio import packet as engineio_packet
from socketio import packet

from backprop.serving.again import LONGEST, Again
from backprop.serving.answers import Answers
from backprop.serving.direct import Direct, acknowledgement, requested
from backprop.serving.frames import framed
from backprop.serving.limits import MOST_IN_FLIGHT, ConnectionLimits
from backprop.serving.packets import MALFORMED
from backprop.serving.read_ahead import Question
from backprop.serving.wire import Encoded, WithBytes
from tests.unit.run_specs import FATES


def as_the_library_sends(number: int, answer: dict[str, Any]) -> bytes:
    """Return what the library's own packets make of an answer."""
    made = packet.Packet(packet.ACK, data=[answer], id=number, namespace="/").encode()
    frames = (engineio_packet.Packet(engineio_packet.MESSAGE, each).encode()
              for each in (made if isinstance(made, list) else [made]))
    return b"".join(framed(each) for each in frames)


@pytest.mark.parametrize("answer", [{"ok": True}, {"ok": True, "text": "x" * 300}, {"deep": [[1, None], {"a": "é"}]}])
def test_an_answer_goes_out_as_the_library_would_send_it(answer: dict[str, Any]) -> None:
    expected = as_the_library_sends(12, answer)
    assert acknowledgement("12", answer) == expected
    assert acknowledgement("12", Encoded(json.dumps(answer, separators=(",", ":")))) == expected


def test_an_answer_with_bytes_goes_out_as_the_library_would_send_it_and_is_encoded_once() -> None:
    fields = {"ok": True, "epoch": 3, "body": b"\x00bytes" * 100}
    answer = WithBytes(fields)
    for number in (7, 8):
        assert acknowledgement(str(number), answer) == as_the_library_sends(number, fields)
    assert answer.head is answer.head


class WebSocket:
    """Stand in for one that is connected."""

    def __init__(self, sid: str) -> None:
        self.sid, self.environ, self.sent = sid, dict[str, Any](), list[bytes]()
        self.limits = ConnectionLimits()
        self.gone = self.closed = self.stalled = False
        self.open = True

    def close(self) -> None:
        self.closed = True

    def begin(self, work: Callable[..., object], *arguments: Any) -> None:
        gevent.spawn(work, *arguments)

    def clear(self) -> None:
        """Take what is sent at once."""

    def send_soon(self, make: Callable[[], bytes], done: Callable[[], None]) -> None:
        if not self.gone:
            self.sent.append(make())
        done()

    def send_made(self, make: Callable[[], bytes]) -> None:
        if self.gone:
            raise OSError
        self.sent.append(make())


def answer_to(payload: Any) -> WithBytes:
    """Answer a question of a run, and say which it was."""
    answer = WithBytes(ok=True, epoch=payload["epoch"], body=b"numbers")
    answer.question = payload["spec"], (payload["epoch"], payload["stop"], payload["every"], payload["grid"])
    return answer


def run_text(number: int, epoch: int, stop: int, *, every: int = 10, spec: str = "a race") -> str:
    """Return a question of a run as browsers write it."""
    asked = {"spec": spec, "epoch": epoch, "stop": stop, "every": every, "grid": 28}
    return f"42{number}{json.dumps(['run', asked], separators=(',', ':'))}"


class Lane:
    """A Direct with one connection in the namespace, and one that is not."""

    def __init__(self) -> None:
        manager = socketio.Server(async_mode="threading").manager
        self.sid = manager.connect("inside", "/")
        self.asked: list[tuple[object, ...]] = []
        self.inside, self.outside = WebSocket("inside"), WebSocket("outside")
        self.limits = self.inside.limits
        self.there: dict[Question, WithBytes] = {}
        self.payloads: dict[Question, dict[str, Any]] = {}
        self.direct = Direct(manager, self.answer, lambda name, refused: refused.as_dict(),
                             lambda name, question: self.there.get(question), self.payloads.get)

    eio = type("EngineIO", (), {"generate_id": staticmethod(lambda: "a name in the namespace")})

    def answer(self, name: str, sid: str, websocket: Any, payload: tuple[object, ...]) -> dict[str, Any]:
        self.asked.append((name, sid, websocket.sid, payload, self.limits.in_flight))
        if name == "fault":
            raise KeyError
        return answer_to(payload[0]) if name == "run" else {"ok": True}


@pytest.mark.parametrize("text", ['42/other,1["pass",{}]', "41", "41/,", "40", "3", "", "1", "5", "6", "2probe"])
def test_what_is_no_request_is_left_to_the_library(text: str) -> None:
    lane = Lane()
    assert not lane.direct.take(lane.inside, text)  # type: ignore[arg-type]
    gevent.sleep(0)
    assert (lane.asked, lane.inside.sent) == ([], [])


@pytest.mark.parametrize(("text", "number", "asked"), [
    ('42/,1["pass",{}]', "1", ["pass", {}]),
    ('421234567890123456["pass",{}]', "1234567890123456", ["pass", {}]),
    ('42²["pass",{}]', "", [MALFORMED]),
    ('421{"pass":1}', "1", [MALFORMED]), ("421[]", "1", [MALFORMED]), ("421[7]", "1", [MALFORMED]),
    ('421["pass"', "1", [MALFORMED]), ("421" + "[" * 100_000, "1", [MALFORMED]),
    ('451-1["pass",{"_placeholder":true,"num":0}]', "1", [MALFORMED]), ("431[1]", "", [MALFORMED]),
    ("4", "", [MALFORMED]),
])
def test_a_request_that_no_browser_sends_holds_a_place_like_any_other(text: str, number: str, asked: Any) -> None:
    lane = Lane()
    assert requested(text) == (number, asked)
    for _ in range(3):
        assert lane.direct.take(lane.inside, text)  # type: ignore[arg-type]
    assert lane.limits.in_flight == MOST_IN_FLIGHT
    assert len(lane.inside.sent) == bool(number)  # the third is refused, where there is an id to tell it
    gevent.sleep(0)
    assert [name for name, *_ in lane.asked] == [asked[0]] * 2
    assert len(lane.inside.sent) == 3 * bool(number)
    assert lane.limits.in_flight == 0


def test_who_waits_for_no_answer_gets_none() -> None:
    lane = Lane()
    assert lane.direct.take(lane.inside, '42["pass",{}]')  # type: ignore[arg-type]
    gevent.sleep(0)
    assert (len(lane.asked), lane.inside.sent) == (1, [])


@pytest.mark.parametrize("text", ['421["pass",{}]', "41", '42["pass",{}]', "451-1[]", "4"])
def test_who_is_not_connected_is_let_go(text: str) -> None:
    lane = Lane()
    assert lane.direct.take(lane.outside, text)  # type: ignore[arg-type]
    gevent.sleep(0)
    assert (lane.asked, lane.outside.sent, lane.outside.closed) == ([], [], True)


@pytest.mark.parametrize("text", ["40", '40{"a":1}', "3", "2probe"])
def test_who_is_not_connected_may_connect_and_be_alive(text: str) -> None:
    lane = Lane()
    assert not lane.direct.take(lane.outside, text)  # type: ignore[arg-type]
    assert not lane.outside.closed


def test_requests_that_come_together_hold_their_places_before_the_first_is_worked_on() -> None:
    lane = Lane()
    for number in (1, 2, 3):
        assert lane.direct.take(lane.inside, f'42{number}["pass",{{"a":1}}]')  # type: ignore[arg-type]
    assert lane.asked == []
    [refusal] = lane.inside.sent
    assert refusal.startswith(framed("x" * 200)[:1]) and b'433[{"field":"rate"' in refusal
    gevent.sleep(0)
    request = ("pass", lane.sid, "inside", ({"a": 1},))
    assert lane.asked == [(*request, 2), (*request, 1)]
    assert lane.inside.sent[1:] == [acknowledgement(number, {"ok": True}) for number in "12"]
    assert lane.limits.in_flight == 0


def test_nothing_is_begun_for_who_has_hung_up_meanwhile() -> None:
    lane = Lane()
    lane.direct.take(lane.inside, '421["pass",{}]')  # type: ignore[arg-type]
    lane.inside.open = False
    gevent.sleep(0)
    assert (lane.asked, lane.inside.sent, lane.limits.in_flight) == ([], [], 0)


def test_a_place_is_free_again_whatever_becomes_of_the_answer() -> None:
    lane = Lane()
    lane.inside.gone = True
    lane.direct.take(lane.inside, '421["pass",{}]')  # type: ignore[arg-type]
    gevent.sleep(0)
    assert lane.limits.in_flight == 0
    lane.direct.take(lane.inside, '422["fault",{}]')  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gevent.get_hub(), "print_exception", lambda *fault: None)
        gevent.sleep(0)
    assert lane.limits.in_flight == 0
    lane.limits.in_flight = 2
    lane.direct.take(lane.inside, '423["pass",{}]')  # type: ignore[arg-type]
    assert lane.limits.in_flight == 2


def test_the_same_question_a_stride_on_is_answered_at_once_if_its_answer_is_there() -> None:
    lane = Lane()
    second = answer_to({"spec": "a race", "epoch": 10, "stop": 20, "every": 10, "grid": 28})
    lane.there["a race", (10, 20, 10, 28)] = second
    lane.direct.take(lane.inside, run_text(1, 10, 20))  # type: ignore[arg-type]
    assert lane.inside.sent == []  # nothing is known of this connection
    gevent.sleep(0)
    assert (len(lane.asked), len(lane.inside.sent)) == (1, 1)
    lane.direct.take(lane.inside, run_text(2, 10, 20))  # type: ignore[arg-type]
    assert lane.inside.sent[1:] == [acknowledgement("2", second)]
    assert lane.limits.in_flight == 0
    lane.direct.take(lane.inside, run_text(3, 20, 30))  # type: ignore[arg-type]
    assert len(lane.inside.sent) == 2  # that is not there
    gevent.sleep(0)
    assert len(lane.asked) == 2 and len(lane.inside.sent) == 3


@pytest.mark.parametrize("other", [
    run_text(2, 10, 20, every=5), run_text(2, 10, 20, spec="another"), run_text(2, 10, 20).replace("run", "ran"),
    run_text(2, 10, 20).replace('"epoch":10', '"epoch":010'), run_text(2, 10, 20).replace('"epoch":10', '"epoch":10.0'),
    run_text(2, 10, 20).replace("28}", "28,\"epoch\":0}"), run_text(2, 10, 20).replace(",", ", "),
    run_text(2, 10, 20)[:-1], run_text(2, 10, 20) + "]", "42" + run_text(2, 10, 20)[3:],
])
def test_any_other_question_is_read(other: str) -> None:
    again = Again()
    again.remember(run_text(1, 0, 10), ("a race", (0, 10, 10, 28)))
    assert again.read(run_text(2, 10, 20)) == ("2", ("a race", (10, 20, 10, 28)))
    assert again.read(other) is None


@pytest.mark.parametrize("text", [
    run_text(1, 0, 10).replace("28}", "28,\"epoch\":0}"), run_text(1, 0, 10).replace("28}", "28,\"stop\":10}"),
    run_text(1, 0, 10).replace("28}", "28,\"\\u0065poch\":0}"), run_text(1, 0, 10).replace("28}", "28,\"stop\" :10}"),
    run_text(1, 5, 10), run_text(1, 0, 20), run_text(1, 0, 10, spec="x" * LONGEST),
    '421["run",{"stop":10,"epoch":0}]', '42["run",{"epoch":0,"stop":10}]',
])
def test_a_question_that_leaves_doubts_is_not_remembered(text: str) -> None:
    """A name that is there twice, numbers that are not those answered, another order; and what is too long to keep."""
    again = Again()
    again.remember(text, ("a race", (0, 10, 10, 28)))
    assert again.read(text) is None


def test_the_same_question_a_stride_on_is_not_read_where_its_spec_is_known() -> None:
    lane = Lane()
    lane.direct.take(lane.inside, run_text(1, 0, 10))  # type: ignore[arg-type]
    gevent.sleep(0)
    lane.payloads["a race", (10, 20, 10, 28)] = {
        "spec": "as it was read", "epoch": 10, "stop": 20, "every": 10, "grid": 28}
    for number, epoch in ((2, 10), (3, 20)):
        lane.direct.take(lane.inside, run_text(number, epoch, epoch + 10))  # type: ignore[arg-type]
        gevent.sleep(0)
    assert [asked[3][0]["spec"] for asked in lane.asked] == ["a race", "as it was read", "a race"]  # type: ignore[index]
    assert len(lane.inside.sent) == 3


def test_who_takes_nothing_or_asks_too_much_gets_nothing_at_once() -> None:
    lane = Lane()
    lane.there["a race", (0, 10, 10, 28)] = answer_to(
        {"spec": "a race", "epoch": 0, "stop": 10, "every": 10, "grid": 28})
    lane.direct.take(lane.inside, run_text(1, 0, 10))  # type: ignore[arg-type]
    gevent.sleep(0)
    lane.inside.stalled = True
    lane.direct.take(lane.inside, run_text(2, 0, 10))  # type: ignore[arg-type]
    assert len(lane.inside.sent) == 1
    gevent.sleep(0)
    lane.inside.stalled = False
    lane.limits.in_flight = MOST_IN_FLIGHT
    lane.direct.take(lane.inside, run_text(3, 0, 10))  # type: ignore[arg-type]
    assert b'433[{"field":"rate"' in lane.inside.sent[-1]
    assert lane.limits.in_flight == MOST_IN_FLIGHT


def test_most_questions_of_a_page_that_plays_a_run_are_never_read() -> None:
    lane, answers, read = Lane(), Answers(), list[int]()

    def answer(name: str, sid: str, websocket: Any, payload: tuple[Any, ...]) -> Any:
        read.append(payload[0]["epoch"])
        return answers.answer(name, payload[0])

    direct = Direct(lane.direct._manager, answer, lambda name, refused: refused.as_dict(),
                    lambda name, question: answers.ready(question), answers.asked_again)
    asked = [{"spec": FATES.as_dict(), "epoch": epoch, "stop": epoch + 10, "every": 10, "grid": 4}
             for epoch in range(0, 300, 10)]
    for number, each in enumerate(asked):
        text = f"42{number}{json.dumps(['run', each], separators=(',', ':'))}"  # as JSON.stringify writes it
        direct.take(lane.inside, text)  # type: ignore[arg-type]
        gevent.sleep(0)
    alone = Answers()
    assert lane.inside.sent == [acknowledgement(str(number), alone.answer("run", each))
                                for number, each in enumerate(asked)]
    assert read == [0, 10, 20, 110, 200, 290]
    assert lane.limits.in_flight == 0

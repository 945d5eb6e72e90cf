"""Whatever a client sends, it gets an answer if it asked for one, the connection stays, and the server says nothing."""

from __future__ import annotations

import json
import tempfile

import pytest

from tests.contract.raw import RawClient
from tests.server import running_server

NOT_PACKETS = ["", "4", "4{}", "4[]", "4true", "4null", "x", "9", "²", "٣", "b", "b!", "2probe", "3", "6", "0"]
NOT_EVENTS = ["42", "42[]", "42{}", "42[1]", "42[null]", "42[[]]", '42["a"', "43", "431[]", "44", "45", "451-",
              "4599999999999-[]", "46", "42/other,[\"pass\",{}]", "40", "40/other,", "42" + "[" * 30_000, "42[1e999]"]


def test_nothing_that_is_sent_ends_the_connection_or_the_silence() -> None:
    with tempfile.TemporaryFile() as stderr:
        with running_server(stderr=stderr, environment={"LOG_LEVEL": "warning"}) as server:
            client = RawClient(server).connect()
            for text in NOT_PACKETS + NOT_EVENTS:
                client.socket.send(text)
                assert client.call("catalog", {})["ok"]
            client.close()
        stderr.seek(0)
        assert stderr.read().decode() == ""


@pytest.mark.parametrize("sent", [
    '4217[]', '4217{}', '4217[1,{}]', '4217["pass"', '4217[nonsense]', '45017-17["pass"]', '451-17["pass",{}]',
    "4217" + "[" * 30_000,
])
def test_a_malformed_request_that_wants_an_answer_gets_one(raw: RawClient, sent: str) -> None:
    raw.socket.send(sent)
    answer = json.loads(raw.answer(17))
    assert not answer["ok"]
    assert answer["error"]["field"] == "message"
    assert raw.call("catalog", {})["ok"]


@pytest.mark.parametrize("event", ["nonsense", "connect", "disconnect", "message", "*", "request", "", "x" * 1000])
def test_an_unknown_event_gets_an_answer(raw: RawClient, event: str) -> None:
    answer = raw.call(event, {})
    assert not answer["ok"]
    assert answer["error"]["field"] in ("event", "message")
    assert raw.call("catalog", {})["ok"]


@pytest.mark.parametrize("payload", [None, 3, "text", [], [1], True, 0.5])
@pytest.mark.parametrize("event", ["pass", "passes", "new_weights", "catalog"])
def test_a_payload_that_is_no_object_gets_an_answer(raw: RawClient, event: str, payload: object) -> None:
    answer = raw.call(event, payload)
    assert not answer["ok"]
    assert answer["error"]["field"] == "payload"


@pytest.mark.parametrize(("sent", "message"), [
    ('4217["catalog"]', "A request takes an object of named fields, but got nothing."),
    ('4217["catalog",{},{}]', "A request takes one object, but got 2 values."),
])
def test_too_few_and_too_many_payloads_get_an_answer(raw: RawClient, sent: str, message: str) -> None:
    raw.socket.send(sent)
    assert json.loads(raw.answer(17))["error"]["message"] == message


def test_an_unknown_field_is_named(raw: RawClient) -> None:
    assert raw.call("catalog", {"colour": 1})["error"]["field"] == "colour"


def test_three_requests_at_once_are_one_too_many(raw: RawClient) -> None:
    raw.send_together([f'42{number}["catalog",{{}}]' for number in (1, 2, 3)])
    third = json.loads(raw.answer(3))  # it comes first, as it needs no work
    assert third["error"] == {
        "field": "rate", "got": "one more", "takes": "2 requests at a time",
        "message": "A connection takes 2 requests at a time, but got one more. Ask again in a moment.",
    }

"""The defects of the stock stack, one by one: without backprop/serving/gevent_adapter.py these fail."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from websocket import ABNF

from tests.contract.raw import RawClient, frame
from tests.server import RunningServer

KIBIBYTE = 1024


def large_spec(presets: dict[str, Any]) -> dict[str, Any]:
    """A network whose pass is an answer of about a megabyte."""
    return {
        **presets["xor"], "layers": [2, 8, 8, 8, 8, 8], "activations": ["tanh"] * 5,
        "initial": {"kind": "random", "initializer": "xavier", "seed": 3},
        "data": {"x": [[0.5, -1.0]], "y": [[0.1] * 8]},
    }


def test_large_answers_arrive_whole_at_a_reader_that_stalls(server: RunningServer, presets: dict[str, Any],
                                                            raw: RawClient) -> None:
    slow = RawClient(server, sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * KIBIBYTE)]).connect()
    payload = {"spec": large_spec(presets), "start": 0, "count": 3}
    text = raw.answer(raw.ask("passes", payload))
    assert len(text) > 2_000_000
    assert json.loads(text)["ok"]
    numbers = []
    for _ in range(6):  # more than the buffers between us hold
        numbers.append(slow.ask("passes", payload))
        assert raw.call("catalog", {})["ok"]  # so the server has seen the one before
    answers = [slow.answer(number) for number in numbers]
    assert answers[0] == text
    assert all(answer == text or json.loads(answer)["error"]["field"] == "rate" for answer in answers)
    assert any(answer != text for answer in answers)  # what nobody reads is no reason for more
    slow.close()


def test_no_compression_is_negotiated(server: RunningServer) -> None:
    client = RawClient(server, header=["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"])
    assert "sec-websocket-extensions" not in {name.lower() for name in client.socket.getheaders()}
    client.close()


def test_a_message_of_64_kib_is_read(raw: RawClient) -> None:
    padding = "x" * (64 * KIBIBYTE - len('421["",{}]'))
    answer = raw.call(padding, {})
    assert answer["error"]["field"] == "event"
    assert raw.call("catalog", {})["ok"]


@pytest.mark.parametrize("fragments", [1, 5])
def test_a_message_beyond_64_kib_is_too_big_in_however_many_fragments(raw: RawClient, fragments: int) -> None:
    size = 64 * KIBIBYTE // fragments + 1
    for index in range(fragments):
        opcode = ABNF.OPCODE_TEXT if index == 0 else ABNF.OPCODE_CONT
        raw.socket.sock.sendall(frame("4" * size, opcode, fin=int(index == fragments - 1)))
    assert raw.close_code() in (1009, None)  # None: the network swallowed the goodbye


def test_fragments_that_never_end_are_not_gathered(raw: RawClient) -> None:
    raw.socket.sock.sendall(frame("4" + "x" * 60 * KIBIBYTE, ABNF.OPCODE_TEXT, fin=0))
    raw.socket.sock.sendall(frame("x" * 60 * KIBIBYTE, ABNF.OPCODE_CONT, fin=0))
    assert raw.close_code() in (1009, None)


def test_a_request_with_binary_is_refused_and_its_attachments_are_dropped(raw: RawClient) -> None:
    raw.socket.send('451-7["pass",{"spec":{"_placeholder":true,"num":0},"pass":0}]')
    raw.socket.send_binary(b"\x00" * KIBIBYTE)
    error = json.loads(raw.answer(7))["error"]
    assert error["field"] == "message"
    assert "no binary" in error["message"]
    assert raw.call("catalog", {})["ok"]


def test_attachments_that_nobody_announced_are_dropped(raw: RawClient) -> None:
    for _ in range(20):
        raw.socket.send_binary(b"\x00" * KIBIBYTE)
    raw.socket.send("b" + "AAAA" * 100)
    assert raw.call("catalog", {})["ok"]


def test_binary_without_end_closes_the_connection(raw: RawClient) -> None:
    megabytes = b"\x00" * (8 * KIBIBYTE * KIBIBYTE)
    raw.socket.sock.sendall(frame(b"", ABNF.OPCODE_BINARY, fin=0))
    more = frame(megabytes, ABNF.OPCODE_CONT, fin=0)

    def send_64_megabytes() -> None:
        for _ in range(8):
            raw.socket.sock.sendall(more)

    with pytest.raises(ConnectionError):  # it hangs up long before the end
        send_64_megabytes()


def test_a_flood_of_messages_closes_the_connection(raw: RawClient) -> None:
    try:
        raw.send_together(["3"] * 5000)
    except ConnectionError:
        return
    assert raw.close_code() in (1008, None)


def test_three_hundred_messages_at_once_are_all_answered(raw: RawClient) -> None:
    raw.send_together([f'42{number}["catalog",{{}}]' for number in range(1, 301)])
    answers = [json.loads(raw.answer(number)) for number in range(1, 301)]
    assert answers[0]["ok"]
    assert {answer["error"]["field"] for answer in answers if not answer["ok"]} == {"rate"}


def test_who_leaves_the_namespace_and_goes_on_asking_is_let_go(raw: RawClient) -> None:
    raw.socket.send("41")
    raw.socket.send('421["catalog",{}]')
    assert raw.close_code() in (1000, None)


def test_who_asks_before_connecting_is_let_go(server: RunningServer) -> None:
    client = RawClient(server)
    assert client.socket.recv().startswith("0{")
    client.socket.send('421["catalog",{}]')
    assert client.close_code() in (1000, None)
    client.close()

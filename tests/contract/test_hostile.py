"""Who asks for much, says nothing, or leaves: the others do not notice, and an honest page is never refused."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from backprop.serving.limits import GREETING_SECONDS, HEAD_SECONDS, MOST_IN_FLIGHT
from tests.contract.raw import PATH, RawClient, packet
from tests.contract.test_headers import said
from tests.server import DEADLINE_SECONDS, ROOT, RunningServer, running_server
from tools.node import find_node

PACE = """
import { strideAt, aheadAt } from "./static/js/run-pace.js";
console.log(JSON.stringify([strideAt(Infinity, 10000), aheadAt(Infinity, 10000)]));
"""


@pytest.fixture(scope="module")
def catalog(server: RunningServer) -> dict[str, Any]:
    client = RawClient(server).connect()
    answer: dict[str, Any] = client.call("catalog", {})
    client.close()
    return answer


def run_spec(catalog: dict[str, Any], name: str) -> dict[str, Any]:
    return next(preset["spec"] for preset in catalog["run_presets"] if preset["name"] == name)


def asked(client: RawClient, event: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Ask as the page does, and return the head of the answer, whether it has bytes or not."""
    number = client.ask(event, payload)
    while True:
        text = client.socket.recv()
        if text == "2":
            client.socket.send("3")
        if isinstance(text, str) and text.startswith((f"43{number}[", f"461-{number}[")):
            answer: dict[str, Any] = json.loads(text[text.index("["):])[0]
            if text.startswith("46"):
                client.socket.recv()
            return answer


def test_an_honest_page_is_never_refused(server: RunningServer, catalog: dict[str, Any]) -> None:
    """A race of four at full speed, the depth slider pulled from end to end, XOR and its 500 starts: one connection."""
    node = find_node()
    assert node is not None
    paced = subprocess.run([node.node, "--input-type=module", "-e", PACE], cwd=ROOT, capture_output=True, text=True,
                           check=True, timeout=DEADLINE_SECONDS)
    every, ahead = json.loads(paced.stdout)
    client = RawClient(server).connect()
    client.socket.settimeout(4 * DEADLINE_SECONDS)
    race = run_spec(catalog, "race")
    race = {**race, "lanes": (race["lanes"] * 4)[:4], "order_seed": 77}
    assert asked(client, "run", {"spec": race, "epoch": 0, "stop": 1, "every": 1, "grid": 32})["ok"]
    epoch = 0
    while epoch <= 10_000:
        answer = asked(client, "run", {"spec": race, "epoch": epoch, "stop": min(10_001, epoch + ahead), "every": every,
                                       "grid": 32})
        assert answer["ok"], answer
        epoch = answer["stop"]
    for depth in range(2, 31, 4):  # the page leaves out those that it is too late for
        answer = asked(client, "depth", {"depth": depth})
        assert answer["ok"], answer
    xor = {**run_spec(catalog, "xor"), "order_seed": 77}
    for payload in ({"spec": xor, "stop": 1000, "seeds": 500}, {"spec": xor, "stop": 10_000, "seeds": 500}):
        answer = asked(client, "seeds", payload)
        assert answer["ok"], answer
    client.close()


def heavy(catalog: dict[str, Any], seed: int, epochs: int = 250) -> dict[str, Any]:
    """A question of some ten seconds, and another one for every seed."""
    spec = {**run_spec(catalog, "xor"), "layers": [2, 8, 8, 8, 8, 1], "activations": ["tanh"] * 4 + ["sigmoid"],
            "data": {"x": [[0.01 * n, 0.3] for n in range(64)], "y": [[0.5]] * 64}, "order_seed": seed}
    lane = {**spec["lanes"][0], "initial": {"kind": "random", "initializer": "xavier", "seed": 1}}
    return {"spec": {**spec, "lanes": [lane]}, "stop": epochs, "seeds": 1000}


def processor_seconds(server: RunningServer) -> float:
    with open(f"/proc/{server.process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100.0


def until(true: Callable[[], bool], seconds: float = 2 * DEADLINE_SECONDS) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_what_a_vanished_client_asked_for_is_not_computed_any_more(catalog: dict[str, Any]) -> None:
    with running_server() as server:
        for seed in range(4):  # most of a minute of work
            client = RawClient(server).connect()
            client.ask("seeds", heavy(catalog, seed))
            begun = processor_seconds(server)
            assert until(lambda begun=begun: processor_seconds(server) > begun + 0.05)  # it is at work
            client.close()
        resting = [processor_seconds(server)]

        def rests() -> bool:
            resting.append(processor_seconds(server))
            return len(resting) > 20 and resting[-1] - resting[-20] < 0.1

        assert until(rests, 4 * DEADLINE_SECONDS)


def test_who_is_in_debt_is_told_and_others_are_answered_meanwhile(catalog: dict[str, Any]) -> None:
    """Two connections ask without end until each is refused; a learner beside them asks little and never is."""
    with running_server(environment={"ALLOWANCE_SECONDS": "2"}) as server:
        errors: list[dict[str, str]] = []

        def greedy(first: int) -> None:
            client = RawClient(server).connect()
            client.socket.settimeout(4 * DEADLINE_SECONDS)
            for seed in range(first, first + 100):
                answer = asked(client, "seeds", {**heavy(catalog, seed, 25), "seeds": 500})
                if not answer["ok"]:
                    errors.append(answer["error"])
                    break
            client.close()

        threads = [threading.Thread(target=greedy, args=(1000 * number,)) for number in (1, 2)]
        for thread in threads:
            thread.start()
        learner = RawClient(server).connect()
        spec = catalog["presets"][0]["spec"]
        number = 0
        while any(thread.is_alive() for thread in threads):
            number += 1
            if number < 40:  # beyond that its own two seconds would be spent
                assert learner.call("pass", {"spec": {**spec, "learning_rate": 1 + number / 1e4}, "pass": 0})["ok"]
            time.sleep(0.1)
        assert [error["field"] for error in errors] == ["rate", "rate"]
        for error in errors:
            assert error["takes"] == "2 seconds of the engine, which come back within 2 minutes"
            assert re.search(r"Ask again in \d+ seconds?\.$", error["message"])
        learner.close()


def test_who_opens_a_connection_and_says_nothing_is_let_go(server: RunningServer) -> None:
    silent = {
        "TCP without HTTP": b"", "HTTP without end": b"GET / HTTP/1.1\r\nHost: x\r\nX-",
        "a first line without end": b"GET /",
        "a body that never comes": b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
    }
    opened = {name: socket.create_connection(("127.0.0.1", server.port), DEADLINE_SECONDS) for name in silent}
    for name, connection in opened.items():
        connection.sendall(silent[name])
    webs = [RawClient(server), RawClient(server)]
    assert webs[0].socket.recv().startswith("0{")
    webs[1].socket.send("42[\"catalog\",{}]")  # anything but CONNECT
    dripping = socket.create_connection(("127.0.0.1", server.port), DEADLINE_SECONDS)
    begun = time.monotonic()

    def drips() -> bool:
        try:
            dripping.sendall(b"x")
        except ConnectionError:
            return True
        return False

    assert until(drips)  # a byte now and then is no way to say a head either
    dripping.close()
    assert time.monotonic() - begun >= HEAD_SECONDS - 1
    for name, connection in opened.items():
        came = b""
        while more := connection.recv(65536):
            came += more
        assert came == b"" or came.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 405 ")), name
        connection.close()
    for web in webs:
        assert web.close_code() in (1000, None)
        web.close()
    assert GREETING_SECONDS <= 20


HANDSHAKE = ("GET " + PATH + " HTTP/1.1\r\nHost: learn.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n")


def handshake(server: RunningServer, **headers: str) -> int:
    """Return the status of a WebSocket's handshake with these headers more."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return said(server.port, f"{HANDSHAKE}{lines}\r\n".encode())[0]


def test_what_a_proxy_says_is_believed_only_where_a_setting_says_so(server: RunningServer) -> None:
    from_https = {"Origin": "https://learn.example", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "learn.example"}
    forged = {"Origin": "http://evil.example", "X_Forwarded_Host": "evil.example"}
    assert handshake(server, Origin="http://learn.example") == 101
    assert handshake(server, **from_https) == 400
    assert handshake(server, **forged) == 400
    with running_server(environment={"TRUST_PROXY": "1"}) as behind:
        assert handshake(behind, **from_https) == 101
        assert handshake(behind, Origin="http://evil.example", X_Forwarded_Proto="https",
                         X_Forwarded_Host="learn.example") == 400
        # nginx appends to what the client sent; only what it wrote itself, the last, is believed
        assert handshake(behind, Origin="http://evil.example", X_Forwarded_Proto="https",
                         X_Forwarded_Host="evil.example, learn.example") == 400
        assert handshake(behind, Origin="https://learn.example", X_Forwarded_Proto="http, https",
                         X_Forwarded_Host="evil.example, learn.example") == 101


def test_who_leaves_before_its_questions_are_looked_at_gets_no_answers(server: RunningServer) -> None:
    client = RawClient(server).connect()
    spec = {"depth": 30}
    client.send_together([*(packet("depth", spec, number) for number in range(1, 9)), "41", "40"])
    seen = []
    while not any(text.startswith("40") for text in seen):
        seen.append(client.socket.recv())
    client.socket.send(packet("catalog", {}, 100))
    while not seen[-1].startswith("43100["):
        seen.append(client.socket.recv())
    answered = [text for text in seen if re.match(r'43[1-8]\[{"ok":true', text)]
    assert len(answered) <= MOST_IN_FLIGHT  # not all eight, as if each came over a connection of its own
    client.close()

"""A clean stop, and what operators can ask: real processes, real sockets."""

from __future__ import annotations

import json
import signal
import socket
import tempfile
from typing import Any

import pytest
import requests
import websocket
from websocket import ABNF

from backprop.run_presets import RUN_PRESETS
from tests.contract.raw import RawClient, packet
from tests.server import RunningServer

CLASS = 200
BOUND_SECONDS = 20  # what is asked of the server: the test waits longer, as the machine may be slow
PATIENCE_SECONDS = 5 * BOUND_SECONDS
SMALL_BUFFER = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]


def started(**environment: str) -> RunningServer:
    return RunningServer(environment={"STOP_SECONDS": str(BOUND_SECONDS), **environment}).start()


def told(client: RawClient) -> Any:
    """Read up to the news that the server stops."""
    while not (text := client.socket.recv()).startswith('42["server_stopping"'):
        pass
    return json.loads(text[2:])[1]


def test_two_hundred_learners_are_told_and_closed_one_after_another(http: requests.Session) -> None:
    server = started()
    process = server.process
    assert http.get(f"{server.url}/readyz").text == "ready\n"  # this connection stays open
    clients = [RawClient(server).connect() for _ in range(CLASS)]
    process.send_signal(signal.SIGTERM)
    seconds = {told(client)["seconds"] for client in clients}
    assert seconds == {4.0}
    ready = http.get(f"{server.url}/readyz")
    assert (ready.status_code, ready.text) == (503, "The server is stopping.\n")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))
    assert {client.close_code() for client in clients} == {None}
    assert process.wait(PATIENCE_SECONDS) == 0
    for client in clients:
        client.close()
    server.stop()


def test_what_is_under_way_is_answered_before_the_end() -> None:
    server = started()
    client = RawClient(server).connect()
    presets = {preset["name"]: preset["spec"] for preset in client.call("catalog", {})["run_presets"]}
    number = client.ask("run", {"spec": presets["xor"], "epoch": 19_999, "stop": 20_000})
    client.call("catalog", {})  # so the one before is under way
    process = server.process
    process.send_signal(signal.SIGTERM)
    seen = []
    while not (text := client.socket.recv()).startswith(f"461-{number}[") and not text.startswith(f"43{number}["):
        seen.append(text)
    assert text.split("[", 1)[1].startswith('{"ok":true')
    assert client.close_code() is None
    client.close()
    assert process.wait(PATIENCE_SECONDS) == 0
    server.stop()


def test_who_does_not_read_is_cut_off_within_the_bound() -> None:
    with tempfile.TemporaryFile() as stderr:
        environment = {"STOP_SECONDS": "4", "METRICS": "1", "LOG_FORMAT": "json"}
        server = RunningServer(environment=environment, stderr=stderr).start()
        stalled, reader = stalling(server), RawClient(server).connect()
        assert reader.call("catalog", {})["ok"]
        process = server.process
        process.send_signal(signal.SIGTERM)
        assert reader.close_code() is None
        assert process.wait(PATIENCE_SECONDS) == 0
        server.stop()
        stalled.close()
        reader.close()
        stderr.seek(0)
        lines = [json.loads(line) for line in stderr.read().decode().splitlines()]
    assert [line["event"] for line in lines] == ["start", "stop", "stopped"]
    assert (lines[1]["connected"], lines[2]["cut"]) == (2, 1)


def stalling(server: RunningServer) -> RawClient:
    """Return a client that asked for more than it reads."""
    client = RawClient(server, sockopt=SMALL_BUFFER).connect()
    spec = client.call("catalog", {})["run_presets"][0]["spec"]
    for _ in range(60):
        number = client.ask("run", {"spec": spec, "epoch": 0, "stop": 20_000, "every": 20, "grid": 32})
        while counted(server, 'backprop_answers_total{event="run"}') < number - 1:  # the catalog was the first
            pass
        if counted(server, "backprop_unsent_bytes"):
            return client  # nothing more fits in between
    raise AssertionError("This client is served however little it reads.")


def counted(server: RunningServer, name: str) -> float:
    lines = requests.get(f"{server.url}/metrics", timeout=PATIENCE_SECONDS).text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(f"{name} "))


def test_a_page_that_is_being_sent_is_sent_whole(http: requests.Session) -> None:
    server = started()
    files = http.get(server.url).text.split('src="', 1)[1].split('"', 1)[0]
    size = len(http.get(server.url + files, headers={"Accept-Encoding": "identity"}).content)
    slow = socket.socket()
    slow.setsockopt(*SMALL_BUFFER[0])
    slow.connect(("127.0.0.1", server.port))
    slow.sendall(f"GET {files} HTTP/1.0\r\nHost: a\r\n\r\n".encode())
    received = slow.recv(1000)
    process = server.process
    process.send_signal(signal.SIGTERM)
    while (ready := http_status(http, server)) == 200:
        pass
    assert ready in (503, None)  # None: the kept connection is closed with the server
    while more := slow.recv(65536):
        received += more
    slow.close()
    assert len(received.split(b"\r\n\r\n", 1)[1]) == size
    assert process.wait(PATIENCE_SECONDS) == 0
    server.stop()


def http_status(http: requests.Session, server: RunningServer) -> int | None:
    try:
        return http.get(f"{server.url}/readyz").status_code
    except requests.ConnectionError:
        return None


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_it_at_once(second: signal.Signals) -> None:
    server = started(STOP_SECONDS="600", METRICS="1")
    stalled, reader = stalling(server), RawClient(server).connect()  # the first keeps it from ending for minutes
    reader.call("catalog", {})
    process = server.process
    process.send_signal(signal.SIGTERM)
    told(reader)
    process.send_signal(second)
    assert process.wait(PATIENCE_SECONDS) == 128 + second
    server.stop()
    stalled.close()
    reader.close()


def test_metrics_are_there_only_where_wanted(server: RunningServer, http: requests.Session) -> None:
    assert http.get(f"{server.url}/metrics").status_code == 404
    with_metrics = started(METRICS="1", MOST_CONNECTIONS="1")
    client = RawClient(with_metrics).connect()
    client.call("catalog", {})
    client.call("pass", {"spec": 3, "pass": 0})
    learner = {"spec": RUN_PRESETS[0].spec.as_dict(), "every": None, "grid": 0}
    for _ in range(3):  # the second and third are answered without being read
        client.socket.send(packet("run", {**learner, "epoch": 0, "stop": 10}, 9))
        while client.socket.recv_data()[0] != ABNF.OPCODE_BINARY:
            pass
    assert http.get(f"{with_metrics.url}/socket.io/?EIO=4&transport=websocket").status_code == 503
    answer = http.get(f"{with_metrics.url}/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    for line in ('backprop_answers_total{event="catalog"} 1.0', 'backprop_answers_total{event="run"} 3.0',
                 'backprop_refused_total{field="spec"} 1.0',
                 "backprop_connections_refused_total 1.0", "backprop_learners_connected 1.0"):
        assert line in lines
    [sent] = [float(line.split()[1]) for line in lines if line.startswith("backprop_sent_bytes_total")]
    assert sent > 1000
    client.close()
    assert with_metrics.stop() == 0


def test_without_its_redis_a_server_is_not_ready(http: requests.Session) -> None:
    server = started(REDIS_URL="redis://:secret@127.0.0.1:1/0", STOP_SECONDS="1")
    ready = http.get(f"{server.url}/readyz")
    assert (ready.status_code, ready.text) == (503, "Redis cannot be reached.\n")
    assert http.get(f"{server.url}/healthz").status_code == 200
    assert server.stop() == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_log_has_the_server_in_it_and_nobody_else(form: str, http: requests.Session) -> None:
    with tempfile.TemporaryFile() as stderr:
        server = RunningServer(environment={"LOG_FORMAT": form, "LOG_LEVEL": "debug"}, stderr=stderr).start()
        client = RawClient(server, header=["X-Secret: secret-header", "User-Agent: secret-agent"]).connect()
        client.call("secret-event", {"secret-field": "secret-value"})
        client.call("class_join", {"code": "SECRET", "learner": "secret-learner-0123456789"})
        client.socket.send('42["secret-broken')
        client.socket.send("secret-junk")
        http.get(f"{server.url}/class/SECRET?key=secret-key")
        raw = socket.create_connection(("127.0.0.1", server.port))
        raw.sendall(b"secret-method /secret\r\n\r\n")
        raw.recv(1000)
        with pytest.raises(websocket.WebSocketBadStatusException):
            RawClient(server, origin="http://secret.example")
        own = [each.getsockname()[1] for each in (raw, client.socket.sock)]
        raw.close()
        client.close()
        assert server.stop() == 0
        stderr.seek(0)
        text = stderr.read().decode()
    assert "secret" not in text.lower() and "127.0.0.1" not in text and "Traceback" not in text
    assert not any(str(port) in text for port in own)
    words = {"start", "library", "connection ended", "stop", "stopped"}
    lines = text.splitlines()
    assert len(lines) == len(words)
    if form == "json":
        assert {json.loads(line)["event"] for line in lines} == words
    else:
        assert all(any(line.split(" ", 2)[2].startswith(word) for line in lines) for word in words)


def test_a_server_for_everybody_prints_the_address_for_the_blackboard() -> None:
    import os
    import subprocess
    import sys

    from tests.server import DEADLINE_SECONDS, ROOT, first_line
    command = [sys.executable, "app.py", "--no-browser", "--host", "0.0.0.0", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), text=True, stdout=subprocess.PIPE,
                          encoding="utf-8") as process:
        try:
            port = first_line(process).split("http://127.0.0.1:")[1].split()[0]
            line = process.stdout.readline() if process.stdout else ""
        finally:
            process.terminate()
        assert process.wait(DEADLINE_SECONDS) == 0
    assert line.startswith("No network was found") or f":{port}" in line
    assert line.startswith("No network was found") or line.startswith("Put this on the blackboard: http://")

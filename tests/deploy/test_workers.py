"""Three servers behind nginx, with Redis: all real, started by what docs/deploy.md tells of."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import websocket

from backprop.serving.answers import Answers
from backprop.serving.door import security_headers
from deploy.local import Deployment, status
from tests.contract.raw import RawClient
from tests.deploy.learners import CHUNK, CHUNKS, LOOK_SECONDS, Learner, finished, questions, together
from tests.server import ROOT

LEARNERS = 9
WORKERS = 3


@pytest.fixture(scope="module")
def running() -> Iterator[Deployment]:
    with Deployment(WORKERS, environment={"METRICS": "1", "STOP_SECONDS": "10", "LOG_LEVEL": "warning"}) as deployment:
        yield deployment


@pytest.fixture(scope="module")
def undisturbed() -> list[list[bytes]]:
    """What each learner gets where nothing happens: worked out here, without a server."""
    answers = Answers()
    bodies: list[list[bytes]] = []
    for seed in range(LEARNERS):
        answered: list[Any] = [answers.answer("run", question) for question in questions(seed)]
        bodies.append([answer["body"] for answer in answered])
    return bodies


def final_losses(bodies: list[bytes]) -> tuple[bytes, bytes]:
    """Return the bits of the last loss of both lanes."""
    assert len(bodies) == CHUNKS
    return bodies[-1][8 * CHUNK - 8:8 * CHUNK], bodies[-1][16 * CHUNK - 8:16 * CHUNK]


def check_bits(learners: list[Learner], undisturbed: list[list[bytes]]) -> None:
    for learner, expected in zip(learners, undisturbed, strict=True):
        assert learner.bodies == expected
        assert final_losses(learner.bodies) == final_losses(expected)
        assert struct.unpack("<d", final_losses(learner.bodies)[1])[0] > 0.0


def numbers(port: int, name: str) -> float:
    """Return what one server's /metrics says of `name`, asked past nginx."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        text = answer.read().decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_every_server_serves_some_of_the_learners(running: Deployment, undisturbed: list[list[bytes]]) -> None:
    learners, go_on = together(running, LEARNERS)
    assert [numbers(server.port, "backprop_learners_connected") for server in running.servers] == [3.0, 3.0, 3.0]
    go_on.set()
    finished(learners)
    answered = [numbers(server.port, 'backprop_answers_total{event="run"}') for server in running.servers]
    assert all(count >= LEARNERS / WORKERS * CHUNKS for count in answered)
    assert [learner.connections for learner in learners] == [1] * LEARNERS
    check_bits(learners, undisturbed)


def test_the_numbers_are_not_for_everybody(running: Deployment) -> None:
    assert status(running.port, "/metrics") == 404
    assert status(running.port, "/") == status(running.port, "/readyz") == status(running.port, "/healthz") == 200


@pytest.mark.parametrize(("request_line", "more", "code"), [
    ("GET /metrics HTTP/1.1", "Host: here", 404),  # nginx answers these itself
    ("GET / HTTP/1.1", "No-Host: here", 400),
    ("POST / HTTP/1.1", "Host: here\r\nContent-Length: 1000000", 413),
    ("GET / HTTP/1.1", "Host: here", 200),
    ("GET /figure/race HTTP/1.1", "Host: here", 200),
])
def test_every_answer_through_nginx_has_the_security_headers_once(running: Deployment, request_line: str, more: str,
                                                                  code: int) -> None:
    with socket.create_connection(("127.0.0.1", running.port), 60) as asked:
        asked.sendall(f"{request_line}\r\n{more}\r\nConnection: close\r\n\r\n".encode())
        answer = http.client.HTTPResponse(asked)
        answer.begin()
    assert answer.status == code
    headers = security_headers(request_line.split()[1])
    for name, value in headers:
        assert answer.headers.get_all(name) == [value]
    framed = "X-Frame-Options" not in dict(headers)
    assert framed == (answer.headers["X-Frame-Options"] is None)


def test_a_page_from_elsewhere_gets_no_socket_through_nginx(running: Deployment) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        RawClient(running, origin="http://evil.example")
    assert refused.value.status_code == 400
    own = RawClient(running, origin=running.url).connect()
    assert own.call("catalog", {})["ok"]
    own.close()


def test_a_killed_worker_leaves_no_learner_stuck_and_no_bit_changed(running: Deployment,
                                                                    undisturbed: list[list[bytes]]) -> None:
    learners, go_on = together(running, LEARNERS)
    killed = running.servers[1].worker()
    assert killed
    os.kill(killed, signal.SIGKILL)
    go_on.set()
    finished(learners)
    assert sorted(learner.connections for learner in learners)[-3:] != [1, 1, 1]  # its learners came back
    assert sum(learner.connections == 1 for learner in learners) == LEARNERS - 3  # and nobody else noticed
    check_bits(learners, undisturbed)
    while running.servers[1].worker() in (None, killed):
        time.sleep(LOOK_SECONDS)
    running.servers[1].wait()  # gunicorn has put another in its place


def test_a_rolling_restart_loses_nothing(running: Deployment, undisturbed: list[list[bytes]]) -> None:
    learners, go_on = together(running, LEARNERS)
    before = [server.worker() for server in running.servers]
    seen: list[int | None] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(status(running.port, "/static/icon.svg"))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        running.roll()
    finally:
        done.set()
        looking.join()
    go_on.set()
    finished(learners)
    assert not set(before) & {server.worker() for server in running.servers}
    assert all(learner.news >= 1 and learner.connections >= 2 for learner in learners)
    assert seen and set(seen) == {200}
    check_bits(learners, undisturbed)


def test_without_redis_no_server_is_ready_and_who_learns_alone_goes_on(running: Deployment,
                                                                       undisturbed: list[list[bytes]]) -> None:
    learners, go_on = together(running, 3)
    running.kill_redis()
    assert [server.asked("/readyz") for server in running.servers] == [503] * WORKERS
    assert [server.asked("/healthz") for server in running.servers] == [200] * WORKERS
    newcomer = RawClient(running).connect()
    assert newcomer.call("catalog", {})["ok"]
    newcomer.close()
    go_on.set()
    finished(learners)
    check_bits(learners, undisturbed[:3])
    running.start_redis()
    assert [server.asked("/readyz") for server in running.servers] == [200] * WORKERS


def test_a_wrong_setting_ends_a_worker_s_start_with_one_sentence() -> None:
    done = subprocess.run([sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn_settings.py"], cwd=ROOT, text=True,
                          env={**os.environ, "MOST_CONNECTIONS": "many"}, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr == "MOST_CONNECTIONS takes a whole number from 1 to 100000, but got 'many'.\n"


def test_all_of_it_stops_cleanly_with_learners_connected() -> None:
    deployment = Deployment(2, environment={"STOP_SECONDS": "5"})
    with deployment:
        clients = [RawClient(deployment).connect() for _ in range(4)]
        ended = deployment.stop()
        assert set(ended.values()) == {0}, ended
    for client in clients:
        assert client.close_code() is None
        client.close()

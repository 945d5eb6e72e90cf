"""What the server says over HTTP, and to whom it opens a WebSocket."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import requests
import websocket

from tests.contract.raw import PATH, RawClient
from tests.server import RunningServer

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")


@pytest.fixture
def http() -> Iterator[requests.Session]:
    session = requests.Session()
    session.trust_env = False  # no proxy between the two of us
    with session:
        yield session


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/healthz", 200), ("GET", "/static/css/tokens.css", 200),
    ("GET", "/nothing", 404), ("GET", "/static/nothing.js", 404), ("GET", "/static/../app.py", 404), ("POST", "/", 405),
    ("GET", "/socket.io/?EIO=4&transport=polling", 400), ("POST", "/socket.io/?EIO=4&transport=websocket", 400),
    ("GET", PATH, 400),
])
def test_every_answer_has_the_security_headers(server: RunningServer, http: requests.Session, method: str, path: str,
                                               status: int) -> None:
    answer = http.request(method, server.url + path)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_files_are_kept_and_asked_for_again(server: RunningServer, http: requests.Session) -> None:
    first = http.get(f"{server.url}/static/css/tokens.css")
    assert first.headers["Cache-Control"] == "no-cache"
    again = http.get(f"{server.url}/static/css/tokens.css", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == POLICY


def test_the_page_brings_its_first_pass_along(server: RunningServer, http: requests.Session, raw: RawClient) -> None:
    page = http.get(server.url)
    assert page.headers["Cache-Control"] == "no-cache"
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page.text, re.DOTALL)
    assert found
    boot = json.loads(found.group(1), parse_constant=lambda name: pytest.fail(f"{name} in the page"))
    assert boot["catalog"] == raw.call("catalog", {})
    assert boot["first"] == raw.call("pass", {"spec": boot["catalog"]["presets"][0]["spec"], "pass": 0})


def test_a_sign_of_life(server: RunningServer, http: requests.Session) -> None:
    answer = http.get(f"{server.url}/healthz")
    assert answer.text == "ok\n"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_pages_from_elsewhere_get_no_socket(server: RunningServer, origin: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        RawClient(server, origin=origin)
    assert refused.value.status_code == 400


def test_the_page_itself_does(server: RunningServer) -> None:
    own = RawClient(server, origin=server.url).connect()
    assert own.call("catalog", {})["ok"]
    own.close()

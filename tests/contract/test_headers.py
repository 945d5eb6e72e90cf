"""The headers of every answer: of every route, of every refusal, and of those that the web server itself gives."""

from __future__ import annotations

import base64
import json
import re
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from itertools import product

import pytest

from backprop.serving.door import security_headers
from backprop.serving.limits import MESSAGE_BYTES
from tests.contract.raw import PATH, RawClient
from tests.server import DEADLINE_SECONDS, ROOT, RunningServer

ROUTES = """
import json
from app import create_app
print(json.dumps([[rule.rule, sorted(rule.arguments)] for rule in create_app().url_map.iter_rules()]))
"""
ARGUMENTS = {"filename": "css/tokens.css", "version": "0" * 12, "name": "race"}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE")


def addresses() -> list[str]:
    """Return an address of every route there is."""
    done = subprocess.run([sys.executable, "-c", ROUTES], cwd=ROOT, capture_output=True, text=True, check=True,
                          timeout=4 * DEADLINE_SECONDS)
    found = []
    for rule, arguments in json.loads(done.stdout.splitlines()[-1]):
        address = rule
        for argument in arguments:
            value = ARGUMENTS.get(argument, "nothing")
            address = re.sub(rf"<[^<>]*\b{argument}>", value, address)
        assert "<" not in address, rule
        found.append(address)
    return found


def check_headers(headers: dict[str, list[str]], path: str, what: str) -> None:
    """Hold each header against what it must be, once and no more."""
    for name, value in security_headers(path):
        assert headers.get(name.lower()) == [value], f"{what}: {name}"
    if "x-frame-options" not in {name.lower() for name, _ in security_headers(path)}:
        assert "x-frame-options" not in headers, what


def said(port: int, sent: bytes, shut: bool = False) -> tuple[int, dict[str, list[str]], bytes]:
    """Send bytes, and return the status, the headers and the rest of what comes back until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), DEADLINE_SECONDS) as connection:
        connection.sendall(sent)
        if shut:
            connection.shutdown(socket.SHUT_WR)
        came = b""
        while b"\r\n\r\n" not in came:
            more = connection.recv(65536)
            if not more:
                break
            came += more
    head, _, rest = came.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    assert first.startswith("HTTP/1.1 "), came
    return int(first.split()[1]), headers, rest


def test_every_route_and_method_has_them(server: RunningServer) -> None:
    paths = [*addresses(), "/nothing", "/socket.io", "/socket.io/", "/socket.io/x", "/figure/nothing",
             "/static/../app.py"]
    assert {"/", "/healthz", "/figure/race", "/static/css/tokens.css"} <= set(paths)
    statuses = set()
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=DEADLINE_SECONDS)) as connection:
        for path, method in product(paths, METHODS):
            connection.request(method, path)
            with connection.getresponse() as answer:
                answer.read()
            statuses.add(answer.status)
            found: dict[str, list[str]] = {}
            for name, value in answer.getheaders():
                found.setdefault(name.lower(), []).append(value)
            check_headers(found, path, f"{method} {path}")
            assert answer.status < 500, f"{method} {path}"
    assert {200, 400, 404, 405} <= statuses


def test_a_page_that_was_not_changed_has_them(server: RunningServer) -> None:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=DEADLINE_SECONDS)) as connection:
        for path in ("/", "/figure/race", "/static/css/tokens.css"):
            connection.request("GET", path)
            with connection.getresponse() as answer:
                answer.read()
            connection.request("GET", path, headers={"If-None-Match": answer.headers["ETag"]})
            with connection.getresponse() as again:
                assert (again.status, again.read()) == (304, b"")
            check_headers({name.lower(): [value] for name, value in again.getheaders()}, path, path)


HOST = b"Host: x\r\n"
KEY = base64.b64encode(b"0123456789abcdef")
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"


@pytest.mark.parametrize(("sent", "status"), [
    (b"nonsense\r\n\r\n", 400), (b"\r\n\r\n", 400), (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    (b"GET / HTTP/9.9\r\n\r\n", 400), (b"GET / HTTP/x\r\n\r\n", 400), (b"GET / FTP/1.1\r\n\r\n", 400),
    (b"POST /\r\n\r\n", 400), (b"GET  /  /  HTTP/1.1\r\n\r\n", 400),
    (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
    (b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n", 400),
    (b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % (MESSAGE_BYTES + 1), 413),
    (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 4000 + b"\r\n\r\n", 413),
    (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n", 413),
    (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 10\r\n\r\n", 405),
    (b"GET /%00%ff%fe/../../etc/passwd HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 404),
    (b"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 404),
    (b"GET /?" + b"&a[]=%ff" * 900 + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHost: evil\"><script>\r\nConnection: close\r\n\r\n", None),
    (b"GET " + PATH.encode() + b" HTTP/1.1\r\n" + HOST + UPGRADE + b"\r\n", 400),
    (b"GET " + PATH.encode() + b" HTTP/1.1\r\n" + HOST + UPGRADE + b"Sec-WebSocket-Version: 13\r\n\r\n", 400),
    (b"GET " + PATH.encode() + b" HTTP/1.1\r\n" + HOST + UPGRADE + b"Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: "
     + KEY + b"\r\n\r\n", 400),
    (b"GET " + PATH.encode() + b" HTTP/1.1\r\n" + HOST + UPGRADE + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
     b"c2hvcnQ=\r\n\r\n", 400),
    (b"GET " + PATH.encode() + b" HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
     b"Sec-WebSocket-Key: " + KEY + b"\r\n\r\n", 400),
    (b"GET /socket.io?EIO=4&transport=websocket HTTP/1.1\r\n" + HOST + UPGRADE + b"\r\n", 400),
    (b"GET " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\n" + UPGRADE
     + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + b"\r\n\r\n", 400),
])
def test_what_is_no_good_request_is_told_so_with_them(server: RunningServer, sent: bytes, status: int | None) -> None:
    found, headers, _ = said(server.port, sent)
    assert (status is None and found < 500) or found == status
    check_headers(headers, "/", repr(sent[:60]))


def test_a_handshake_that_fails_leaves_no_connection_behind(server: RunningServer) -> None:
    """Each of these once kept a place for ever, of the few that there are."""
    sent = b"GET " + PATH.encode() + b" HTTP/1.1\r\n" + HOST + UPGRADE + b"Sec-WebSocket-Version: 13\r\n"
    for number in range(300):
        extra = [b"", b"Sec-WebSocket-Key: !\r\n",
                 b"Sec-WebSocket-Key: " + KEY + b"\r\nSec-WebSocket-Extensions: \xff;;=\r\n"]
        status, _, _ = said(server.port, sent + extra[number % 3] + b"\r\n")
        assert status in (101, 400)
    client = RawClient(server).connect()
    assert client.call("catalog", {})["ok"]
    client.close()

"""What the server says over HTTP, and to whom it opens a WebSocket."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest
import requests
import websocket

from tests.contract.raw import PATH, RawClient
from tests.server import ROOT, RunningServer

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
FOR_EVER = "public, max-age=31536000, immutable"
PACKED = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}


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


@pytest.mark.parametrize("name", ["passes", "hill", "race", "batch", "xor", "twins", "depth"])
def test_a_figure_alone_may_stand_in_any_page(server: RunningServer, http: requests.Session, name: str) -> None:
    answer = http.get(f"{server.url}/figure/{name}?s=1.x&theme=dark&big")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == FRAMED
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Frame-Options" not in answer.headers
    assert answer.text.count(f"<bp-{name}") == 1
    assert 'class="projector"' in answer.text
    assert re.search(r'id="theme-dark" checked', answer.text)


def test_an_unknown_figure_is_told_in_words(server: RunningServer, http: requests.Session) -> None:
    answer = http.get(f"{server.url}/figure/cost")
    assert answer.status_code == 404
    assert answer.text == "There is no figure of that name. There are: passes, hill, race, batch, xor, twins, depth.\n"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/figure", "/figures/race", "/x/figure/race", "/%2e/figure/race"])
def test_nothing_but_a_figure_may_be_framed(server: RunningServer, http: requests.Session, path: str) -> None:
    assert http.get(server.url + path).headers["Content-Security-Policy"] == POLICY


def versioned(server: RunningServer, http: requests.Session, path: str) -> str:
    """Return the address of a file in the folder that the page has its files from."""
    found = re.search(r'"(/static/v[0-9a-f]{12}/)icon.svg"', http.get(server.url).text)
    assert found
    return server.url + found[1] + path


@pytest.mark.parametrize("path", ["css/tokens.css", "js/main.js", "vendor/lit.js", "icon.svg"])
def test_files_of_a_version_are_kept_for_ever(server: RunningServer, http: requests.Session, path: str) -> None:
    answer = http.get(versioned(server, http, path), headers=PACKED)
    assert answer.headers["Cache-Control"] == FOR_EVER
    own = (ROOT / "static" / path).read_bytes()
    assert answer.content == own
    assert http.get(versioned(server, http, path), headers=PLAIN).content == own


def test_a_version_covers_what_its_files_name(server: RunningServer, http: requests.Session) -> None:
    """Relative addresses in style sheets stay inside the version's folder."""
    for sheet in ("css/page.css", "vendor/katex.css"):
        address = versioned(server, http, sheet)
        named = re.findall(r'url\("?([^")]+woff2)"?\)', http.get(address).text)
        assert named, sheet
        for font in named:
            answer = http.get(urljoin(address, font), headers=PACKED)
            assert (answer.headers["Cache-Control"], answer.headers["Content-Type"]) == (FOR_EVER, "font/woff2"), font
            assert "Content-Encoding" not in answer.headers  # packed already


@pytest.mark.parametrize("path", ["/", "/figure/race"])
def test_a_page_names_few_files_and_all_of_its_version(server: RunningServer, http: requests.Session,
                                                       path: str) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', http.get(server.url + path).text)
    assert len(named) <= 6, named
    for name in named:
        answer = http.get(server.url + name)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_EVER), name


def test_the_joined_files_hold_every_sheet_and_module(server: RunningServer, http: requests.Session) -> None:
    style = http.get(versioned(server, http, "css/page.css")).text
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        assert sheet.read_text() in style, f"{sheet.name} is not in SHEETS of page_files.py"
    script = http.get(versioned(server, http, "js/page.js")).text
    assert "import" not in re.findall(r"^\w+", script, re.MULTILINE)
    for element in ("bp-passes", "bp-hill", "bp-race", "bp-xor", "bp-batch", "bp-twins", "bp-stuck", "bp-depth",
                    "bp-copy-link"):
        assert f'customElements.define("{element}"' in script


@pytest.mark.parametrize("path", ["/static/css/tokens.css", "/static/v000000000000/css/tokens.css"])
def test_files_without_their_version_are_asked_for_again(server: RunningServer, http: requests.Session,
                                                        path: str) -> None:
    first = http.get(server.url + path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = http.get(server.url + path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("path", ["/", "/figure/race", "/static/js/main.js", "/static/css/base.css"])
def test_texts_are_packed_for_who_takes_that(server: RunningServer, http: requests.Session, path: str) -> None:
    packed, plain = http.get(server.url + path, headers=PACKED), http.get(server.url + path, headers=PLAIN)
    assert packed.content == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert int(packed.headers["Content-Length"]) < 0.7 * int(plain.headers["Content-Length"])
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for answer, accepted in ((packed, PACKED), (plain, PLAIN)):
        assert answer.headers["Vary"] == "Accept-Encoding"
        again = http.get(server.url + path, headers={**accepted, "If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Vary"] == "Accept-Encoding"
    refused = http.get(server.url + path, headers={"Accept-Encoding": "gzip;q=0, br"})
    assert "Content-Encoding" not in refused.headers


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

"""The pages of a class, and the picture of its address."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
import segno

from backprop.serving.class_routes import qr_svg
from tests.server import RunningServer


@pytest.mark.parametrize(("path", "body"), [
    ("/class/abc234", '<body data-class="ABC234">'), ("/teach/ABC234", '<body data-teach="ABC234">'),
    ("/class/ABC234/qr.svg", "<svg "),
])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_the_pages_of_a_class(server: RunningServer, http: requests.Session, path: str, body: str,
                              encoding: str) -> None:
    answer = http.get(server.url + path, headers={"Accept-Encoding": encoding})
    assert (answer.status_code, answer.text.count(body)) == (200, 1)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/class/", "/class/a b", "/class/%22onload=", "/class/" + "A" * 21, "/teach/%3Cb%3E",
                                  "/class/ABCDE0/qr.svg", "/class/ABC/qr.svg", "/class", "/teach"])
def test_what_is_no_code_has_no_page(server: RunningServer, http: requests.Session, path: str) -> None:
    answer = http.get(server.url + path)
    assert answer.status_code == 404
    assert answer.text == "There is nothing here.\n"


def test_no_picture_is_made_of_an_endless_host(server: RunningServer, http: requests.Session) -> None:
    answer = http.get(f"{server.url}/class/abc234/qr.svg", headers={"Host": "a" * 5000})
    assert answer.status_code in (400, 404)


def test_the_page_itself_is_in_no_class(server: RunningServer, http: requests.Session) -> None:
    assert "<body>" in http.get(server.url).text


def test_the_qr_code_is_of_the_address_that_the_page_has(server: RunningServer, http: requests.Session) -> None:
    for host in (urlsplit(server.url).netloc, "lesson.example:8080"):
        picture = http.get(f"{server.url}/class/abc234/qr.svg", headers={"Host": host}).content
        assert picture == qr_svg(f"http://{host}/class/ABC234")
        assert segno.make(f"http://{host}/class/ABC234", error="m", micro=False).version <= 4

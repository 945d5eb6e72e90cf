"""What is no request at all: packets that cannot be read, frames that break the protocol, HTTP that is none."""

from __future__ import annotations

import struct
from typing import Any

from hypothesis import strategies as st

from tests.contract.raw import PATH

PIECES = [
    "42", "420", "421", "4217", "4", "40", "41", "43", "44", "45", "451-", "46", "2", "3", "5", "6", "b", "0", "1",
    "/", "/other,", ",", "-", "[", "]", "{", "}", '"', "\\", ":", "null", "true", "NaN", "-Infinity", "1e999",
    "1" * 400, '["pass"', '["catalog",{}]', '{"spec":', '"\\ud800"', "\x00", "\u2028", "٣", "²", "[" * 9000,
    '{"a":' * 3000,
]
packets = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), min_size=1, max_size=8).map("".join)


def raw_frame(first: int, length_bits: int, claimed: int, body: bytes, mask: bool) -> bytes:
    """Return a frame with whatever header, true or not."""
    bit = 0x80 if mask else 0
    if length_bits == 16:
        head = struct.pack(">BBH", first, bit | 126, claimed & 0xFFFF)
    elif length_bits == 64:
        head = struct.pack(">BBQ", first, bit | 127, claimed)
    else:
        head = struct.pack(">BB", first, bit | (claimed & 0x7F if claimed & 0x7F < 126 else 125))
    return head + (b"\x00" * 4 if mask else b"") + body


frames = st.lists(st.one_of(
    st.builds(raw_frame, st.integers(0, 255), st.sampled_from([7, 16, 64]),
              st.one_of(st.integers(0, 200), st.sampled_from([65535, 65536, 2**31, 2**63 - 1, 2**64 - 1])),
              st.binary(max_size=300), st.booleans()),
    st.binary(min_size=1, max_size=200)), min_size=1, max_size=6).map(b"".join)

METHODS = [
    "GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "TRACE", "CONNECT", "get", "G\x00T", "", "PRI * HTTP/2.0",
]
PATHS = [
    PATH, "/socket.io/?EIO=4&transport=polling", PATH + "&sid=x", PATH + "&j=1", "*", "//", "", "http://evil/", "/%",
    "/%00", "/\xff", "/?" + "a=b&" * 1500, "/" + "../" * 50, "/figure/" + "x" * 3000,
]
VERSIONS = ["HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.99", "HTTP/-1.1", "HTTP/x", "", "http/1.1"]
HEADERS = [
    "Host: x", "Host: ", "Host: a\tb", "Content-Length: 5", "Content-Length: -5", "Content-Length: 5, 5",
    "Content-Length: 99999999999", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
    "Connection: Upgrade", "Connection: keep-alive", "Upgrade: websocket", "Upgrade: h2c",
    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Key: x",
    "Sec-WebSocket-Extensions: \xff", "Sec-WebSocket-Protocol: a,,b", "Origin: null", "Origin: http://x",
    "X-Forwarded-Proto: https", "X-Forwarded-Host: evil", "Accept-Encoding: gzip;q=x",
    "Accept-Encoding: " + "gzip," * 500, "If-None-Match: \"", "If-Modified-Since: never", "Range: bytes=5-1,-",
    "Expect: 100-continue", "Cookie: " + "a=b;" * 900, " folded: x", "no colon", ": no name", "X: \x00", "Date: x",
]


@st.composite
def requests(draw: st.DrawFn, routes: list[str]) -> bytes:
    """Draw bytes that look more or less like an HTTP request."""
    path = draw(st.one_of(
        st.sampled_from([*routes, *PATHS]),
        st.builds(lambda route, tail: route + tail, st.sampled_from(routes),
                  st.text(st.characters(max_codepoint=255, exclude_characters="\r\n "), max_size=30))))
    first = f"{draw(st.sampled_from(METHODS))} {path} {draw(st.sampled_from(VERSIONS + ['HTTP/1.1'] * 8))}"
    lines = [first, *draw(st.lists(st.sampled_from(HEADERS), max_size=8))]
    end = draw(st.sampled_from(["\r\n", "\r\n", "\r\n", "\n", "\r"]))
    text: Any = end.join(lines) + end + end
    return text.encode("latin-1", "replace") + draw(st.binary(max_size=50))

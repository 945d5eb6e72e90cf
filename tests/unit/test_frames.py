"""Frames as the server writes them, and as it reads those of browsers: what wsproto writes and reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websocket import ABNF
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, TextMessage

from backprop.serving.frames import framed
from backprop.serving.plain_frames import PlainFrames

TEXTS = ["", "3", "40", "é", "x" * 125, "x" * 126, "→" * 9000, "x" * 65_535]


@pytest.mark.parametrize("message", [*TEXTS, "x" * 65_536, b"", b"x" * 125, b"x" * 126, b"x" * 70_000])
def test_a_frame_is_read_as_it_was_meant(message: str | bytes) -> None:
    reader = Connection(ConnectionType.CLIENT)
    reader.receive_data(framed(message))
    events = list(reader.events())
    assert all(isinstance(event, TextMessage if isinstance(message, str) else BytesMessage) for event in events)
    assert type(message)().join(event.data for event in events) == message  # type: ignore[attr-defined]
    assert events[-1].message_finished  # type: ignore[attr-defined]


def written(text: str | bytes, opcode: int = ABNF.OPCODE_TEXT, fin: int = 1) -> bytes:
    formed: bytes = ABNF.create_frame(text, opcode, fin).format()
    return formed


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=200), max_size=6), st.lists(st.integers(1, 70_000)))
def test_texts_are_read_however_they_are_cut(texts: list[str], cuts: list[int]) -> None:
    data, reader, found = b"".join(map(written, texts)), PlainFrames(), []
    for cut in [*cuts, len(data)]:
        more, rest = reader.texts(data[:cut])
        data = data[cut:]
        assert rest is None
        found += more
    assert found == texts


def test_texts_are_read_byte_by_byte() -> None:
    reader, found = PlainFrames(), []
    for byte in written("one") + written("2" * 200) + written("é"):
        more, rest = reader.texts(bytes([byte]))
        assert rest is None
        found += more
    assert found == ["one", "2" * 200, "é"]


@pytest.mark.parametrize("other", [
    written("x", fin=0), written("x", ABNF.OPCODE_CONT), written(b"x", ABNF.OPCODE_BINARY),
    written("", ABNF.OPCODE_PING),
    written(b"\x03\xe8", ABNF.OPCODE_CLOSE), written("x" * 65_536), written(b"\xff", ABNF.OPCODE_TEXT),
    b"\x81\x01x", b"\xc1\x81\0\0\0\0x", b"\x81\xfe\x00\x01\0\0\0\0x",
])
def test_whatever_is_not_a_whole_masked_text_is_left_as_it_came(other: bytes) -> None:
    rest = other + written("two")
    assert PlainFrames().texts(written("one") + rest) == (["one"], rest)

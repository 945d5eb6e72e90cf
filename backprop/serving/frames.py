"""WebSocket frames as a server sends them: whole messages, without a mask."""

from __future__ import annotations

TEXT, BINARY = 0x81, 0x82  # the last frame of a message, and what is in it


def framed(message: str | bytes) -> bytes:
    """Return one message as one frame."""
    data = message.encode() if isinstance(message, str) else message
    kind, size = TEXT if isinstance(message, str) else BINARY, len(data)
    if size < 126:
        return bytes((kind, size)) + data
    if size < 65536:
        return bytes((kind, 126)) + size.to_bytes(2, "big") + data
    return bytes((kind, 127)) + size.to_bytes(8, "big") + data

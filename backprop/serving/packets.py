"""Inbound packets, made harmless: whatever a client sends becomes one well-formed request that can be answered."""

from __future__ import annotations

import re
from typing import Any

from socketio import packet

from .wire import Encoded, LongText, StrictJSON, WithBytes

REQUEST = "request"
LONG_CHARACTERS = 16_384
MALFORMED = ""  # the name of an event that nobody can have meant
_WITH_ID = re.compile(r"[256](?:\d{1,9}-)?(\d{1,15})(?=[\[{]|$)")


class Packet(packet.Packet):  # type: ignore[misc]
    """Read every event as the event "request" with what was asked, and its payload, as arguments.

    The library hands reserved names ("connect") to the wrong handlers, waits for binary attachments, and gives a
    packet that it cannot read no answer at all. Here those become requests too, to be refused like any other.
    """

    json = StrictJSON
    data: Any

    def decode(self, encoded_packet: Any) -> int:
        """Read one packet; never raise, never ask for attachments."""
        try:
            attachments = super().decode(encoded_packet) or 0
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return self._become_malformed(encoded_packet)
        if attachments or self.packet_type in (packet.BINARY_EVENT, packet.BINARY_ACK):
            return self._become_malformed(encoded_packet)
        if self.packet_type in (packet.CONNECT, packet.DISCONNECT):
            return 0
        if self.packet_type != packet.EVENT or not _names_an_event(self.data):
            return self._become_malformed(encoded_packet)
        self.data = [REQUEST, *self.data]
        return 0

    def encode(self) -> Any:
        """Return the packet as text; a long answer as one that is put together only as it is sent."""
        if self.packet_type == packet.ACK and _is_long(self.data) and self.namespace in (None, "/"):
            return LongText(f"{packet.ACK}{self.id}[", self.data[0].text)
        return super().encode()

    @classmethod
    def data_is_binary(cls, data: Any) -> bool:
        """Say whether bytes are to be sent beside the JSON, without a walk through what is known."""
        if isinstance(data, list) and len(data) == 1 and isinstance(data[0], Encoded | WithBytes):
            return isinstance(data[0], WithBytes)
        return bool(super().data_is_binary(data))

    @classmethod
    def deconstruct_binary(cls, data: Any) -> tuple[Any, list[bytes]]:
        """Return the data with a place for the bytes, and the bytes."""
        if isinstance(data, list) and len(data) == 1 and isinstance(data[0], WithBytes):
            return [data[0].head], [data[0]["body"]]
        found: tuple[Any, list[bytes]] = super().deconstruct_binary(data)
        return found

    def _become_malformed(self, encoded_packet: Any) -> int:
        found = _WITH_ID.match(encoded_packet) if isinstance(encoded_packet, str) else None
        self.packet_type = packet.EVENT
        self.namespace = None
        self.id = int(found.group(1)) if found else None
        self.data = [REQUEST, MALFORMED]
        return 0


def _names_an_event(data: object) -> bool:
    return isinstance(data, list) and len(data) > 0 and isinstance(data[0], str)


def _is_long(data: object) -> bool:
    return (isinstance(data, list) and len(data) == 1 and isinstance(data[0], Encoded)
            and len(data[0].text) > LONG_CHARACTERS)

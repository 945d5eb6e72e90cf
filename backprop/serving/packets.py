"""Inbound packets, made harmless: whatever a client sends becomes one well-formed request that can be answered."""

from __future__ import annotations

import re
from typing import Any

from socketio import packet

from .wire import StrictJSON

MALFORMED = ""  # the name of an event that nobody can have meant
_WITH_ID = re.compile(r"[256](?:\d{1,9}-)?(\d{1,15})(?=[\[{]|$)")


class Packet(packet.Packet):  # type: ignore[misc]
    """Read whatever is neither CONNECT nor DISCONNECT as an event, which may be MALFORMED.

    The library waits for binary attachments, and gives a packet that it cannot read no answer at all. Here those become
    requests too, to be refused like any other (direct.py).
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
        return 0

    def _become_malformed(self, encoded_packet: Any) -> int:
        found = _WITH_ID.match(encoded_packet) if isinstance(encoded_packet, str) else None
        self.packet_type = packet.EVENT
        self.namespace = None
        self.id = int(found.group(1)) if found else None
        self.data = [MALFORMED]
        return 0


def _names_an_event(data: object) -> bool:
    return isinstance(data, list) and len(data) > 0 and isinstance(data[0], str)

"""The addresses under which others in the room reach this machine, found without sending anything."""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress

DOCUMENTATION = ("192.0.2.1", 9)  # nobody has this address; connecting UDP only asks the routing table
SIOCGIFADDR = 0x8915  # Linux: the address of an interface


def network_addresses() -> list[str]:
    """Return this machine's IPv4 addresses, the one that leads out first; none where there is no network."""
    found = [address for address in (_routed(), *_of_interfaces()) if address and _others_reach(address)]
    return list(dict.fromkeys(found))


def for_the_blackboard(addresses: list[str], port: int) -> str:
    """Return in words which address learners type."""
    urls = [f"http://{address}:{port}" for address in addresses]
    if not urls:
        return "No network was found: nobody but this machine can reach it."
    if len(urls) == 1:
        return f"Put this on the blackboard: {urls[0]}"
    return f"Put this on the blackboard: {urls[0]} (should it not open, try {', '.join(urls[1:])})"


def for_the_teacher(addresses: list[str], port: int) -> str | None:
    """Return where the teacher's browser is to open; None where there is no network.

    A class's link and QR code name the address at which its teacher's page is: at 127.0.0.1 nobody else would find it.
    """
    return f"http://{addresses[0]}:{port}" if addresses else None


def _routed() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(DOCUMENTATION)
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _of_interfaces() -> list[str]:
    if sys.platform != "linux":
        return []
    import fcntl
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # it has no address
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _others_reach(address: str) -> bool:
    return not address.startswith(("127.", "169.254.", "0."))

"""Attacks, each by itself, on a server at a port: python -m bench.attacks NAME PORT. Goes on until its input ends.

Without arguments it says, as JSON, which there are.
"""

from gevent import monkey

monkey.patch_all()

import base64  # noqa: E402
import itertools  # noqa: E402
import json  # noqa: E402
import socket  # noqa: E402
import struct  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402

HANDSHAKE = ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
             "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
             f"{base64.b64encode(b'0123456789abcdef').decode()}\r\n\r\n").encode()
ATTACKERS = 20
SMALL: dict[str, Any] = {
    "v": 1, "layers": [2, 2, 1], "activations": ["sigmoid", "sigmoid"], "loss": "half_squared_error",
    "learning_rate": 1.0, "biases": False, "data": {"x": [[0.35, 0.7]], "y": [[0.5]]},
    "initial": {"kind": "given", "weights": [[[0.2, 0.3], [0.2, 0.3]], [[0.3], [0.9]]], "biases": None}}
RANDOM = {"kind": "random", "initializer": "xavier", "seed": 1}
LARGE = {**SMALL, "layers": [2, 8, 8, 8, 8, 8], "activations": ["tanh"] * 5, "initial": RANDOM,
         "data": {"x": [[0.5, -1.0]], "y": [[0.1] * 8]}}
RUN: dict[str, Any] = {
    "v": 1, "layers": [2, 8, 8, 8, 8, 1], "activations": ["tanh"] * 4 + ["sigmoid"], "loss": "half_squared_error",
    "biases": True, "data": {"x": [[0.01 * n, 0.3] for n in range(64)], "y": [[0.5]] * 64},
    "lanes": [{"learning_rate": 0.5, "initial": RANDOM}]}
numbers = itertools.count(1)


def frame(data: bytes, opcode: int = 1, fin: int = 0x80) -> bytes:
    """Return a frame as a client sends it, masked with nothing."""
    size = len(data)
    length = struct.pack(">B", 128 | size) if size < 126 else struct.pack(">BH", 254, size) if size < 65536 else \
        struct.pack(">BQ", 255, size)
    return bytes([fin | opcode]) + length + b"\x00" * 4 + data


def ask(event: str, payload: object) -> bytes:
    """Return a request as it goes onto the wire."""
    return frame(f"42{next(numbers)}{json.dumps([event, payload], separators=(',', ':'))}".encode())


def tcp(port: int, room: int | None = None) -> socket.socket:
    """Return a connected socket; room: bytes that its own end takes unread."""
    made = socket.socket()
    if room:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    made.settimeout(60)
    made.connect(("127.0.0.1", port))
    return made


def web(port: int, room: int | None = None) -> socket.socket:
    """Return a WebSocket that is connected to Socket.IO."""
    made = tcp(port, room)
    made.sendall(HANDSHAKE)
    came = made.recv(4096)
    if not came.startswith(b"HTTP/1.1 101"):
        made.close()
        raise ConnectionError(came[:12].decode("latin-1"))
    made.sendall(frame(b"40"))
    return made


def with_answers(connection: socket.socket) -> socket.socket:
    """Read and forget all that comes, beside what is sent."""
    def read() -> None:
        try:
            while connection.recv(65536):
                pass
        except OSError:
            pass
    gevent.spawn(read)
    return connection


def over_and_over(once: Callable[[], None], pause: float = 0.05) -> None:
    """Do it again and again, after a pause where the server hung up."""
    while True:
        try:
            once()
        except OSError:
            gevent.sleep(pause)


def sending(port: int, made: Callable[[], bytes], pause: float = 0.0) -> None:
    """Send and send, on a new connection when one is closed."""
    def once() -> None:
        connection = with_answers(web(port))
        while True:
            connection.sendall(made())
            gevent.sleep(pause)
    over_and_over(once)


def new_small() -> bytes:
    """Ask for a pass that nobody asked for."""
    return ask("pass", {"spec": {**SMALL, "learning_rate": next(numbers) / 1e6}, "pass": next(numbers) % 1000})


def new_large() -> bytes:
    """Ask for passes of a large network that nobody asked for."""
    return ask("passes", {"spec": {**LARGE, "learning_rate": next(numbers) / 1e6}, "start": 0, "count": 20})


def new_starts() -> bytes:
    """Ask for a thousand starts that nobody asked for: some ten seconds of work."""
    return ask("seeds", {"spec": {**RUN, "order_seed": next(numbers)}, "stop": 250, "seeds": 1000})


def new_mixed() -> bytes:
    """Ask for what is dear, in turn."""
    one = next(numbers)
    run = {**RUN, "order_seed": one, "lanes": [{"learning_rate": one / 1e6, "initial": RANDOM}] * 6}
    return [
        lambda: ask("run", {"spec": run, "epoch": 0, "stop": 40_000, "every": 160, "grid": 48}),
        lambda: ask("depth", {"depth": 30, "width": 32, "starts": 20 + one % 30}),
        lambda: ask("hill", {"landscape": "slice", "spec": {**LARGE, "learning_rate": one / 1e6}, "pass": 0,
                             "weight": "x1>h1_1", "steps": 200}),
        lambda: ask("export", {"kind": "solution", "spec": {**LARGE, "learning_rate": one / 1e6}, "pass": one % 9}),
        lambda: ask("pass", {"spec": {**LARGE, "learning_rate": one / 1e6}, "pass": 999}),
    ][one % 5]()


def many_lanes() -> bytes:
    """Ask for more lanes than a page's run takes, as many as a message holds."""
    lane = {"learning_rate": 0.5, "initial": {"kind": "random", "initializer": "he", "seed": 1}}
    spec = {**RUN, "data": {"x": [[0, 1]], "y": [[1]]}, "lanes": [lane] * 700}
    return ask("run", {"spec": spec, "epoch": 0, "stop": 9})


def everybody(one: Callable[[int], None], count: int = ATTACKERS) -> Callable[[int], None]:
    """Return an attack of so many who do the same."""
    def attack(port: int) -> None:
        gevent.joinall([gevent.spawn(one, port) for _ in range(count)])
    return attack


def crowd(port: int) -> None:
    """Open as many WebSockets as there may be, and more, and answer no ping."""
    held: list[socket.socket] = []

    def come() -> None:
        while True:
            try:
                held.append(web(port))
                return
            except OSError:
                gevent.sleep(0.5)
    gevent.joinall([gevent.spawn(come) for _ in range(2500)])


def silent(port: int) -> None:
    """Open sockets and say nothing, or half of something."""
    held: list[socket.socket] = []
    for number in itertools.count():
        try:
            made = tcp(port)
            made.sendall([b"", b"GET / HT", HANDSHAKE[:90], HANDSHAKE][number % 4])
            held.append(made)
        except OSError:
            gevent.sleep(0.1)
        if len(held) > 1500:
            held.pop(0).close()
        gevent.sleep(0.002)


def stalled(port: int) -> None:
    """Ask for large answers and read none."""
    held: list[socket.socket] = []
    while True:
        try:
            made = web(port, 4096)
            held.append(made)
            for _ in range(6):
                made.sendall(ask("passes", {"spec": LARGE, "start": next(numbers) % 50, "count": 20}))
        except OSError:
            gevent.sleep(0.1)
        if len(held) > 200:
            held.pop(0).close()
        gevent.sleep(0.05)


def vanishing(port: int) -> None:
    """Ask for much and hang up."""
    def once() -> None:
        made = web(port)
        made.sendall(new_starts() + new_mixed())
        gevent.sleep(0.05)
        made.close()
    over_and_over(once)


def pages(port: int) -> None:
    """Fetch pages without a pause, and do not go on from one connection to the next."""
    def once() -> None:
        made = tcp(port)
        made.sendall(b"GET /figure/race HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        while made.recv(65536):
            pass
        made.close()
    over_and_over(once)


ATTACKS: dict[str, tuple[str, Callable[[int], None]]] = {
    "small questions": ("20 connections, new passes without a pause", everybody(
        lambda port: sending(port, new_small))),
    "large questions": ("20 connections, 20 new passes of the largest network each time", everybody(
        lambda port: sending(port, new_large, 0.05))),
    "a thousand starts": ("20 connections, ten seconds of training each time", everybody(
        lambda port: sending(port, new_starts, 0.1))),
    "all that is dear": ("20 connections, the dearest of each event in turn", everybody(
        lambda port: sending(port, new_mixed, 0.05))),
    "vanishing": ("20 who ask for that and hang up", everybody(vanishing)),
    "large messages": ("20 connections, specs of 60 kB that are refused", everybody(
        lambda port: sending(port, many_lanes, 0.02))),
    "deep nesting": ("20 connections, 30,000 brackets at a time", everybody(
        lambda port: sending(port, lambda: frame(b'421["pass",' + b"[" * 30_000), 0.01))),
    "no packets": ("20 connections, texts that are no packets", everybody(
        lambda port: sending(port, lambda: frame(b"42[[\"\\ud800\"") + frame(b"x" * 500)))),
    "binary": ("20 connections, binary in frames of 32 kB", everybody(
        lambda port: sending(port, lambda: frame(b"\x00" * 32_768, opcode=2)))),
    "a crowd": ("2,500 WebSockets, 500 more than there may be", crowd),
    "silence": ("500 sockets a second that say nothing, or half of it", silent),
    "stalled readers": ("200 who ask for megabytes and read none", stalled),
    "pages": ("20 who fetch pages without a pause", everybody(pages)),
}

if __name__ == "__main__":
    if len(sys.argv) == 1:
        print(json.dumps({name: words for name, (words, _) in ATTACKS.items()}))
        sys.exit()
    attacking = gevent.spawn(ATTACKS[sys.argv[1]][1], int(sys.argv[2]))
    print("begun", flush=True)
    gevent.get_hub().threadpool.apply(sys.stdin.read)  # here it would keep every greenlet waiting
    attacking.kill(block=False)

"""docs/security.md states the bounds that the code has."""

from __future__ import annotations

from pathlib import Path

from backprop.serving import allowance, limits, line, run_answers, texts
from backprop.serving.run_payloads import MOST_WORK
from backprop.typical import PIECE_WORK
from tests.fuzz.target import MEMORY_BOUND

DOCUMENT = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")


def test_the_bounds_are_those_of_the_code() -> None:
    for row in (
        f"WebSockets to one server | {limits.MOST_CONNECTIONS} |",
        f"sockets of any kind to one server | {limits.MOST_SOCKETS} |",
        f"waiting for the next one | {limits.HEAD_SECONDS:g} seconds |",
        f"the body of an HTTP request | {limits.MESSAGE_BYTES // 1024} KiB, and it is not read |",
        f"Socket.IO's CONNECT on a new WebSocket | {limits.GREETING_SECONDS:g} seconds |",
        f"a frame, or 64 KiB of a page, that is not taken | {limits.SEND_SECONDS:g} seconds |",
        f"one message, however fragmented | {limits.MESSAGE_BYTES // 1024} KiB |",
        f"frames of one connection | {limits.FRAMES_PER_SECOND} a second, {limits.FRAMES_AT_ONCE} at once |",
        f"requests of one connection | {limits.REQUESTS_PER_SECOND} a second, {limits.REQUESTS_AT_ONCE} at once |",
        f"requests of one connection whose answer is not out yet | {limits.MOST_IN_FLIGHT} |",
        f"being sent and not taken | {limits.MOST_UNSENT // 10**6} MB |",
        f"that wait for a slow reader | {limits.MOST_QUEUED} |",
        f"processor time of one connection | {allowance.ALLOWANCE_SECONDS:g} seconds, which come back within "
        f"{allowance.REFILL_SECONDS:g} |",
        f"processor time at once before others have a turn | {1000 * line.AT_A_TIME:g} ms, or the piece at hand |",
        f"questions of `seeds` that are worked on at a time | {run_answers.STARTS_UNDER_WAY} |",
        f"of those, by connections that have used more than {allowance.GREEDY_SECONDS:g} seconds of the processor of "
        f"late | {run_answers.GREEDY_STARTS} |",
        f"a piece of training | {PIECE_WORK // 10**6} million ",
        f"one run, or all starts of `seeds` | {MOST_WORK // 10**6} million ",
        f"runs that are remembered | {run_answers.RUNS_KEPT}, {run_answers.RUNS_BYTES // 10**6} MB |",
        f"answers of training that are remembered | {run_answers.ANSWERS_BYTES // 10**6} MB |",
        f"texts of passes that are remembered | {texts.CHARACTERS_KEPT // 10**6} MB |",
        f"memory of the whole server in the tests | {MEMORY_BOUND // 10**6} MB |",
    ):
        assert row in DOCUMENT, row

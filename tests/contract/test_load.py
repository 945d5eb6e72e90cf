"""The learners of `make load` against a real server: they ask what they say, and notice what is wrong."""

from __future__ import annotations

import time
from dataclasses import replace

from bench.load.__main__ import A_FRAME, LANES, RACE
from bench.load.learners import Learners, Work
from bench.load.questions import EPOCHS, Chunks, Same
from bench.load.scenarios import Measured
from bench.load.table import middle, written
from tests.server import RunningServer

CHUNK = 8 * LANES * EPOCHS + A_FRAME
OWN = Chunks(RACE.as_dict(), CHUNK, own=True)


def raced(work: Work) -> Learners:
    learners = Learners(work)
    learners.connect()
    learners.race(time.monotonic())
    learners.close()
    return learners


def test_learners_are_answered_with_as_many_bytes_as_a_chunk_has(server: RunningServer) -> None:
    work = Work(server.port, (1, 2, 3), OWN, seconds=1.0, each_second=4.0)
    outcome = raced(work).outcome
    assert (outcome.asked, len(outcome.latencies), outcome.errors) == (12, 12, 0)
    wrong = Chunks(RACE.as_dict(), CHUNK + 1, own=False)
    outcome = raced(replace(work, question=wrong)).outcome
    assert (len(outcome.latencies), outcome.errors) == (0, 12)


def test_a_refusal_is_an_error(server: RunningServer) -> None:
    outcome = raced(Work(server.port, (1,), Same("passes", {"spec": None}), seconds=1.0, each_second=2.0)).outcome
    assert (len(outcome.latencies), outcome.errors) == (0, 2)


def test_learners_arrive_and_ask_once(server: RunningServer) -> None:
    learners = Learners(Work(server.port, tuple(range(5)), Same("catalog", {}), arrive=0.2))
    learners.arrive(time.monotonic())
    learners.close()
    assert (len(learners.outcome.latencies), learners.outcome.errors) == (5, 0)


def test_every_race_of_one_s_own_is_another_one_and_they_begin_at_all_times() -> None:
    begun: dict[int, set[str]] = {}  # by question, who begins a race
    for learner in range(100):
        races, epoch = list[str](), 0
        for turn in range(250):
            spec, _, rest = OWN(learner, turn).payload.partition('"epoch":')
            epoch = 0 if spec not in races else epoch + EPOCHS
            assert rest == f'{epoch},"stop":{epoch + EPOCHS},"every":10,"grid":28}}'
            if spec not in races:
                races.append(spec)
                begun.setdefault(turn, set()).add(spec)
        assert 3 <= len(races) <= 4
    assert len(begun[0]) == 100  # no race of one is another's
    assert all(len(specs) == 1 for turn, specs in begun.items() if turn)


def test_the_table_says_what_was_met_and_what_was_missed() -> None:
    quick = Measured("a: quick", 200, 10.0,
                     [0.001] * 99 + [0.2], 100, 0, 0.0, 1.0, 0.1, 0.1, 0.0, 5.0, (1, 2, 3), 0.15, CHUNK)
    slow = replace(quick, name="b: slow", latencies=[0.2] * 100)
    refused = replace(quick, name="c: refused", errors=1)
    idle = replace(quick, name="e: idle", latencies=[], memory=(10**8, 3 * 10**8, 3 * 10**8), samples=[10**8] * 20)
    rows = written({"a": [replace(quick, latencies=[0.001] * 200)], "b": [slow], "c": [refused], "e": [idle]},
                   "today").splitlines()
    ends = [row.split("|")[-2].strip() for row in rows if row.startswith(("| a:", "| b:", "| c:")) and "p99" in row]
    assert ends == ["met", "**missed**", "**missed**"]
    assert "| memory | 1000.0 | 100 | **missed** |" in rows
    assert not any("shared" in row for row in rows)
    assert "shared" in written({"a": [replace(quick, others=1.0)], "e": [idle]}, "today")


def test_of_several_rounds_the_middle_one_is_shown_and_all_are_told() -> None:
    good = Measured("a: race", 200, 10.0, [0.001] * 100, 100, 0, 0.0, 1.0, 0.1, 0.1, 0.0, 5.0, (1, 2, 3), 0.15, CHUNK)
    slow, refused = replace(good, latencies=[0.2] * 100, loop=9.0), replace(good, errors=7)
    idle = replace(good, name="e: idle", latencies=[], samples=[10**8] * 20)
    rows = written({"a": [refused, good, slow], "e": [idle]}, "today").splitlines()
    assert middle([good, slow]) is slow
    assert middle([good, replace(refused, others=0.5), replace(slow, others=0.5)]) is good
    assert next(row for row in rows if row.startswith("| a: race |")).endswith("| **missed** |")
    assert "| a: race, p99 | 1, 1, 200 | 7, 0, 0 | 0.00, 0.00, 0.00 | 5.0, 5.0, 9.0 | 1 of 3 |" in rows

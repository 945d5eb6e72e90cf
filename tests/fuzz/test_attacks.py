"""Some attacks of bench/attacks.py for a moment, on one server: the learner beside them is always answered."""

from __future__ import annotations

import time

from bench.hostile import attacked
from tests.fuzz.target import MEMORY_BOUND, memory, under_attack
from tests.server import DEADLINE_SECONDS

SECONDS = 1.5
ATTACKS = ("large messages", "deep nesting", "binary", "silence", "stalled readers")  # the others take minutes
ANSWERED = 3


def test_a_learner_is_answered_whatever_the_others_do() -> None:
    with under_attack() as (target, learner):
        for name in ATTACKS:
            with attacked(target.server, name):
                before, end = len(learner.waited), time.monotonic() + SECONDS
                patience = time.monotonic() + 2 * DEADLINE_SECONDS
                while time.monotonic() < end or len(learner.waited) < before + ANSWERED:
                    assert time.monotonic() < patience, f"{name}: the learner waits"
                    assert not learner.faults, name
                    assert memory(target.server) < MEMORY_BOUND, name
                    time.sleep(0.1)

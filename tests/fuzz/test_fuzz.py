"""A sample of what `make fuzz` does at length: every answer names what was wrong, or that one connection is closed."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.cases import attack
from tests.fuzz.events import payload_models
from tests.fuzz.target import under_attack

CASES = int(os.environ.get("FUZZ_CASES", "300"))
SEED = int(os.environ.get("FUZZ_SEED", "20261122"))


def test_the_models_of_every_event_are_found() -> None:
    models = payload_models()
    assert {"pass", "new_weights", "catalog", "hill", "export", "run", "seeds", "depth", "batch"} <= set(models)
    assert [model.__name__ for model in models["export"]] == ["PassExport", "RunExport"]
    assert [model.__name__ for model in models["run"]] == ["RunWanted"]


def test_whatever_is_sent_ends_in_an_answer_or_in_that_connection_s_end(capsys: pytest.CaptureFixture[str]) -> None:
    with under_attack() as (target, learner):
        attack(target, CASES, SEED)
    assert sum(target.seen.values()) >= 0.9 * CASES
    assert {"answered", "refused"} <= {became for _, became in target.seen}
    assert len(learner.waited) > 0
    with capsys.disabled():
        print(f" [{sum(target.seen.values())} cases, seed {SEED}]", end="")

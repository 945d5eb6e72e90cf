"""Runs of one kind share a layout; how many layouts are kept does not depend on how many runs are."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from backprop import layouts
from backprop.known_run import KnownRun
from backprop.layouts import KINDS_KEPT, Layouts
from backprop.training import Training
from tests.unit.run_specs import FATES, lane, xor


@pytest.fixture(autouse=True)
def none_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "_kinds", type(layouts._kinds)())


def trainings() -> int:
    gc.collect()
    return sum(isinstance(each, Training) for each in gc.get_objects())


def test_runs_of_one_kind_share_a_layout() -> None:
    with Layouts(FATES).lent() as one, Layouts(FATES).lent() as other:
        assert one is not other  # two at a time have two
    with Layouts(xor(lane(0.01, 8), lane(0.5, 9), lane(10.0, 4))).lent() as another:
        assert another in (one, other)
    given = {"kind": "given", "weights": [np.zeros((2, 4)).tolist(), np.zeros((4, 1)).tolist()],
             "biases": [[0.0] * 4, [0.0]]}
    with Layouts(xor(lane(0.01) | {"initial": given}, lane(0.5), lane(10.0))).lent() as another:
        assert another in (one, other)
    for unlike in (xor(lane(0.02), lane(0.5), lane(10.0)), xor(lane(0.01), lane(0.5), lane(10.0), reduction="sum"),
                   xor(lane(0.01), lane(0.5), lane(10.0, optimizer="momentum"))):
        with Layouts(unlike).lent() as third:
            assert third not in (one, other)


def test_as_many_layouts_are_kept_as_kinds_however_many_runs_are() -> None:
    before = trainings()
    runs = [KnownRun(xor(lane(0.001 * number))) for number in range(1, 2 * KINDS_KEPT)]
    for run in runs:
        run.extend()
    assert trainings() - before == KINDS_KEPT
    for run in runs:
        assert len(run.shown([3], 5)) == 1  # those whose layout was let go have it laid out again
    assert trainings() - before == KINDS_KEPT


def test_the_kind_in_use_is_kept() -> None:
    race = KnownRun(FATES)
    race.extend()
    [[training]] = layouts._kinds.values()
    for number in range(1, 2 * KINDS_KEPT):
        KnownRun(xor(lane(0.001 * number))).extend()
        race.extend()
    assert training in next(reversed(layouts._kinds.values()))


def test_what_is_large_is_laid_out_each_time() -> None:
    large = xor(*[lane(0.1)] * 300)
    with Layouts(large).lent() as training:
        pass
    assert not layouts._kinds
    with Layouts(large).lent() as other:
        assert other is not training


def test_a_layout_in_which_there_was_a_fault_is_not_lent_again() -> None:
    with pytest.raises(KeyError), Layouts(FATES).lent():
        raise KeyError
    assert not layouts._kinds

"""How typical a run is: what 500 starts do together is what each does alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from backprop import RunSpec, run
from backprop.kernels.thresholds import SOLVED_WITHIN
from backprop.run_presets import RUN_PRESETS
from backprop.typical import BEGUN_A_PIECE, SLICE, Starts, Typical, typical
from tests.unit.run_specs import lane, xor

XOR_PRESET = next(preset for preset in RUN_PRESETS if preset.name == "xor")


def alone(spec: RunSpec, seed: int, epochs: int) -> int | None:
    """Return when the lane solves it from a seed, from a run of its own."""
    sent = spec.as_dict()
    lane_of = sent["lanes"][0]
    initializer = lane_of["initial"].get("initializer", "xavier")
    one = RunSpec.model_validate({**sent, "lanes": [
        lane_of | {"initial": {"kind": "random", "initializer": initializer, "seed": seed}}]})
    for chunk in run(one, 0, epochs + 1):
        hits = np.flatnonzero(chunk.misses[0, :chunk.known(0)] <= SOLVED_WITHIN)
        if hits.size:
            return chunk.start + int(hits[0])
    return None


@pytest.mark.parametrize(("spec", "epochs"), [
    (xor(lane(0.5), lane(3.0)), 120),
    (xor(lane(2.0, initializer="he", optimizer="momentum"), batch=3, order_seed=4), 60),
    (xor(lane(0.1, initializer="normal"), activations=["sigmoid", "sigmoid"], loss="half_squared_error",
         reduction="sum"), SLICE + 300),
    (xor({"learning_rate": 0.5, "initial": {"kind": "given", "weights": [[[1] * 4] * 2, [[1]] * 4],
                                            "biases": [[0] * 4, [0]]}}), 100),
    (xor(lane(1000.0), activations=["relu", "linear"], loss="squared_error"), 60),
], ids=["default", "batches", "beyond a slice", "given", "diverging"])
def test_each_start_is_a_run_of_its_own(spec: RunSpec, epochs: int) -> None:
    found = typical(spec, epochs, 20)
    assert found.epochs == epochs
    assert list(found.solved) == [alone(spec, seed, epochs) for seed in range(20)]


def test_many_starts_begin_in_short_pieces() -> None:
    starts, pieces = Starts(xor(lane(0.5)), 5, 3 * BEGUN_A_PIECE), 0
    while not starts.done:
        starts.go_on()
        pieces += 1
    assert pieces == 3  # and the last of them trains
    assert starts.found() == typical(xor(lane(0.5)), 5, 3 * BEGUN_A_PIECE)


def test_the_last_epoch_counts_and_the_one_after_does_not() -> None:
    spec = xor(lane(0.5))
    first = typical(spec, 1000, 1).solved[0]
    assert first is not None
    assert typical(spec, first, 1).solved == (first,)
    assert typical(spec, first - 1, 1).solved == (None,)


def test_the_default_solves_xor_from_at_least_95_of_100_starts() -> None:
    found = typical(XOR_PRESET.spec, 1000, 500)
    assert len(found.solved) == 500
    assert found.share >= 0.95
    assert found.median is not None and 50 < found.median < 300
    assert math.isclose(found.share, sum(epoch is not None for epoch in found.solved) / 500)


@pytest.mark.parametrize(("solved", "share", "median"), [
    ((10, 30, 20), 1.0, 20),
    ((10, None, 20), 2 / 3, 20),
    ((10, 20, None, None), 0.5, 20),  # half of four have solved it by epoch 20
    ((10, None, None), 1 / 3, None),
    ((10, None, None, 20, None), 2 / 5, None),
    ((None,), 0.0, None),
    ((100,), 1.0, 100),
    ((0, 1), 1.0, 0),
])
def test_the_median_is_the_epoch_by_which_half_have_solved_it(
        solved: tuple[int | None, ...], share: float, median: int | None) -> None:
    found = Typical(100, solved)
    assert found.share == pytest.approx(share)
    assert found.median == median
    assert found.as_dict() == {"epochs": 100, "solved": list(solved), "share": found.share, "median": median}

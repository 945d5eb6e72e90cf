"""What is known of a run: for any epoch, asked in any order, what computing it anew gives."""

from __future__ import annotations

import numpy as np
import pytest

from backprop import RunSpec, run
from backprop.kernels.thresholds import KINDS
from backprop.known_run import CHECKPOINT_EVERY, STRETCH, KnownRun
from backprop.lanes import unflat
from backprop.passes import forward
from backprop.planes import SURFACE_HIGH, SURFACE_LOW
from backprop.training import Frame
from tests.unit.judged_plainly import plain_verdict
from tests.unit.run_specs import DEEP, FATES, SPECS, WILD, lane, xor

EPOCHS = 2 * CHECKPOINT_EVERY + 40
ASKED = [0, 1, 2, 3, 43, 44, 45, 49, 50, 51, 255, 256, 257, 400, 511, 512, 513, EPOCHS - 1]
every_spec = pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))


def known(spec: RunSpec, epochs: int = EPOCHS) -> KnownRun:
    made = KnownRun(spec)
    while made.known < epochs:
        made.extend()
    return made


def fresh(spec: RunSpec, epoch: int) -> Frame:
    """Compute one epoch's frame from the start."""
    [chunk] = run(spec, epoch, epoch + 1, every=1)
    return chunk.frames[0]


@every_spec
def test_any_epoch_is_what_it_is_computed_anew(spec: RunSpec) -> None:
    made = known(spec)
    backwards = [made.shown([epoch], 0)[0] for epoch in reversed(ASKED)]
    for epoch, one, other in zip(ASKED, made.shown(ASKED, 0), reversed(backwards), strict=True):
        for shown in (one, other):
            frame, new = shown.frame, fresh(spec, epoch)
            assert frame.epoch == epoch
            assert frame.parameters.tobytes() == new.parameters.tobytes()
            assert frame.outputs.tobytes() == new.outputs.tobytes()
            assert frame.gradient_norms.tobytes() == new.gradient_norms.tobytes()


@every_spec
def test_losses_and_verdicts_are_those_of_the_run(spec: RunSpec) -> None:
    made = known(spec)
    [chunk] = run(spec, 0, EPOCHS, chunk=EPOCHS)
    for number, at in enumerate(chunk.diverged):
        for start, stop in ((0, EPOCHS), (0, 1), (40, 60), (250, 260), (EPOCHS - 1, EPOCHS)):
            row = made.losses(start, stop)[number]
            end = stop if at is None else min(max(at, start), stop)
            assert row[:end - start].tobytes() == chunk.losses[number, start:end].tobytes()
            assert (row[end - start:] == 0.0).all()
        assert [shown.verdicts[number] for shown in made.shown(ASKED, 0)] == [
            plain_verdict(chunk.losses[number], chunk.misses[number], at, epoch) for epoch in ASKED]


@pytest.mark.parametrize("spec", [WILD, DEEP], ids=["wild", "deep"])
def test_a_diverged_lane_keeps_its_last_finite_frame(spec: RunSpec) -> None:
    made = known(spec)
    for number, at in enumerate(made.diverged(EPOCHS)):
        if at is None:
            continue
        before, *after = made.shown([at - 1, at, at + 1, 300, EPOCHS - 1], 5)
        assert before.verdicts[number].kind != "diverged"
        assert np.isfinite(before.frame.outputs[number]).all()
        for shown in after:
            assert (shown.verdicts[number].kind, shown.verdicts[number].at) == ("diverged", at)
            assert shown.frame.parameters[number].tobytes() == before.frame.parameters[number].tobytes()
            assert shown.frame.outputs[number].tobytes() == before.frame.outputs[number].tobytes()
            assert shown.surfaces is not None and before.surfaces is not None
            assert shown.surfaces[number].tobytes() == before.surfaces[number].tobytes()


def test_what_is_said_does_not_depend_on_how_far_it_was_computed() -> None:
    near, far = known(WILD, CHECKPOINT_EVERY), known(WILD, 2000)
    assert near.known == CHECKPOINT_EVERY
    [first, at] = sorted(at for at in far.diverged(2000) if at is not None)
    for stop in (1, first, first + 1, at, at + 1, CHECKPOINT_EVERY):
        assert near.diverged(stop) == far.diverged(stop)
        assert near.losses(0, stop).tobytes() == far.losses(0, stop).tobytes()
    assert [epoch is None for epoch in far.diverged(first)] == [True, True, True]
    for one, other in zip(near.shown(ASKED[:10], 3), far.shown(ASKED[:10], 3), strict=True):
        assert one.verdicts == other.verdicts
        assert one.frame.parameters.tobytes() == other.frame.parameters.tobytes()


def test_surfaces_have_x2_lowest_in_row_0_and_x1_lowest_in_column_0() -> None:
    size = 7
    [shown] = known(FATES, 200).shown([150], size)
    line = [SURFACE_LOW + (SURFACE_HIGH - SURFACE_LOW) * k / (size - 1) for k in range(size)]
    assert shown.surfaces is not None and shown.surfaces.shape == (3, size, size)
    for number, each in enumerate(FATES.lanes):
        network = unflat(shown.frame.parameters[number], FATES.starting(each.initial))
        for row, x2 in enumerate(line):
            for column, x1 in enumerate(line):
                exact = forward(network, [[x1, x2]]).output[0, 0] * 255
                assert abs(shown.surfaces[number, row, column] - exact) <= 0.5 + 1e-9


def test_a_surface_that_knows_across_from_up() -> None:
    # the output is x1 itself: it grows along the columns, and the rows are alike
    across = xor({"learning_rate": 0, "initial": {"kind": "given", "weights": [[[1], [0]]], "biases": [[0]]}},
                 layers=[2, 1], activations=["linear"], loss="squared_error")
    [shown] = known(across, 1).shown([0], 4)
    assert shown.surfaces is not None
    assert shown.surfaces[0].tolist() == [[0, 64, 191, 255]] * 4  # -0.25, 0.25, 0.75, 1.25: cut off at 0 and 1


def test_a_surface_beyond_float64_is_drawn_without_a_warning() -> None:
    [*shown] = known(DEEP, 10).shown(list(range(10)), 3)
    assert all(each.surfaces is not None and each.surfaces.dtype == np.uint8 for each in shown)


def test_a_surface_only_of_two_inputs_and_only_if_asked_for() -> None:
    three = xor(lane(0.5), layers=[3, 2, 1], data={"x": [[0, 0, 1]], "y": [[1]]})
    assert known(three, 1).shown([0], 5)[0].surfaces is None
    assert known(FATES, 1).shown([0], 0)[0].surfaces is None


def test_it_counts_its_bytes_and_its_epochs() -> None:
    made = KnownRun(FATES)
    assert made.known == 0 and made.losses(0, 0).shape == (3, 0)
    sizes = [made.size]
    for step in range(1, 12):
        made.extend()
        assert made.known == step * CHECKPOINT_EVERY
        sizes.append(made.size)
    assert sizes == sorted(sizes) and sizes[-1] >= 11 * CHECKPOINT_EVERY * 3 * 2 * 8
    assert all(verdict.kind in KINDS for verdict in made.shown([2000], 0)[0].verdicts)


def test_it_is_trained_as_far_as_is_enough_and_never_beyond_a_checkpoint() -> None:
    made, reached = KnownRun(FATES), []
    for enough in (1, 40, 41, 41, 500, 500, 9999):
        made.extend(enough)
        reached.append(made.known)
    assert reached == [STRETCH, 2 * STRETCH, 3 * STRETCH, 4 * STRETCH, 256, 500, 512]
    whole = known(FATES, 512)
    assert made.losses(0, 512).tobytes() == whole.losses(0, 512).tobytes()
    for epoch in (0, 31, 32, 255, 256, 499, 500, 511):
        one, other = made.shown([epoch], 0)[0], whole.shown([epoch], 0)[0]
        assert one.frame.parameters.tobytes() == other.frame.parameters.tobytes() and one.verdicts == other.verdicts

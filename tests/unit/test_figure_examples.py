"""The small figures' stories are true of the numbers that they begin with."""

import numpy as np
import pytest

from backprop import gradient_check
from backprop.figure_examples import BATCH, OVERFLOW, TWINS
from backprop.known_run import KnownRun
from backprop.plateaus import PLATEAUS, WITHIN
from backprop.run import run

PAIRS = [(0, 1), (2, 3), (4, 5), (6, 7)]  # x1 to h1 and h2, x2, the biases, and on to o1


def frames(spec, epochs, every):
    return [frame for chunk in run(spec, 0, epochs + 1, every=every) for frame in chunk.frames]


def verdict(spec, epoch):
    known = KnownRun(spec)
    while known.known <= epoch:
        known.extend()
    [shown] = known.shown([epoch], 0)
    return shown.verdicts, shown.frame


def test_twins_stay_alike_to_the_last_bit():
    for frame in frames(TWINS.alike, TWINS.epochs, 1):
        parameters = frame.parameters[0]
        assert all(parameters[a].tobytes() == parameters[b].tobytes() for a, b in PAIRS)


def test_twins_come_to_rest_on_a_plateau():
    [found], frame = verdict(TWINS.alike, TWINS.epochs)
    assert found.kind != "solved"
    [one] = [plateau for plateau in PLATEAUS if plateau.name == "one"]
    assert any(np.abs(frame.outputs[0].ravel() - outputs).max() <= WITHIN for outputs in one.outputs)


def test_one_nudged_they_part_and_solve_it():
    before, after = TWINS.alike.lanes[0].initial, TWINS.nudged.lanes[0].initial
    changed = np.array(after.weights[0]) - np.array(before.weights[0])
    assert changed == pytest.approx(np.array([[TWINS.by, 0], [0, 0]]))
    assert (after.weights[1], after.biases) == (before.weights[1], before.biases)
    [found], frame = verdict(TWINS.nudged, TWINS.epochs)
    assert (found.kind, found.at) == ("solved", 250)  # the comment in figure_examples.py says so
    assert all(abs(frame.parameters[0][a] - frame.parameters[0][b]) > 0.1 for a, b in PAIRS)


def test_all_lanes_overflow_within_the_race_and_climb_straight():
    verdicts, _ = verdict(OVERFLOW.spec, OVERFLOW.epochs)
    ends = [found.at for found in verdicts]
    assert [found.kind for found in verdicts] == ["diverged"] * 3
    assert ends == sorted(ends, reverse=True) and 50 < ends[-1] < ends[0] < OVERFLOW.epochs
    [chunk] = run(OVERFLOW.spec, 0, OVERFLOW.epochs, chunk=OVERFLOW.epochs)
    for lane, end in enumerate(ends):
        logs = np.log10(chunk.losses[lane][:end])
        late = np.diff(logs[end // 3:])
        assert late.min() > 0  # each larger than the last
        assert late.max() - late.min() < 1e-3  # by one factor: a straight line on a logarithmic axis
        assert logs[-1] > 300


def test_the_batch_examples_gradients_pass_the_check():
    report = gradient_check(BATCH.spec.network(), BATCH.spec.data.x, BATCH.spec.data.y, loss=BATCH.spec.loss)
    assert report.passed

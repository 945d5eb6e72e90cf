"""A run is a pure function of its spec: cut as you like, begun where you like, from a checkpoint or not: same bits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import Chunk, RunSpec, run
from backprop.activations import Array
from backprop.training import Frame, Stretch
from tests.unit.run_specs import DEEP, FATES, SPECS, WILD, lane, xor

EPOCHS = 90
every_spec = pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))
many = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def straight(spec: RunSpec, epochs: int = EPOCHS) -> Stretch:
    """Train all in one go."""
    training = spec.training()
    return training.go(training.start(), epochs)


def finite(spec: RunSpec, losses: Array, diverged: Any, start: int = 0) -> list[bytes]:
    """Return the bytes of each lane's numbers as far as they mean something."""
    ends = [None if at is None or at < 0 else max(at - start, 0) for at in diverged]
    return [row[:end].tobytes() for row, end in zip(losses, ends, strict=True)]


def joined(chunks: list[Chunk]) -> tuple[Array, Array]:
    return np.hstack([chunk.losses for chunk in chunks]), np.hstack([chunk.misses for chunk in chunks])


def same(one: Frame, other: Frame) -> bool:
    return (one.epoch == other.epoch and one.parameters.tobytes() == other.parameters.tobytes()
            and one.outputs.tobytes() == other.outputs.tobytes()
            and one.gradient_norms.tobytes() == other.gradient_norms.tobytes())


@many
@given(st.sampled_from(list(SPECS)), st.integers(1, EPOCHS + 5), st.none() | st.integers(1, 40))
def test_however_it_is_cut(name: str, chunk: int, every: int | None) -> None:
    spec = SPECS[name]
    whole = straight(spec)
    chunks = list(run(spec, 0, EPOCHS, chunk=chunk, every=every))
    assert [(each.start, each.stop) for each in chunks] == list(
        pairwise([*range(0, EPOCHS, chunk), EPOCHS]))
    losses, misses = joined(chunks)
    assert finite(spec, losses, whole.end.diverged) == finite(spec, whole.losses, whole.end.diverged)
    assert finite(spec, misses, whole.end.diverged) == finite(spec, whole.misses, whole.end.diverged)
    assert chunks[-1].end.values.tobytes() == whole.end.values.tobytes()
    assert chunks[-1].end.diverged.tolist() == whole.end.diverged.tolist()


@many
@given(st.sampled_from(list(SPECS)), st.integers(0, EPOCHS), st.integers(0, EPOCHS), st.integers(1, 50))
def test_wherever_it_begins_and_from_whichever_checkpoint(name: str, one: int, other: int, chunk: int) -> None:
    spec = SPECS[name]
    since, start = sorted((one, other))
    whole = straight(spec)
    training = spec.training()
    checkpoint = training.go(training.start(), since).end if since else training.start()
    for known in (None, checkpoint):
        chunks = list(run(spec, start, EPOCHS, chunk=chunk, since=known))
        if start == EPOCHS:
            assert chunks == []
            continue
        losses, _ = joined(chunks)
        assert finite(spec, losses, whole.end.diverged, start) == finite(
            spec, whole.losses[:, start:], whole.end.diverged, start)
        assert chunks[-1].end.values.tobytes() == whole.end.values.tobytes()


def test_begun_beyond_the_length_of_a_chunk() -> None:
    [chunk] = run(FATES, 700, 705)
    assert chunk.losses.tobytes() == np.ascontiguousarray(straight(FATES, 705).losses[:, 700:]).tobytes()


def direct_frames(spec: RunSpec) -> list[Frame]:
    """Return the frame of every epoch, each of training straight to it."""
    training = spec.training()
    frames, at = [], training.start()
    for epoch in range(EPOCHS):
        frames.append(training.frame(at))
        at = training.go(at, epoch + 1).end
    return frames


@every_spec
@pytest.mark.parametrize("every", [1, 7, 32])
def test_frames_are_those_of_direct_training(spec: RunSpec, every: int) -> None:
    diverged, direct = straight(spec).end.diverged, direct_frames(spec)
    for start, chunk in ((0, EPOCHS), (0, 5), (3, 16)):
        frames = [frame for each in run(spec, start, EPOCHS, chunk=chunk, every=every) for frame in each.frames]
        assert [frame.epoch for frame in frames] == [e for e in range(start, EPOCHS) if e % every == 0]
        for frame in frames:
            for number, at in enumerate(diverged):
                like = direct[frame.epoch if at < 0 or frame.epoch < at else at - 1]
                assert frame.parameters[number].tobytes() == like.parameters[number].tobytes()
                assert frame.outputs[number].tobytes() == like.outputs[number].tobytes()
                assert frame.gradient_norms[number].tobytes() == like.gradient_norms[number].tobytes()


@pytest.mark.parametrize("length", [1, 3, 9])
@pytest.mark.parametrize("spec", [WILD, DEEP], ids=["wild", "deep"])
def test_each_chunk_says_what_has_diverged_so_far(spec: RunSpec, length: int) -> None:
    wild = straight(spec).end.diverged.tolist()
    assert wild[0] == -1 and all(1 < at < EPOCHS for at in wild[1:])
    for chunk in run(spec, 0, EPOCHS, chunk=length):
        for number, at in enumerate(wild):
            if at < 0 or at > chunk.stop:
                assert chunk.diverged[number] is None and chunk.known(number) == length
            elif at < chunk.stop:
                assert chunk.diverged[number] == at and chunk.known(number) == max(at - chunk.start, 0)
            else:  # its parameters show it already, its loss would not
                assert chunk.diverged[number] in (None, at) and chunk.known(number) == length
            assert np.isfinite(chunk.losses[number, :chunk.known(number)]).all()
            assert np.isfinite(chunk.misses[number, :chunk.known(number)]).all()


@pytest.mark.parametrize("spec", [WILD, DEEP], ids=["wild", "deep"])
def test_what_is_shown_of_a_diverged_lane_is_its_last_finite_state(spec: RunSpec) -> None:
    [chunk] = run(spec, 0, EPOCHS, chunk=EPOCHS, every=1)
    for number, at in enumerate(chunk.diverged):
        for frame in chunk.frames:
            assert np.isfinite(frame.parameters[number]).all() and np.isfinite(frame.outputs[number]).all()
        if at is not None:
            last = chunk.frames[at - 1].parameters[number]
            assert all((frame.parameters[number] == last).all() for frame in chunk.frames[at:])
            assert not (chunk.frames[at - 2].parameters[number] == last).all()


def test_known_at_its_borders() -> None:
    def known(at: int | None) -> int:
        nothing = np.empty((1, 10))
        return Chunk(20, 30, nothing, nothing, (at,), (), straight(FATES, 1).end).known(0)
    assert [known(at) for at in (None, 0, 19, 20, 21, 29, 30)] == [10, 0, 0, 0, 1, 9, 10]


@pytest.mark.parametrize(("arguments", "message"), [
    ({"start": -1}, "start got -1, but takes a whole number, 0 or more."),
    ({"start": 1.0}, r"start got 1\.0"),
    ({"start": 5, "stop": 4}, "stop got 4, but takes a whole number from start, 5, on."),
    ({"chunk": 0}, "chunk got 0"),
    ({"every": 0}, "every got 0"),
])
def test_what_does_not_fit_is_refused_at_once(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run(FATES, **arguments)  # not only when the first chunk is taken


def test_a_later_checkpoint_is_refused() -> None:
    end = straight(FATES, 10).end
    with pytest.raises(ValueError, match="since got a checkpoint of epoch 10, but takes one at or before start, 9"):
        run(FATES, 9, 20, since=end)


def test_lanes_do_not_know_of_each_other() -> None:
    together = next(run(xor(lane(0.5), lane(0.1, 4), lane(1000.0, 5)), 0, 50))
    alone = next(run(xor(lane(0.1, 4)), 0, 50))
    assert together.losses[1].tobytes() == alone.losses[0].tobytes()


def test_frames_of_one_epoch_are_the_same_whoever_else_is_asked_for() -> None:
    by_seven = {frame.epoch: frame for each in run(WILD, 0, 60, every=7) for frame in each.frames}
    for frame in (frame for each in run(WILD, 0, 60, every=3, chunk=10) for frame in each.frames):
        assert frame.epoch not in by_seven or same(frame, by_seven[frame.epoch])

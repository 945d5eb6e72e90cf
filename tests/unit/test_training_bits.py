"""The same bits: however a run is cut, alone or in a block of lanes, called again, in another process."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import OPTIMIZERS, Network
from backprop.lanes import BLOCK, FEW, HALF_BLOCK, Lane
from backprop.training import Checkpoint, Training
from tests.unit.trained_plainly import XOR_X, XOR_Y, Case, cases

ROOT = Path(__file__).parents[2]
many = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def training_of(case):
    data, how = case.data
    return Training(case.lanes, *data, **how)


def same(one, other):
    """Say whether two arrays hold the same bits, NaN included."""
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def known(losses, diverged):
    """Return each lane's losses up to where it diverged; what stands there later means nothing."""
    return [row[:stop if stop >= 0 else None].tolist() for row, stop in zip(losses, diverged, strict=True)]


def stored(checkpoint):
    """Return the checkpoint as it comes back from bytes."""
    values = np.frombuffer(checkpoint.values.tobytes()).reshape(checkpoint.values.shape)
    return Checkpoint(checkpoint.epoch, values, np.frombuffer(checkpoint.diverged.tobytes(), dtype=np.int64))


@many
@given(cases(most_lanes=9, batches=True), st.sets(st.integers(1, 29), max_size=6))
def test_however_a_run_is_cut(case, cuts):
    whole_training = training_of(case)
    whole = whole_training.go(whole_training.start(), 30)
    at, losses, misses = training_of(case).start(), [], []
    for stop in [*sorted(cuts), 30]:
        stretch = training_of(case).go(stored(at), stop)  # what lays everything out anew keeps nothing
        at = stretch.end
        losses.append(stretch.losses)
        misses.append(stretch.misses)
    assert same(at.values, whole.end.values) and same(at.diverged, whole.end.diverged)
    assert known(np.hstack(losses), at.diverged) == known(whole.losses, at.diverged)
    assert known(np.hstack(misses), at.diverged) == known(whole.misses, at.diverged)


@many
@given(cases(most_lanes=2 * BLOCK, batches=True), st.data())
def test_a_lane_has_the_same_bits_alone_and_in_any_company(case, data):
    training = training_of(case)
    whole = training.go(training.start(), 12)
    order = data.draw(st.permutations(range(len(case.lanes))))
    chosen = order[:data.draw(st.integers(1, len(order)))]
    for numbers in (chosen, chosen[:1]):
        other = training_of(replace(case, lanes=[case.lanes[number] for number in numbers]))
        part = other.go(other.start(), 12)
        assert same(part.end.values, whole.end.values[numbers]) and same(part.end.diverged, whole.end.diverged[numbers])
        assert known(part.losses, part.end.diverged) == known(whole.losses[numbers], part.end.diverged)


@pytest.mark.parametrize("lanes", [1, FEW - 1, FEW, HALF_BLOCK - 1, HALF_BLOCK,
                                   HALF_BLOCK + 1, BLOCK, BLOCK + 1, 2 * BLOCK + 3])
def test_blocks_of_every_size(lanes):
    case = xor_case([Lane(random_network(seed), 0.1 + seed / 50, "momentum") for seed in range(lanes)])
    training = training_of(case)
    whole = training.go(training.start(), 9)
    for number, lane in enumerate(case.lanes):
        alone = training_of(replace(case, lanes=[lane]))
        part = alone.go(alone.start(), 9)
        assert same(part.end.values[0], whole.end.values[number]) and same(part.losses[0], whole.losses[number])


def random_network(seed, layers=(2, 4, 1), names=("tanh", "sigmoid")):
    return Network.random(layers, activations=names, seed=seed)


def xor_case(lanes, **how):
    return Case(lanes, np.array(XOR_X), np.array(XOR_Y), "binary_cross_entropy", "mean", **how)


def test_what_was_asked_in_between_changes_nothing():
    case = xor_case([Lane(random_network(seed), 0.5, "adam") for seed in range(3)], batch=3, order_seed=7)
    training, busy = training_of(case), training_of(case)
    halfway = busy.go(busy.start(), 10).end
    busy.frame(halfway)
    busy.answers(halfway, np.zeros((5, 2)))
    busy.go(busy.start(), 3)
    assert same(busy.go(halfway, 20).end.values, training.go(training.start(), 20).end.values)


def test_what_is_given_stays_as_it_was():
    case = xor_case([Lane(random_network(1), 0.5, "adam")])
    training = training_of(case)
    start = training.start()
    before = start.values.copy(), start.diverged.copy()
    first = training.go(start, 5).end
    kept = first.values.copy()
    training.go(first, 9)
    assert same(start.values, before[0]) and same(start.diverged, before[1]) and same(first.values, kept)


@many
@given(cases(most_lanes=9, batches=False))
def test_frames_looked_at_together_are_those_looked_at_alone(case):
    training = training_of(case)
    ats = [training.start()]
    for stop in range(1, 41):
        ats.append(training.reach(ats[-1], stop))
    diverged = ats[-1].diverged
    for at, frame in zip(ats, training.frames(ats, diverged), strict=True):
        alone = training_of(case).frame(at, diverged)
        assert frame.epoch == at.epoch
        assert same(frame.parameters, alone.parameters) and same(frame.outputs, alone.outputs)
        assert same(frame.gradient_norms, alone.gradient_norms)


@pytest.mark.parametrize(("samples", "most"), [(4, 32), (50, 24), (200, 8), (400, 4), (4000, 4)])
def test_large_networks_are_looked_at_a_few_at_a_time(samples, most):
    X = np.random.default_rng(3).normal(size=(samples, 2))
    training = Training([Lane(random_network(1), 0.5)], X, (X[:, :1] > 0) * 1.0, loss="binary_cross_entropy")
    rooms = []
    training._room_for = lambda networks, made=training._room_for: rooms.append(len(networks)) or made(networks)
    start = training.start()
    training.frames([start] * 40)
    assert sum(rooms) == 40 and max(rooms) == most
    assert max(training._looking) == most


def test_no_frames_of_nothing():
    training = training_of(xor_case([Lane(random_network(1), 0.5)]))
    assert training.frames([]) == []


def fingerprint():
    """Return a hash of every number of some runs: all optimisers, with and without batches, alone and in blocks."""
    digest = hashlib.sha256()
    for batch in (None, 1, 3):
        lanes = [Lane(random_network(seed, (2, 5, 3, 1), ("leaky_relu", "tanh", "sigmoid")), 0.05, name)
                 for name in OPTIMIZERS for seed in range(BLOCK + 1)]
        training = training_of(xor_case(lanes, batch=batch, order_seed=5))
        stretch = training.go(training.start(), 40)
        frame = training.frame(stretch.end)
        for part in (stretch.losses, stretch.misses, stretch.end.values, frame.outputs, frame.gradient_norms):
            digest.update(part.tobytes())
    return digest.hexdigest()


def test_another_process():
    program = "from tests.unit.test_training_bits import fingerprint; print(fingerprint())"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == fingerprint()

"""Numbers that run away: the first epoch that is not finite, the last finite state kept, and nobody else troubled."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop import ACTIVATIONS, LOSSES, OPTIMIZERS, Network
from backprop.lanes import BLOCK, Lane
from backprop.training import Training
from tests.unit.trained_plainly import batches_of, cases, flattened

EPOCHS = 40
many = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def training_of(case):
    data, how = case.data
    return Training(case.lanes, *data, **how)


def times(left, right):
    """Return left @ right, product by product: BLAS may fuse them, and then inf - 1e400 is inf instead of NaN."""
    return (left[:, :, None] * right[None]).sum(axis=1)


def passes_of(case, parts, activations, which):
    """Return the loss and the gradients of W, b, W, b ... in bare NumPy: a Network would refuse what is not finite."""
    a, zs, chosen = [case.X[which]], [], LOSSES[case.loss]
    for (w, b), name in zip(parts, activations, strict=True):
        zs.append(times(a[-1], w) + b)
        a.append(ACTIVATIONS[name].function(zs[-1]))
    per_sample = chosen.value(zs[-1], a[-1], case.y[which])
    share = 1 / len(which) if case.reduction == "mean" else 1.0
    delta = (a[-1] - case.y[which] if chosen.fused_with else
             chosen.slope(a[-1], case.y[which]) * ACTIVATIONS[activations[-1]].slope(zs[-1], a[-1])) * share
    grads = []
    for layer in reversed(range(len(parts))):
        grads[:0] = [(times(a[layer].T, delta), delta.sum(axis=0))]
        if layer:
            delta = times(delta, parts[layer][0].T) * ACTIVATIONS[activations[layer - 1]].slope(zs[layer - 1], a[layer])
    return (per_sample * share).sum(), grads


def runs_away(case, lane, epochs):
    """Return the first epoch that is not finite (-1: none), and the parameters of the epoch before it."""
    optimizer, network = OPTIMIZERS[lane.optimizer], lane.network
    biased = network.biases is not None
    parts = [(w, network.biases[layer] if biased else np.zeros(w.shape[1])) for layer, w in enumerate(network.weights)]
    slots = [tuple(optimizer.first_slots(value) for value in part) for part in parts]
    step, before = 0, None
    with np.errstate(all="ignore"):
        for epoch in range(epochs + 1):
            now = flattened([w for w, _ in parts], [b for _, b in parts] if biased else None)
            loss = passes_of(case, parts, network.activations, np.arange(len(case.X)))[0] if epoch < epochs else 0.0
            if not (np.isfinite(now).all() and np.isfinite(loss)):
                return epoch, before
            before = now
            for which in batches_of(case, epoch):
                step += 1
                _, grads = passes_of(case, parts, network.activations, which)
                moved = [[optimizer.update(value, g if index == 0 or biased else np.zeros_like(g), slot,
                                           lane.learning_rate, step)
                          for index, (value, g, slot) in enumerate(zip(*three, strict=True))]
                         for three in zip(parts, grads, slots, strict=True)]
                parts = [tuple(value for value, _ in part) for part in moved]
                slots = [tuple(slot for _, slot in part) for part in moved]
    return -1, before


FAST = cases(most_lanes=3, optimizers=("sgd", "momentum", "nesterov"), scales=(2.0,), batches=True)


@many
@given(FAST, st.sampled_from((1e2, 1e30, 1e200, 1e308)))
def test_the_epoch_is_the_first_that_is_not_finite(case, rate):
    fast = [Lane(lane.network, rate, lane.optimizer) for lane in case.lanes]
    case = type(case)(fast, case.X, case.y, case.loss, case.reduction, case.batch, case.order_seed)
    found = [runs_away(case, lane, 13) for lane in fast]
    assume(all(-1 < epoch <= 12 for epoch, _ in found))  # later, the last digits have grown to whole epochs
    training = training_of(case)
    stretch = training.go(training.start(), EPOCHS)
    assert stretch.end.diverged.tolist() == [epoch for epoch, _ in found]
    for number, (epoch, kept) in enumerate(found):
        assert np.isfinite(stretch.losses[number, :epoch]).all()
        assert np.isfinite(stretch.end.values[number, 0]).all()
        np.testing.assert_allclose(stretch.end.values[number, 0], kept, rtol=1e-6)


def linear(rate, weight=1.0, x=1.0, optimizer="sgd", activation="linear"):
    """Return one weight on its way: w = w - rate x (w x - 0)."""
    return Lane(Network([[[weight]]], activations=[activation]), rate, optimizer), [[x]], [[0.0]]


def one(lane, X, y, **how):
    return Training([lane], X, y, **{"loss": "half_squared_error", **how})


def test_the_loss_is_the_first_to_go():
    # w goes 1, -1e60, 1e120, -1e180: (1e180)^2 is beyond float64, 1e180 is not
    training = one(*linear(1e60))
    end = training.go(training.start(), 9).end
    assert end.diverged.tolist() == [3] and end.values[0, 0, 0] == pytest.approx(1e120)


def test_a_parameter_is_the_first_to_go():
    # w = 1 - 1e308 * 10 = -inf after one step; the sigmoid's output is 0, and the loss would be finite
    lane, X, _ = linear(1e308, x=20.0, activation="sigmoid")
    training = one(lane, X, [[0.0]], loss="binary_cross_entropy", reduction="sum")
    stretch = training.go(training.start(), 4)
    assert stretch.end.diverged.tolist() == [1] and stretch.end.values[0, 0].tolist() == [1.0]
    assert np.isfinite(stretch.losses[0, 0])


def test_a_start_beyond_float64_diverges_at_0_and_stays_as_given():
    training = one(*linear(0.1, weight=1e300))
    stretch = training.go(training.start(), 5)
    assert stretch.end.diverged.tolist() == [0] and stretch.end.values[0, 0].tolist() == [1e300]


@pytest.mark.parametrize(("rate", "at"), [(1e60, 3), (1e100, 2), (1e25, 7)])
def test_wherever_it_is_cut(rate, at):
    lane, X, y = linear(rate)
    whole = one(lane, X, y)
    end = whole.go(whole.start(), at + 5).end
    assert end.diverged.tolist() == [at]
    for cut in range(1, at + 4):
        training = one(lane, X, y)
        middle = training.go(training.start(), cut).end
        assert middle.diverged.tolist() == [at if cut > at else -1]
        after = one(lane, X, y).go(middle, at + 5).end
        assert after.diverged.tolist() == [at] and after.values[:, :2].tobytes() == end.values[:, :2].tobytes()


@pytest.mark.parametrize("lanes", [2, 8, BLOCK + 1])
@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_other_lanes_do_not_notice(lanes, optimizer):
    calm = [Lane(Network([[[1.0 + k]]], activations=["linear"]), 0.01, optimizer) for k in range(lanes)]
    wild = Lane(calm[1].network, 1e300, optimizer)
    quiet, mixed = one_of(calm), one_of([calm[0], wild, *calm[2:]])
    alone, beside = quiet.go(quiet.start(), 25), mixed.go(mixed.start(), 25)
    others = [0, *range(2, lanes)]
    assert beside.end.diverged[1] > 0 and (beside.end.diverged[others] == -1).all()
    assert alone.end.values[others].tobytes() == beside.end.values[others].tobytes()
    assert alone.losses[others].tobytes() == beside.losses[others].tobytes()


def one_of(lanes):
    return Training(lanes, [[1.0], [2.0]], [[0.5], [0.1]], loss="squared_error", batch=1)


def test_a_calm_run_never_diverges():
    training = one(*linear(0.1))
    assert training.go(training.start(), 5000).end.diverged.tolist() == [-1]


@pytest.mark.parametrize("epoch", range(7))
def test_what_a_frame_shows_is_finite(epoch):
    lane = Lane(Network([[[1.0]], [[1.0]]], activations=["linear", "linear"]), 1e60)
    training = one(lane, [[1.0]], [[0.0]])
    assert training.go(training.start(), 9).end.diverged.tolist() == [2]
    frame = training.frame(training.go(training.start(), epoch).end)
    assert np.isfinite(frame.outputs).all() and np.isfinite(frame.parameters).all()
    assert np.isfinite(frame.gradient_norms).all()

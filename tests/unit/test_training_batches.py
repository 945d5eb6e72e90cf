"""Mini-batches and one sample at a time: the plain loop over the same seeded orders."""

import numpy as np
import pytest
from hypothesis import given, settings

from backprop import OPTIMIZERS, Network
from backprop.lanes import BLOCK, Data, Lane
from backprop.training import Training
from tests.unit.trained_plainly import Case, batches_of, cases, trained_plainly

many = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def training_of(case):
    data, how = case.data
    return Training(case.lanes, *data, **how)


def regression(batch, *, lanes=1, optimizer="sgd", samples=10, reduction="mean", order_seed=3):
    rng = np.random.default_rng(8)
    made = [Lane(Network.random([2, 3, 1], activations=["tanh", "linear"], seed=seed), 0.02, optimizer)
            for seed in range(lanes)]
    return Case(made, rng.normal(size=(samples, 2)), rng.normal(size=(samples, 1)), "half_squared_error", reduction,
                batch, order_seed)


@many
@given(cases(most_lanes=3, batches=True, optimizers=("sgd",), scales=(0.3,)))
def test_one_epoch_is_the_plain_loop(case):
    training = training_of(case)
    stretch = training.go(training.start(), 1)
    for number, lane in enumerate(case.lanes):
        losses, after = trained_plainly(case, lane, 1)
        np.testing.assert_allclose(stretch.losses[number], losses, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(stretch.end.values[number, 0], after[0], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("batch", [1, 2, 3, 4, 7, 9])
def test_twenty_epochs_are_the_plain_loop(batch, optimizer):
    for lanes, reduction in ((1, "mean"), (BLOCK, "sum")):
        case = regression(batch, lanes=lanes, optimizer=optimizer, reduction=reduction)
        training = training_of(case)
        stretch = training.go(training.start(), 20)
        losses, after = trained_plainly(case, case.lanes[-1], 20)
        np.testing.assert_allclose(stretch.losses[-1], losses, rtol=1e-9)
        np.testing.assert_allclose(stretch.end.values[-1, 0], after[-1], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("batch", [10, 11, 10**9])
def test_a_batch_of_all_is_no_batch(batch):
    whole, asked = training_of(regression(None)), training_of(regression(batch, order_seed=99))
    one, other = whole.go(whole.start(), 9), asked.go(asked.start(), 9)
    assert one.end.values.tobytes() == other.end.values.tobytes() and one.losses.tobytes() == other.losses.tobytes()


def test_the_order_matters_and_comes_from_its_seed():
    ends = [training.go(training.start(), 3).end.values.tolist()
            for training in (training_of(regression(2, order_seed=seed)) for seed in (3, 3, 4))]
    assert ends[0] == ends[1] != ends[2]


def test_every_epoch_takes_every_sample_once_in_an_order_of_its_own():
    data = Data(np.zeros((10, 2)), np.zeros((10, 1)), "squared_error", batch=3, order_seed=5)
    orders = data.orders(0, 50)
    assert orders.shape == (50, 10) and (np.sort(orders, axis=1) == np.arange(10)).all()
    assert len({tuple(order) for order in orders.tolist()}) == 50
    assert (data.orders(20, 30) == orders[20:30]).all()
    case = regression(3, order_seed=5)
    assert np.concatenate(batches_of(case, 7)).tolist() == orders[7].tolist()


def test_the_loss_is_of_all_samples_before_the_epoch_s_first_step():
    case = regression(1)
    one, whole = training_of(case), training_of(regression(None))
    assert one.go(one.start(), 1).losses.tolist() == whole.go(whole.start(), 1).losses.tolist()


def test_a_small_last_batch_has_its_own_mean():
    case = regression(9, samples=10)
    training = training_of(case)
    after = training.go(training.start(), 1).end.values[0, 0]
    np.testing.assert_allclose(after, trained_plainly(case, case.lanes[0], 1)[1][0], rtol=1e-12, atol=1e-15)
    assert [len(which) for which in batches_of(case, 0)] == [9, 1]

"""What holds of forward and backward whatever the network."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from backprop import Network, backward, forward
from tests.unit.networks import cases, quick


def gradients(case, rows=slice(None), **changes):
    case = replace(case, **changes)
    return backward(case.network, forward(case.network, case.X[rows]), case.y[rows],
                    loss=case.loss, reduction=case.reduction)


def flat(grads):
    return np.concatenate([g.ravel() for g in (*grads.weights, *(grads.biases or ()))])


@quick
@given(cases())
def test_shapes(case):
    passed = forward(case.network, case.X)
    grads = gradients(case)
    samples, layers = len(case.X), case.network.layers
    assert [a.shape for a in passed.a] == [(samples, width) for width in layers]
    assert [z.shape for z in passed.z] == [d.shape for d in grads.delta] == [(samples, width) for width in layers[1:]]
    assert [g.shape for g in grads.weights] == [w.shape for w in case.network.weights]
    assert (grads.biases is None) == (case.network.biases is None)
    assert passed.a[0] is not case.X
    np.testing.assert_array_equal(passed.a[0], case.X)
    assert passed.output is passed.a[-1]
    assert type(grads.loss) is float


@quick
@given(cases())
def test_batch_gradient_is_the_mean_of_the_samples(case):
    single = [gradients(case, slice(row, row + 1)) for row in range(len(case.X))]
    whole = gradients(case, reduction="mean")
    np.testing.assert_allclose(flat(whole), np.mean([flat(g) for g in single], axis=0), rtol=1e-9, atol=1e-13)
    assert whole.loss == pytest.approx(np.mean([g.loss for g in single]), rel=1e-12)


@quick
@given(cases())
def test_sum_is_the_mean_times_the_samples(case):
    mean, total = gradients(case, reduction="mean"), gradients(case, reduction="sum")
    np.testing.assert_allclose(flat(total), flat(mean) * len(case.X), rtol=1e-9, atol=1e-13)
    assert total.loss == pytest.approx(mean.loss * len(case.X), rel=1e-12)


@quick
@given(cases())
def test_passes_change_nothing_and_repeat_exactly(case):
    kept = case.X.copy(), case.y.copy(), hash(case.network)
    first, second = gradients(case), gradients(case)
    np.testing.assert_array_equal(flat(first), flat(second))
    np.testing.assert_array_equal(kept[0], case.X)
    np.testing.assert_array_equal(kept[1], case.y)
    assert kept[2] == hash(case.network)


@quick
@given(cases())
def test_a_small_step_lowers_the_loss(case):
    grads = gradients(case)
    steepness = float(np.sum(flat(grads) ** 2))
    after = case.network.updated(grads, learning_rate=1e-6 / max(1.0, steepness))
    assert gradients(case, network=after).loss <= grads.loss * (1 + 1e-12)


def test_half_squared_error_is_half_of_it_all():
    net = Network.random([3, 2, 2], activations=["tanh", "linear"], seed=1)
    X, y = np.eye(3), np.ones((3, 2))
    passed = forward(net, X)
    whole, half = (backward(net, passed, y, loss=loss) for loss in ("squared_error", "half_squared_error"))
    assert whole.loss == 2 * half.loss
    np.testing.assert_array_equal(flat(whole), 2 * flat(half))


def test_hidden_deltas_use_the_weights_of_this_pass():
    net = Network(weights=[[[1.0]], [[3.0]]], biases=None, activations=["linear", "linear"])
    grads = backward(net, forward(net, [[2.0]]), [[5.0]], loss="half_squared_error")
    assert grads.delta[1].item() == 1.0  # 2 * 1 * 3 - 5
    assert grads.delta[0].item() == 3.0  # the 3 from before the update; after it, that weight is 3 - 2 * eta


@pytest.mark.parametrize(("z", "t", "loss"), [(800.0, 0.0, 800.0), (-800.0, 1.0, 800.0), (800.0, 1.0, 0.0),
                                              (-800.0, 0.0, 0.0), (0.0, 1.0, np.log(2.0))])
def test_binary_cross_entropy_stays_finite(z, t, loss):
    net = Network(weights=[[[z]]], biases=None, activations=["sigmoid"])
    grads = backward(net, forward(net, [[1.0]]), [[t]], loss="binary_cross_entropy")
    assert grads.loss == loss
    assert np.isfinite(flat(grads)).all()


def test_cross_entropy_stays_finite():
    net = Network(weights=[[[800.0, -800.0, 0.0]]], biases=None, activations=["softmax"])
    passed = forward(net, [[1.0]])
    np.testing.assert_array_equal(passed.output, [[1.0, 0.0, 0.0]])
    assert backward(net, passed, [[1.0, 0.0, 0.0]], loss="cross_entropy").loss == 0.0
    wrong = backward(net, passed, [[0.0, 1.0, 0.0]], loss="cross_entropy")
    assert wrong.loss == 1600.0
    np.testing.assert_array_equal(wrong.delta[0], [[1.0, -1.0, 0.0]])


def test_numbers_beyond_float64_are_reported_not_clipped():
    net = Network(weights=[[[1e200]], [[1e200]]], biases=None, activations=["linear", "relu"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        passed = forward(net, [[1e200]])
        grads = backward(net, passed, [[0.0]], loss="squared_error")
        after = net.updated(grads, learning_rate=1.0)
    assert np.isinf(passed.output).all()
    assert np.isinf(grads.loss)
    assert net.finite
    assert not after.finite


def test_nan_passes_through_every_activation():
    for name in ("sigmoid", "tanh", "relu", "leaky_relu", "linear", "softmax"):
        # inf - inf in the second layer
        net = Network(weights=[[[1e200, 1e200]], [[1e200], [-1e200]], [[1.0]]], biases=None,
                      activations=["linear", "linear", name])
        assert np.isnan(forward(net, [[1e200]]).output).all(), name

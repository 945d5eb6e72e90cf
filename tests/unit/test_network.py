"""A network is a value: checked once, never changed, equal by its numbers."""

import numpy as np
import pytest
from hypothesis import given

from backprop import Network, backward, forward
from tests.unit.networks import cases, quick


def small(**changes):
    given_values = {"weights": [[[0.1, -0.2], [0.3, 0.4]], [[0.5], [0.6]]], "biases": [[0.0, 1.0], [2.0]],
                    "activations": ["tanh", "sigmoid"]}
    return Network(**(given_values | changes))


def test_it_says_what_it_is():
    net = small()
    assert net.layers == (2, 2, 1)
    assert net.activations == ("tanh", "sigmoid")
    assert repr(net) == "Network(2→2→1, tanh, sigmoid)"
    assert repr(small(biases=None)) == "Network(2→2→1, tanh, sigmoid, no biases)"


def test_it_copies_what_it_is_given():
    given_weights = [np.ones((1, 1))]
    net = Network(weights=given_weights, biases=None, activations=["linear"])
    given_weights[0][0, 0] = 5.0
    assert net.weights[0][0, 0] == 1.0
    assert net.weights[0].dtype == np.float64


def test_nobody_can_write_to_it():
    net = small()
    with pytest.raises(ValueError, match="read-only"):
        net.weights[0][0, 0] = 5.0
    with pytest.raises(ValueError, match="read-only"):
        net.biases[0][0] = 5.0
    with pytest.raises(AttributeError):
        net.weights = []
    with pytest.raises(AttributeError):
        net.name = "mine"


def test_equality_goes_by_value():
    assert small() == small()
    assert hash(small()) == hash(small())
    assert small() == Network(weights=small().weights, biases=small().biases, activations=["tanh", "sigmoid"])
    assert small() != small(biases=None)
    assert small() != small(biases=[[0.0, 1.0], [2.5]])
    assert small() != small(activations=["tanh", "tanh"])
    assert small() != "a network"


@quick
@given(cases())
def test_updated_leaves_the_old_one_unchanged(case):
    net = case.network
    kept = [w.copy() for w in net.weights]
    grads = backward(net, forward(net, case.X), case.y, loss=case.loss)
    after = net.updated(grads, learning_rate=0.5)
    for layer, w in enumerate(kept):
        np.testing.assert_array_equal(net.weights[layer], w)
        np.testing.assert_array_equal(after.weights[layer], w - 0.5 * grads.weights[layer])
        assert not after.weights[layer].flags.writeable
    for layer, b in enumerate(net.biases or ()):
        np.testing.assert_array_equal(after.biases[layer], b - 0.5 * grads.biases[layer])
    assert after.activations == net.activations
    assert net.updated(grads, learning_rate=0) == net


def test_same_seed_same_network():
    def drawn(seed):
        return Network.random([2, 3, 1], activations=["tanh", "sigmoid"], initializer="xavier", seed=seed)

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert drawn(7).layers == (2, 3, 1)
    assert [b.tolist() for b in drawn(7).biases] == [[0.0, 0.0, 0.0], [0.0]]
    assert Network.random([2, 1], activations=["linear"], seed=0, biases=False).biases is None

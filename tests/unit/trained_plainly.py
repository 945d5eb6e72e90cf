"""Training as a reader would write it in NumPy, sample orders and all, and random cases: what kernels are held to."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from backprop import LOSSES, OPTIMIZERS, REDUCTIONS, Network, backward, forward
from backprop.lanes import Lane
from tests.unit.networks import HIDDEN, targets, with_drawn_biases

XOR_X, XOR_Y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [[0.0], [1.0], [1.0], [0.0]]


@dataclass(frozen=True, eq=False)
class Case:
    """Lanes and what they learn from; `data` are the arguments of Training after the lanes."""

    lanes: list[Lane]
    X: np.ndarray
    y: np.ndarray
    loss: str
    reduction: str
    batch: int | None = None
    order_seed: int = 0

    @property
    def data(self):
        return (self.X, self.y), {"loss": self.loss, "reduction": self.reduction, "batch": self.batch,
                                  "order_seed": self.order_seed}


@st.composite
def cases(draw, *, most_lanes=6, batches=False, optimizers=tuple(OPTIMIZERS), scales=(0.3, 1.0, 2.0)):
    layers = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    loss = draw(st.sampled_from(list(LOSSES)))
    names = [*(draw(st.sampled_from(HIDDEN)) for _ in layers[2:]),
             LOSSES[loss].fused_with or draw(st.sampled_from(HIDDEN))]
    biases, scale, samples = draw(st.booleans()), draw(st.sampled_from(scales)), draw(st.integers(1, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    same = draw(st.booleans())  # one optimiser for all, so that many lanes make a block, or one each
    first = draw(st.sampled_from(optimizers))
    lanes = [Lane(with_drawn_biases(Network.random(layers, activations=names, initializer="normal", scale=scale,
                                                   seed=int(rng.integers(2**32)), biases=biases), rng),
                  draw(st.sampled_from((0.0, 0.01, 0.5))), first if same else draw(st.sampled_from(optimizers)))
             for _ in range(draw(st.integers(1, most_lanes)))]
    return Case(lanes, rng.normal(size=(samples, layers[0])), targets(rng, samples, layers[-1], loss), loss,
                draw(st.sampled_from(REDUCTIONS)), draw(st.integers(1, 12)) if batches else None,
                draw(st.integers(0, 99)))


def flattened(weights, biases):
    both = zip(weights, biases, strict=True) if biases is not None else ((w,) for w in weights)
    return np.concatenate([np.ravel(part) for layer in both for part in layer])


def rebuilt(parameters, like):
    """Return the network of these flat parameters."""
    weights, biases, at = [], [], 0
    for w in like.weights:
        weights.append(parameters[at:at + w.size].reshape(w.shape))
        at += w.size
        if like.biases is not None:
            biases.append(parameters[at:at + w.shape[1]])
            at += w.shape[1]
    return Network(weights, biases if like.biases is not None else None, activations=like.activations)


def batches_of(case, epoch):
    """Return which samples each step of an epoch takes, in the order that the spec's seed draws."""
    count = len(case.X)
    if case.batch is None or case.batch >= count:
        return [np.arange(count)]
    order = np.random.default_rng([case.order_seed, epoch]).permutation(count)
    return [order[first:first + case.batch] for first in range(0, count, case.batch)]


def gradients(case, network, which=None):
    which = np.arange(len(case.X)) if which is None else which
    return backward(network, forward(network, case.X[which]), case.y[which], loss=case.loss, reduction=case.reduction)


def trained_plainly(case, lane, epochs):
    """Return the losses before, and the flat parameters after, each epoch."""
    optimizer, network = OPTIMIZERS[lane.optimizer], lane.network
    parameters = flattened(network.weights, network.biases)
    slots, step, losses, after = optimizer.first_slots(parameters), 0, [], []
    for epoch in range(epochs):
        losses.append(gradients(case, network).loss)
        for which in batches_of(case, epoch):
            step += 1
            grads = gradients(case, network, which)
            parameters, slots = optimizer.update(parameters, flattened(grads.weights, grads.biases), slots,
                                                 lane.learning_rate, step, {**optimizer.hyper, **lane.hyper})
            network = rebuilt(parameters, network)
        after.append(parameters)
    return np.array(losses), np.array(after)

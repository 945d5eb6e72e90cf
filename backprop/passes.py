"""The forward and the backward pass: vectorised, readable, and the reference for everything faster.

X and y hold a sample per row. delta = dL/dz of the reduced loss. Source of the equations: Rumelhart,
Hinton and Williams 1986; in this notation, Nielsen's "Neural Networks and Deep Learning", chapter 2.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import checks
from .activations import Array
from .losses import LOSSES, REDUCTIONS, Loss
from .network import Network
from .results import Gradients, Passed

__all__ = ["Gradients", "Passed", "backward", "check_reduction", "checked_loss", "checked_samples", "checked_targets",
           "forward", "pre_activation", "reduced_loss"]


def forward(network: Network, X: Any) -> Passed:
    """Send the samples forward: z[l] = a[l] W[l] + b[l], a[l + 1] = activation(z[l]).

    X: shape (B, n_in), finite. Numbers that grow beyond float64 become inf or NaN, without a warning.
    ValueError where X does not fit the network.
    """
    a = [checked_samples("X", X, network.layers[0])]
    z: list[Array] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for layer in range(len(network.weights)):
            z.append(pre_activation(network, layer, a[-1]))
            a.append(network.activation(layer).function(z[-1]))
    return Passed(z, a)


def backward(network: Network, passed: Passed, y: Any, *, loss: str, reduction: str = "mean") -> Gradients:
    """Send the blame back: from dL/da of the outputs to the gradient of every weight and bias.

    delta[last] = dL/da * da/dz (or a - y for a loss fused with its activation);
    delta[l - 1] = (delta[l] W[l]^T) * da/dz; dL/dW[l] = a[l]^T delta[l]; dL/db[l] = the sum of delta[l] over samples.
    passed: what `forward` gave for this network. y: shape (B, n_out), within the loss's range.
    ValueError where one of them does not fit, or where the loss does not go with the last activation.
    """
    chosen = checked_loss(network, loss)
    check_reduction(reduction)
    _check_passed(network, passed)
    t = checked_targets(y, passed.output.shape, chosen)
    with np.errstate(over="ignore", invalid="ignore"):
        delta = _deltas(network, passed, t, chosen, reduction)
        weights = [a.T @ d for a, d in zip(passed.a, delta, strict=False)]  # a is one longer: the outputs feed nothing
        biases = None if network.biases is None else [d.sum(axis=0) for d in delta]
        reduced = reduced_loss(chosen, passed.z[-1], passed.output, t, reduction)
    return Gradients(float(reduced), weights, biases, delta)


def pre_activation(network: Network, layer: int, a: Array) -> Array:
    """Return z[l] = a[l] W[l] + b[l]; a of shape (..., n_in), z of shape (..., n_out)."""
    z = a @ network.weights[layer]
    return z if network.biases is None else z + network.biases[layer]


def reduced_loss(loss: Loss, z: Array, a: Array, t: Array, reduction: str) -> Array:
    """Return the samples' losses as their mean or sum; shapes (..., B, n_out) become (...)."""
    per_sample = loss.value(z, a, t)
    return np.asarray(per_sample.mean(axis=-1) if reduction == "mean" else per_sample.sum(axis=-1))


def _deltas(network: Network, passed: Passed, t: Array, loss: Loss, reduction: str) -> list[Array]:
    samples = t.shape[0] if reduction == "mean" else 1
    last = len(network.weights) - 1
    if loss.fused_with:
        delta = [(passed.output - t) / samples]
    else:
        delta = [loss.slope(passed.output, t) / samples * _slope(network, passed, last)]
    for layer in range(last, 0, -1):
        blame = delta[0] @ network.weights[layer].T
        delta.insert(0, blame * _slope(network, passed, layer - 1))
    return delta


def _slope(network: Network, passed: Passed, layer: int) -> Array:
    return network.activation(layer).slope(passed.z[layer], passed.a[layer + 1])


def checked_samples(argument: str, X: Any, width: int) -> Array:
    """Return X as a float64 copy of shape (B, width), or refuse it."""
    takes = f"shape (samples, {width}), a row of {width} per sample"
    samples = checks.numbers(argument, X, 2, takes)
    if samples.shape[1] != width:
        raise checks.refusal(argument, f"shape {samples.shape}", takes)
    return samples


def checked_targets(y: Any, shape: tuple[int, ...], loss: Loss) -> Array:
    """Return y as a float64 copy of the outputs' shape and within the loss's range, or refuse it."""
    t = checks.numbers("y", y, 2, f"shape {shape}, a row per sample")
    if t.shape != shape:
        raise checks.refusal("y", f"shape {t.shape}", f"shape {shape}, a row per sample")
    outside = (t < loss.target_low) | (t > loss.target_high)
    if outside.any():
        takes = f"targets from {loss.target_low:g} to {loss.target_high:g} with the loss {loss.name}"
        raise checks.refusal("y", f"{t[outside][0]}", takes)
    sums = t.sum(axis=1)
    if loss.targets_sum_to_one and (np.abs(sums - 1.0) > 1e-9).any():
        wrong = sums[np.abs(sums - 1.0) > 1e-9][0]
        raise checks.refusal("y", f"a row that sums to {wrong}", f"rows that sum to 1 with the loss {loss.name}")
    return t


def checked_loss(network: Network, loss: Any) -> Loss:
    """Return the loss of that name, or refuse one that does not go with the network's last activation."""
    chosen = checks.one_of("loss", loss, LOSSES)
    output = network.activations[-1]
    if chosen.fused_with and output != chosen.fused_with:
        raise checks.refusal("loss", f"{chosen.name!r} after a layer of {output}",
                             f"it after a layer of {chosen.fused_with} only")
    if output == "softmax" and chosen.fused_with != "softmax":
        raise checks.refusal("loss", f"{chosen.name!r} after a layer of softmax", "cross_entropy only after softmax")
    return chosen


def check_reduction(reduction: Any) -> None:
    """Refuse a reduction that is neither mean nor sum."""
    checks.one_of("reduction", reduction, dict.fromkeys(REDUCTIONS))


def _check_passed(network: Network, passed: Any) -> None:
    if not isinstance(passed, Passed):
        raise checks.refusal("passed", checks.shown(passed), "what forward returns")
    widths = tuple(a.shape[1] for a in passed.a)
    if widths != network.layers:
        raise checks.refusal("passed", f"a pass through layers {widths}",
                             f"one through this network's, {network.layers}")

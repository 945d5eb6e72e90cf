"""The network: its weights, biases and activations, and nothing that happens to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, final

import numpy as np

from . import checks
from .activations import ACTIVATIONS, Activation, Array
from .initializers import INITIALIZERS
from .results import Gradients

Weights = tuple[Array, ...]


@final
class Network:
    """Hold one set of parameters; nothing changes it, `updated` makes another.

    weights: a matrix per layer, W[l] of shape (n_in, n_out); W[i, j] runs from node i to node j.
    biases: a vector per layer, b[l] of shape (n_out,); None: no biases at all.
    activations: a name per layer; "softmax" in the last layer only.
    Arrays are copied as float64 and read-only. Equal parameters make equal networks.
    ValueError where shapes do not fit, a name is unknown or a number is not finite.
    """

    __slots__ = ("_activations", "_biases", "_weights")

    _weights: Weights
    _biases: Weights | None
    _activations: tuple[str, ...]

    def __init__(self, weights: Any, biases: Any = None, *, activations: Any) -> None:
        """Check and copy the parameters."""
        self._weights = _checked_weights(weights)
        self._biases = None if biases is None else _checked_biases(biases, self._weights)
        self._activations = _checked_activations(activations, len(self._weights))

    @classmethod
    def random(cls, layers: Any, *, activations: Any, initializer: str = "xavier", seed: int,
               biases: bool = True, scale: float | None = None) -> Network:
        """Draw a network's weights; its biases begin at 0.

        layers: the widths, inputs first, such as [2, 2, 1]. The same seed (a whole number, 0 or more)
        draws the same weights. scale: what `docs/conventions.md` calls s; None: the initialiser's own.
        """
        widths = _checked_layers(layers)
        chosen = checks.one_of("initializer", initializer, INITIALIZERS)
        size = _checked_scale(scale, chosen.name, chosen.default_scale)
        rng = np.random.default_rng(checks.whole_number("seed", seed, 0, "a whole number, 0 or more"))
        made = object.__new__(cls)
        made._weights = tuple(_frozen(chosen.draw(rng, n_in, n_out, size)) for n_in, n_out in pairwise(widths))
        made._biases = tuple(_frozen(np.zeros(width)) for width in widths[1:]) if biases else None
        made._activations = _checked_activations(activations, len(widths) - 1)
        if scale is not None:
            _checked_weights(made._weights)  # which may be beyond float64
        return made

    @property
    def weights(self) -> Weights:
        """The matrices W[l], each of shape (n_in, n_out), read-only."""
        return self._weights

    @property
    def biases(self) -> Weights | None:
        """The vectors b[l], each of shape (n_out,), read-only; None where the network has none."""
        return self._biases

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation's name of each layer of weights."""
        return self._activations

    @property
    def layers(self) -> tuple[int, ...]:
        """The number of nodes in each layer, inputs first."""
        return (self._weights[0].shape[0], *(w.shape[1] for w in self._weights))

    @property
    def finite(self) -> bool:
        """Whether every parameter is a finite number: False once training has run away."""
        return all(bool(np.isfinite(values).all()) for values in (*self._weights, *(self._biases or ())))

    def activation(self, layer: int) -> Activation:
        """Return the activation of layer of weights number `layer`."""
        return ACTIVATIONS[self._activations[layer]]

    def updated(self, grads: Gradients, *, learning_rate: float) -> Network:
        """Return the network one step of gradient descent on: w - learning_rate * dL/dw, the biases too.

        learning_rate: 0 or more. A step too large for float64 gives a network that is not `finite`.
        ValueError where `grads` are another network's.
        """
        eta = checks.number("learning_rate", learning_rate, 0.0, "a finite number, 0 or more")
        check_fit("grads", grads, self)
        with np.errstate(over="ignore", invalid="ignore"):
            weights = [w - eta * dw for w, dw in zip(self._weights, grads.weights, strict=True)]
            biases = None if self._biases is None or grads.biases is None else [
                b - eta * db for b, db in zip(self._biases, grads.biases, strict=True)]
        return self._with(weights, biases)

    def _with(self, weights: Sequence[Array], biases: Sequence[Array] | None) -> Network:
        """Return this network with other parameters, unchecked: they may have run away to infinity."""
        made = object.__new__(Network)
        made._weights = tuple(_frozen(w) for w in weights)
        made._biases = None if biases is None else tuple(_frozen(b) for b in biases)
        made._activations = self._activations
        return made

    def __eq__(self, other: object) -> bool:
        """Say whether the other is a network of the same activations, shapes and numbers."""
        return self._key() == other._key() if isinstance(other, Network) else NotImplemented

    def __hash__(self) -> int:
        """Hash by value, as equality goes by value."""
        return hash(self._key())

    def __repr__(self) -> str:
        """Say the layers and activations: Network(2→2→1, tanh, sigmoid)."""
        widths = "→".join(str(width) for width in self.layers)
        return f"Network({widths}, {', '.join(self._activations)}{'' if self._biases is not None else ', no biases'})"

    def _key(self) -> tuple[object, ...]:
        biases = None if self._biases is None else tuple(tuple(b.tolist()) for b in self._biases)
        return self._activations, self.layers, tuple(tuple(w.ravel().tolist()) for w in self._weights), biases


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array


def _checked_weights(weights: Any) -> Weights:
    takes = "a matrix of shape (n_in, n_out) per layer"
    given = checks.sequence("weights", weights, takes)
    if not given:
        raise checks.refusal("weights", "no layer", f"{takes}, at least one")
    matrices = tuple(checks.numbers(f"weights[{layer}]", w, 2, "a matrix of shape (n_in, n_out)")
                     for layer, w in enumerate(given))
    for layer in range(1, len(matrices)):
        n_in = matrices[layer - 1].shape[1]
        if matrices[layer].shape[0] != n_in:
            raise checks.refusal(f"weights[{layer}]", f"shape {matrices[layer].shape}",
                                 f"{n_in} rows, one per node of the layer before it")
    return matrices


def _checked_biases(biases: Any, weights: Weights) -> Weights:
    takes = f"{len(weights)} vectors, one per layer of weights, or None"
    given = checks.sequence("biases", biases, takes)
    if len(given) != len(weights):
        raise checks.refusal("biases", f"{len(given)}", takes)
    return tuple(_checked_bias(layer, b, w.shape[1]) for layer, (b, w) in enumerate(zip(given, weights, strict=True)))


def _checked_bias(layer: int, bias: Any, width: int) -> Array:
    takes = f"a vector of shape ({width},), one bias per node"
    vector = checks.numbers(f"biases[{layer}]", bias, 1, takes)
    if vector.shape != (width,):
        raise checks.refusal(f"biases[{layer}]", f"shape {vector.shape}", takes)
    return vector


def _checked_activations(activations: Any, depth: int) -> tuple[str, ...]:
    takes = f"{depth} names, one per layer of weights"
    names = checks.sequence("activations", activations, takes)
    if len(names) != depth:
        raise checks.refusal("activations", f"{len(names)}", takes)
    for layer, name in enumerate(names):
        checks.one_of(f"activations[{layer}]", name, ACTIVATIONS)
        if name == "softmax" and layer != depth - 1:
            raise checks.refusal(f"activations[{layer}]", "'softmax'", "softmax in the last layer only")
    return tuple(names)


def _checked_layers(layers: Any) -> list[int]:
    takes = "two or more widths, inputs first, such as [2, 2, 1]"
    widths = checks.sequence("layers", layers, takes)
    if len(widths) < 2:
        raise checks.refusal("layers", checks.shown(widths), takes)
    return [checks.whole_number(f"layers[{layer}]", width, 1, "a whole number of nodes, 1 or more")
            for layer, width in enumerate(widths)]


def _checked_scale(scale: float | None, initializer: str, default: float | None) -> float:
    if scale is None:
        return 0.0 if default is None else default
    if default is None:
        raise checks.refusal("scale", checks.shown(scale), f"None with the initializer {initializer!r}")
    low = -np.inf if initializer == "constant" else 0.0
    return checks.number("scale", scale, low, "a finite number" if initializer == "constant"
                         else "a finite number, 0 or more")


def check_fit(argument: str, grads: Any, network: Network) -> None:
    """Refuse what is not gradients, or those of a network of other shapes."""
    if not isinstance(grads, Gradients):
        raise checks.refusal(argument, checks.shown(grads), "what backward returns")
    for kind, got, takes in (("weights", grads.weights, network.weights), ("biases", grads.biases, network.biases)):
        if _shapes(got) != _shapes(takes):
            raise checks.refusal(argument, f"{kind} of shapes {_shapes(got)}", f"this network's, {_shapes(takes)}")


def _shapes(arrays: Sequence[Array] | None) -> list[tuple[int, ...]] | None:
    return None if arrays is None else [array.shape for array in arrays]

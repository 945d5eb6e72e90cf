"""What a pass leaves behind: the numbers on the way forward, and the gradients on the way back."""

from __future__ import annotations

from dataclasses import dataclass

from .activations import Array


@dataclass(frozen=True, eq=False)
class Passed:
    """Hold what a forward pass leaves behind.

    z: a list per layer of weights, each of shape (B, n_out).
    a: the same one longer: a[0] is X, a[l + 1] = activation(z[l]).
    """

    z: list[Array]
    a: list[Array]

    @property
    def output(self) -> Array:
        """The last layer's activations, shape (B, n_out)."""
        return self.a[-1]


@dataclass(frozen=True, eq=False)
class Gradients:
    """Hold what a backward pass finds.

    loss: the reduced loss. weights, biases: dL/dW[l] and dL/db[l], shaped as the network's (biases None: it has none).
    delta: dL/dz[l] of the reduced loss, shape (B, n_out), a list per layer of weights.
    """

    loss: float
    weights: list[Array]
    biases: list[Array] | None
    delta: list[Array]

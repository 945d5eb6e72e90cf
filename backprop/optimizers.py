"""The optimisers: how each turns gradients into a step. Readable, and what the compiled kernel is held equal to.

As PyTorch 2 defines them: SGD (plain, with momentum, with Nesterov's; dampening 0), RMSprop and Adam.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .activations import Array

Slots = tuple[Array, ...]
Rate = float | Array
Hyper = Mapping[str, float]
Rule = Callable[[Array, Array, Slots, Rate, int, Hyper], tuple[Array, Slots]]


@dataclass(frozen=True)
class Optimizer:
    """Describe one optimiser.

    slots: how many numbers it remembers per parameter; `first_slots` makes them, `update` moves them on.
    hyper: its hyper-parameters by name, with PyTorch's defaults.
    rule: the update itself, as `update`. tex: the same in TeX; w a parameter, g its gradient, k the number of the step.
    """

    name: str
    label: str
    slots: int
    hyper: Hyper
    rule: Rule
    tex: str

    def first_slots(self, params: Array) -> Slots:
        """Return what it remembers before the first step: `slots` arrays of zeros, shaped as the parameters."""
        return tuple(np.zeros_like(params, dtype=np.float64) for _ in range(self.slots))

    def update(self, params: Array, grads: Array, slots: Slots, learning_rate: Rate, step_number: int,
               hyper: Hyper | None = None) -> tuple[Array, Slots]:
        """Return the parameters and slots after one step; what was given stays as it was.

        params, grads and each of `slots`: float64 of one shape, any; every parameter moves by itself.
        learning_rate: 0 or more; an array that broadcasts gives each lane its own. step_number: 1 for the first step.
        hyper: a value for every name in `self.hyper`; None: those.
        Numbers that grow beyond float64 become inf or NaN, without a warning.
        """
        with np.errstate(all="ignore"):
            return self.rule(params, grads, slots, learning_rate, step_number, self.hyper if hyper is None else hyper)


def sgd(params: Array, grads: Array, slots: Slots, eta: Rate, step: int, hyper: Hyper) -> tuple[Array, Slots]:
    """Step down the slope: w - eta g."""
    return params - eta * grads, ()


def momentum(params: Array, grads: Array, slots: Slots, eta: Rate, step: int, hyper: Hyper) -> tuple[Array, Slots]:
    """Roll on, pushed by the slope: v = mu v + g; w - eta v (Polyak 1964). v begins at 0, so the first v is g."""
    velocity = hyper["momentum"] * slots[0] + grads
    return params - eta * velocity, (velocity,)


def nesterov(params: Array, grads: Array, slots: Slots, eta: Rate, step: int, hyper: Hyper) -> tuple[Array, Slots]:
    """Roll on, and lean into the next roll: v = mu v + g; w - eta (g + mu v) (Sutskever and others 2013)."""
    velocity = hyper["momentum"] * slots[0] + grads
    return params - eta * (grads + hyper["momentum"] * velocity), (velocity,)


def rmsprop(params: Array, grads: Array, slots: Slots, eta: Rate, step: int, hyper: Hyper) -> tuple[Array, Slots]:
    """Measure each slope by its usual size: s = alpha s + (1 - alpha) g^2; w - eta g / (sqrt(s) + epsilon).

    Tieleman and Hinton 2012, lecture 6.5; epsilon stands outside the root, as in PyTorch.
    """
    square = hyper["alpha"] * slots[0] + (1.0 - hyper["alpha"]) * grads**2
    return params - eta * grads / (np.sqrt(square) + hyper["epsilon"]), (square,)


def adam(params: Array, grads: Array, slots: Slots, eta: Rate, step: int, hyper: Hyper) -> tuple[Array, Slots]:
    """Step by the mean slope over its usual size, both corrected for having begun at 0 (Kingma and Ba 2015).

    m = beta1 m + (1 - beta1) g; s = beta2 s + (1 - beta2) g^2;
    w - eta (m / (1 - beta1^k)) / (sqrt(s / (1 - beta2^k)) + epsilon) in step k.
    """
    mean = hyper["beta1"] * slots[0] + (1.0 - hyper["beta1"]) * grads
    square = hyper["beta2"] * slots[1] + (1.0 - hyper["beta2"]) * grads**2
    full_mean = mean / (1.0 - hyper["beta1"] ** step)
    full_square = square / (1.0 - hyper["beta2"] ** step)
    return params - eta * full_mean / (np.sqrt(full_square) + hyper["epsilon"]), (mean, square)


def _by_name(*optimizers: Optimizer) -> dict[str, Optimizer]:
    return {optimizer.name: optimizer for optimizer in optimizers}


OPTIMIZERS: dict[str, Optimizer] = _by_name(
    Optimizer("sgd", "gradient descent", 0, {}, sgd, r"w \leftarrow w - \eta g"),
    Optimizer("momentum", "momentum", 1, {"momentum": 0.9}, momentum,
              r"v \leftarrow \mu v + g,\quad w \leftarrow w - \eta v"),
    Optimizer("nesterov", "Nesterov momentum", 1, {"momentum": 0.9}, nesterov,
              r"v \leftarrow \mu v + g,\quad w \leftarrow w - \eta (g + \mu v)"),
    Optimizer("rmsprop", "RMSprop", 1, {"alpha": 0.99, "epsilon": 1e-8}, rmsprop,
              r"s \leftarrow \alpha s + (1-\alpha) g^2,\quad w \leftarrow w - \eta \frac{g}{\sqrt{s} + \epsilon}"),
    Optimizer("adam", "Adam", 2, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, adam,
              r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad s \leftarrow \beta_2 s + (1-\beta_2) g^2,\quad "
              r"w \leftarrow w - \eta \frac{m / (1-\beta_1^k)}{\sqrt{s / (1-\beta_2^k)} + \epsilon}"),
)

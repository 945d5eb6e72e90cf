"""The initialisers: how each draws a layer's first weights. Biases always begin at 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activations import Array


@dataclass(frozen=True)
class Initializer:
    """Describe one initialiser.

    `draw(rng, n_in, n_out, scale)` gives weights of shape (n_in, n_out). `default_scale` is the scale
    where none is asked for; None: there is nothing to scale. `tex` says how a weight is drawn, s being the scale.
    """

    name: str
    label: str
    draw: Callable[[np.random.Generator, int, int, float], Array]
    default_scale: float | None
    tex: str


def xavier(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Draw evenly from -r..r, r = scale sqrt(6 / (n_in + n_out)) (Glorot and Bengio 2010, equation 16)."""
    reach = scale * math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-reach, reach, (n_in, n_out))


def he(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Draw from a normal distribution of deviation scale sqrt(2 / n_in) (He and others 2015, section 2.2)."""
    return rng.normal(0.0, scale * math.sqrt(2.0 / n_in), (n_in, n_out))


def normal(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Draw from a normal distribution of deviation scale."""
    return rng.normal(0.0, scale, (n_in, n_out))


def uniform(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Draw evenly from -scale..scale."""
    return rng.uniform(-scale, scale, (n_in, n_out))


def zeros(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Make every weight 0: then all nodes of a hidden layer stay alike for ever."""
    return np.zeros((n_in, n_out))


def constant(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Make every weight the scale: then all nodes of a hidden layer stay alike for ever."""
    return np.full((n_in, n_out), scale)


def _by_name(*initializers: Initializer) -> dict[str, Initializer]:
    return {initializer.name: initializer for initializer in initializers}


INITIALIZERS: dict[str, Initializer] = _by_name(
    Initializer("xavier", "Xavier", xavier, 1.0,
                r"U(-r, r),\ r = s \sqrt{\tfrac{6}{n_{\text{in}} + n_{\text{out}}}}"),
    Initializer("he", "He", he, 1.0, r"N(0, \sigma^2),\ \sigma = s \sqrt{\tfrac{2}{n_{\text{in}}}}"),
    Initializer("normal", "normal", normal, 1.0, r"N(0, s^2)"),
    Initializer("uniform", "uniform", uniform, 1.0, r"U(-s, s)"),
    Initializer("zeros", "zeros", zeros, None, "0"),
    Initializer("constant", "constant", constant, 0.5, "s"),
)

"""Networks, samples and losses of every kind that the engine takes, for the tests of the tape."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from backprop import Network, Tape, trace
from backprop.entries import Entry

DATA = Path(__file__).parents[1] / "data"
SQUARED = ("half_squared_error", "squared_error")
KINDS = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")


@dataclass(frozen=True)
class Case:
    network: Network
    x: list[float]
    y: list[float]
    loss: str
    learning_rate: float
    sign: str = "gradient"

    def trace(self) -> Tape:
        return trace(self.network, self.x, self.y, loss=self.loss, learning_rate=self.learning_rate,
                     sign=self.sign)

    def turned(self) -> Case:
        """The same, written with the error term."""
        return replace(self, sign="error_term")


def entry_of(tape: Tape, ref: str) -> Entry:
    """The entry (not a given) with that id."""
    found = tape[ref]
    assert isinstance(found, Entry)
    return found


def textbook(biases: bool = False) -> Case:
    """The worked example: x = 0.35, 0.7; target 0.5; eta 1."""
    network = Network([[[0.2, 0.3], [0.2, 0.3]], [[0.3], [0.9]]], [[0.0, 0.0], [0.0]] if biases else None,
                      activations=["sigmoid", "sigmoid"])
    return Case(network, [0.35, 0.7], [0.5], "half_squared_error", 1.0)


def reference_cases() -> list[Any]:
    """Every sample of every case of gradients.json, as a pair (name, Case)."""
    cases = json.loads((DATA / "gradients.json").read_text(encoding="utf-8"))["cases"]
    return [(f"{number}.{sample}", Case(Network(case["weights"], case["biases"], activations=case["activations"]), x, y,
                                        case["loss"], case["learning_rate"]))
            for number, case in enumerate(cases)
            for sample, (x, y) in enumerate(zip(case["X"], case["y"], strict=True))]


def _numbers(style: str, rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Draw numbers: ordinary ones, many zeros, only -1 0 1, large ones, or tiny ones."""
    drawn = rng.normal(size=shape)
    if style == "sparse":
        return np.where(rng.random(shape) < 0.5, 0.0, drawn)
    if style == "whole":
        return rng.integers(-1, 2, size=shape).astype(float)
    return drawn * {"ordinary": 1.0, "large": 40.0, "tiny": 1e-9}[style]


def _target(loss: str, rng: np.random.Generator, outputs: int, exact: bool) -> Any:
    if loss == "cross_entropy":
        return np.eye(outputs)[rng.integers(outputs)] if exact else np.full(outputs, 1.0 / outputs)
    if loss == "binary_cross_entropy":
        return rng.integers(0, 2, size=outputs).astype(float) if exact else rng.random(outputs)
    return rng.integers(0, 2, size=outputs).astype(float) if exact else rng.normal(size=outputs)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a network of any depth, activation, loss and size of numbers, with one sample for it."""
    layers = draw(st.lists(st.integers(1, 4), min_size=2, max_size=6))
    hidden = [draw(st.sampled_from(KINDS)) for _ in layers[2:]]
    output, loss = draw(st.one_of(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(SQUARED)),
        st.sampled_from([("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")])))
    style = draw(st.sampled_from(["ordinary", "sparse", "whole", "large", "tiny"]))
    biased, exact = draw(st.booleans()), draw(st.booleans())
    eta = draw(st.sampled_from([0.0, 0.01, 0.5, 1.0, 10.0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = [_numbers(style, rng, pair) for pair in pairwise(layers)]
    biases = [_numbers(style, rng, (width,)) for width in layers[1:]] if biased else None
    x = _numbers("ordinary" if style == "large" else style, rng, (layers[0],)).tolist()
    sign = draw(st.sampled_from(["gradient", "error_term"]))
    return Case(Network(weights, biases, activations=[*hidden, output]), x,
                _target(loss, rng, layers[-1], exact).tolist(), loss, eta, sign)
